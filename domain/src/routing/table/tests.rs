//! Which rule decides.

use super::*;

fn team(number: u128) -> TeamId {
    tenants::uuid::Uuid::from_u128(number).into()
}

fn rule(kind: &str, place: &str, to: u128) -> RuleDraft {
    RuleDraft {
        kind: kind.to_owned(),
        place: place.to_owned(),
        team_id: team(to).to_string(),
        ..RuleDraft::default()
    }
}

fn known() -> KnownPlaces {
    let category = |team, parent: Option<&str>| KnownCategory {
        team,
        parent: parent.map(str::to_owned),
    };
    KnownPlaces {
        teams: (1..6).map(team).collect(),
        categories: HashMap::from([
            ("afval".to_owned(), category(Some(team(4)), None)),
            ("grofvuil".to_owned(), category(None, Some("afval"))),
        ]),
    }
}

/// Numbers that look random and are the same at each run (Steele, Lea, Flood: `SplittableRandom`, 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)) % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let number = self.below(u64::try_from(words.len()).unwrap());
        words[usize::try_from(number).unwrap()]
    }
}

#[test]
fn the_first_rule_that_fits_decides_and_every_message_gets_a_team_or_it_is_said_that_nobody_gets_it()
 {
    let mut numbers = Numbers(20);
    let (kinds, forms) = (["", "complaint", "tip"], ["", "klacht", "afval"]);
    let places = ["", "1741", "haven, dorp", "Zuiderkade"];
    let mut decided = HashSet::new();
    for _ in 0..3_000 {
        let rules = (0..numbers.below(6)).map(|_| RuleDraft {
            form: numbers.of(&forms).to_owned(),
            category: numbers.of(&["", "", "afval", "grofvuil"]).to_owned(),
            answer: numbers.of(&["", "", "waar:park"]).to_owned(),
            ..rule(
                numbers.of(&kinds),
                numbers.of(&places),
                numbers.below(7).into(),
            )
        });
        let mut draft = RoutingDraft {
            rules: rules.collect(),
            default_team_id: String::new(),
        };
        if numbers.below(2) == 0 {
            draft.default_team_id = team(5).to_string();
        }
        let Ok(table) = draft.parse() else { continue };
        let answers = match numbers.below(2) {
            0 => BTreeMap::new(),
            _ => BTreeMap::from([("waar".to_owned(), vec!["park".to_owned()])]),
        };
        let category = numbers.of(&["", "afval", "grofvuil", "weg"]);
        let facts = Facts {
            form: numbers.of(&["klacht", "afval"]),
            kind: numbers.of(&["complaint", "tip"]),
            category: optional(category),
            answers: &answers,
            place: optional(numbers.of(&["", "Kade 3, 1741 AB", "Haven", "Oude Zuiderkade"])),
        };
        let known = known();
        let decision = table.decide(&facts, &known);
        decided.insert(decision.by);
        let spaced = facts.place.map(spaced).unwrap_or_default();
        let seen = facts
            .category
            .filter(|key| known.categories.contains_key(*key));
        let seen = Facts {
            category: seen,
            ..facts
        };
        let fits = |rule: &Rule| {
            rule.team.is_some_and(|team| known.teams.contains(&team))
                && rule.fits(&seen, &spaced, known.parent(seen.category))
        };
        match decision.rule {
            Some(number) => {
                assert!(fits(&table.rules[number - 1]));
                assert!(!table.rules[..number - 1].iter().any(fits), "{table:?}");
                assert_eq!(decision.team, table.rules[number - 1].team);
            }
            None => assert!(!table.rules.iter().any(fits), "{table:?}"),
        }
        assert_eq!(decision.team.is_none(), decision.by == By::Nobody);
    }
    assert_eq!(decided.len(), 4, "{decided:?}");
}

#[test]
fn a_category_below_another_has_its_team_and_is_meant_by_a_rule_for_it() {
    let answers = BTreeMap::new();
    let facts = |category| Facts {
        form: "klacht",
        kind: "tip",
        category: Some(category),
        answers: &answers,
        place: None,
    };
    let none = RoutingTable::default();
    let decision = none.decide(&facts("grofvuil"), &known());
    assert_eq!((decision.by, decision.team), (By::Category, Some(team(4))));
    let draft = RoutingDraft {
        rules: vec![RuleDraft {
            category: "afval".to_owned(),
            ..rule("", "", 2)
        }],
        ..RoutingDraft::default()
    };
    let decision = draft.parse().unwrap().decide(&facts("grofvuil"), &known());
    assert_eq!((decision.rule, decision.team), (Some(1), Some(team(2))));
}

#[test]
fn a_place_is_found_by_the_beginning_of_its_words() {
    for (asked, place, found) in [
        ("1741", "Kade 3, 1741AB Schagen", true),
        ("1741", "Kade 31741", false),
        ("1741 AB", "Kade 3, 1741AB Schagen", true),
        ("1741AB", "Kade 3, 1741 AB Schagen", true),
        ("1741ab", "Kade 3, 1741AB Schagen", true),
        ("1741AC", "Kade 3, 1741 AB Schagen", false),
        ("1741A", "Kade 3, 1741 AB Schagen", true),
        ("’t Zand", "'t Zand", true),
        ("haven", "Jachthaven", false),
        ("markt", "MARKTSTRAAT 2", true),
        ("cafe", "bij het café", true),
        ("", "overal", false),
    ] {
        let asked = places(asked);
        let is_found = asked.iter().any(|one| spaced(place).contains(one));
        assert_eq!(is_found, found, "{asked:?} in {place}");
    }
}

#[test]
fn a_rule_after_one_that_takes_everything_of_it_can_never_decide() {
    let faults = |rules: Vec<RuleDraft>| {
        let draft = RoutingDraft {
            rules,
            ..RoutingDraft::default()
        };
        let faults = draft.parse().err().unwrap_or_default();
        let codes = faults.problems().iter().map(|fault| fault.code.clone());
        codes.collect::<Vec<_>>()
    };
    let never = vec!["rule_never".to_owned()];
    assert_eq!(
        faults(vec![rule("tip", "", 1), rule("tip", "haven", 2)]),
        never
    );
    assert_eq!(
        faults(vec![rule("", "17", 1), rule("tip", "1741", 2)]),
        never
    );
    assert!(faults(vec![rule("tip", "haven", 1), rule("tip", "", 2)]).is_empty());
    assert!(faults(vec![rule("", "1741", 1), rule("", "1741, haven", 2)]).is_empty());
    assert_eq!(faults(vec![rule("", "", 1)]), ["rule_asks_nothing"]);
}

#[test]
fn rules_go_to_the_place_that_was_asked_for() {
    let named = |kind: &str, position: &str| RuleDraft {
        position: position.to_owned(),
        ..rule(kind, "", 1)
    };
    for (asked, order) in [
        (["", "", ""], "abc"),
        (["", "", "1"], "cab"),
        (["3", "", ""], "bca"),
        (["3", "2", "1"], "cba"),
        (["x", "", ""], "abc"),
    ] {
        let [a, b, c] = asked;
        let draft = RoutingDraft {
            rules: vec![named("a", a), named("b", b), named("c", c)],
            ..RoutingDraft::default()
        };
        let tidy = draft.tidy();
        let kinds: String = tidy.rules.iter().map(|rule| rule.kind.as_str()).collect();
        assert_eq!(kinds, order, "{asked:?}");
    }
}

#[test]
fn the_last_of_two_hundred_rules_can_decide() {
    let rules = (0..200).map(|number| rule("", &format!("straat{number:03}, plein{number:03}"), 1));
    let draft = RoutingDraft {
        rules: rules.collect(),
        ..RoutingDraft::default()
    };
    let table = draft.parse().unwrap();
    let answers = BTreeMap::new();
    let facts = Facts {
        form: "klacht",
        kind: "complaint",
        category: None,
        answers: &answers,
        place: Some("Een lange omschrijving van een plek bij plein199 achter de oude haven"),
    };
    assert_eq!(table.decide(&facts, &known()).rule, Some(200));
}
