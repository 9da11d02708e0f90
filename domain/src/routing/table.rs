//! The rules themselves, and which of them decides. Pure: nothing here reads the database.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use tenants::text_enum;
use utoipa::ToSchema;

use crate::{
    FieldErrors,
    teams::TeamId,
    text::{clean_line, searchable},
};

/// Most rules.
pub(super) const RULES_MAX: usize = 200;
/// Longest list of places of a rule, in characters.
const PLACE_MAX: usize = 300;

text_enum! {
    /// What decided to which team a message goes.
    By {
        /// A rule.
        Rule = "rule",
        /// No rule fitted, so the team of its category.
        Category = "category",
        /// No rule fitted and its category has no team, so the municipality's default team.
        Default = "default",
        /// Nothing did: nobody gets it by itself.
        Nobody = "nobody",
    }
}

/// What is asked of a message, and where it then goes. What is empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = RoutingRule)]
pub struct RuleDraft {
    /// Address of the form it came in with.
    #[schema(example = "klacht-tip-compliment")]
    pub form: String,
    /// Code of its kind.
    #[schema(example = "complaint")]
    pub kind: String,
    /// Key of its category; one of the first level also means those below it.
    #[schema(example = "afval")]
    pub category: String,
    /// An answer to a question with options, as `<key of the question>:<key of the option>`.
    #[schema(example = "soort:klacht")]
    pub answer: String,
    /// Words of which the place has one, separated by commas: a street, a village, or the beginning of a postcode.
    #[schema(example = "1741, Haven")]
    pub place: String,
    /// The team it goes to.
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
    /// Key of the category it gets; it keeps its own when this is left out.
    pub to_category: String,
    /// Where it stands from now on, counted from 1; where it is when this is left out.
    #[serde(skip_serializing)]
    pub position: String,
    /// Whether it goes.
    #[serde(skip_serializing)]
    pub remove: bool,
}

impl RuleDraft {
    fn clean(self) -> Self {
        Self {
            form: clean_line(&self.form),
            kind: clean_line(&self.kind),
            category: clean_line(&self.category),
            answer: clean_line(&self.answer),
            place: clean_line(&self.place),
            team_id: clean_line(&self.team_id),
            to_category: clean_line(&self.to_category),
            ..self
        }
    }

    fn conditions(&self) -> [&str; 5] {
        [
            &self.form,
            &self.kind,
            &self.category,
            &self.answer,
            &self.place,
        ]
    }

    fn is_empty(&self) -> bool {
        let asks = self.conditions().iter().any(|word| !word.is_empty());
        !asks && self.team_id.is_empty() && self.to_category.is_empty()
    }
}

/// The list of rules as it is worked on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct RoutingDraft {
    /// The rules; the first that fits decides.
    pub rules: Vec<RuleDraft>,
    /// The team for what no rule and no category gives one; nobody's when this is left out.
    #[schema(value_type = Option<TeamId>)]
    pub default_team_id: String,
}

impl RoutingDraft {
    /// Without empty rules and those that go, in the order that was asked for.
    #[must_use]
    pub fn tidy(self) -> Self {
        let mut rules: Vec<(usize, RuleDraft)> = (self.rules.into_iter())
            .map(RuleDraft::clean)
            .enumerate()
            .filter(|(_, rule)| !rule.remove && !rule.is_empty())
            .collect();
        // Of two for one place the one that came up stands first, and the one that went down last.
        rules.sort_by_key(|(stood, rule)| {
            let wanted = rule.position.trim().parse().unwrap_or(stood + 1);
            (wanted, wanted.cmp(&(stood + 1)))
        });
        let rules = rules.into_iter().map(|(_, rule)| RuleDraft {
            position: String::new(),
            ..rule
        });
        Self {
            rules: rules.collect(),
            default_team_id: clean_line(&self.default_team_id),
        }
    }

    /// The rules, or everything that is wrong with them by themselves, each at its place.
    ///
    /// # Errors
    /// The faults.
    pub fn parse(&self) -> Result<RoutingTable, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.rules.len() > RULES_MAX {
            errors.add_with("rules", "too_many", "max", RULES_MAX);
        }
        let mut rules: Vec<Rule> = Vec::new();
        for (number, draft) in self.rules.iter().enumerate() {
            let at = |field: &str| format!("rules.{number}.{field}");
            if draft.conditions().iter().all(|word| word.is_empty()) {
                errors.add(&at("form"), "rule_asks_nothing");
            }
            if draft.place.chars().count() > PLACE_MAX {
                errors.add_with(&at("place"), "too_long", "max", PLACE_MAX);
            }
            let answer = optional(&draft.answer);
            let answer = answer.map(|answer| {
                let parts = answer.split_once(':');
                let (question, option) = parts.unwrap_or_else(|| {
                    errors.add(&at("answer"), "not_an_option");
                    (answer, "")
                });
                (question.to_owned(), option.to_owned())
            });
            let team = draft.team_id.parse().ok();
            match team {
                None if draft.team_id.is_empty() => errors.add(&at("teamId"), "required_choice"),
                None => errors.add(&at("teamId"), "not_an_option"),
                Some(_) => {}
            }
            let rule = Rule {
                form: optional(&draft.form).map(str::to_owned),
                kind: optional(&draft.kind).map(str::to_owned),
                category: optional(&draft.category).map(str::to_owned),
                answer,
                places: places(&draft.place),
                team,
                to_category: optional(&draft.to_category).map(str::to_owned),
            };
            if let Some(before) = rules.iter().position(|before| before.covers(&rule)) {
                errors.add_with(&at("form"), "rule_never", "rule", before + 1);
            }
            rules.push(rule);
        }
        let default_team = self.default_team_id.parse().ok();
        if default_team.is_none() && !self.default_team_id.is_empty() {
            errors.add("defaultTeamId", "not_an_option");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(RoutingTable {
            rules,
            default_team,
        })
    }
}

fn optional(word: &str) -> Option<&str> {
    (!word.is_empty()).then_some(word)
}

/// The words of a list of places, as they are compared: each with the space before it.
fn places(list: &str) -> Vec<String> {
    (list.split(','))
        .map(spaced)
        .filter(|place| place.trim() != "")
        .collect()
}

/// A place as it is compared: in small letters without accents, its words with one space before each.
fn spaced(place: &str) -> String {
    let mut line = String::with_capacity(place.len() + 1);
    for word in searchable(place).split(|sign: char| !sign.is_alphanumeric()) {
        if !word.is_empty() {
            line.push(' ');
            line.push_str(word);
        }
    }
    line
}

/// A rule that can decide.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    form: Option<String>,
    kind: Option<String>,
    category: Option<String>,
    answer: Option<(String, String)>,
    places: Vec<String>,
    team: Option<TeamId>,
    to_category: Option<String>,
}

impl Rule {
    /// Whether everything that fits the other one fits this one.
    fn covers(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(mine: Option<&T>, other: Option<&T>) -> bool {
            mine.is_none() || mine == other
        }
        let place = |place: &String| self.places.iter().any(|mine| place.starts_with(mine));
        let has_places = self.places.is_empty() || !other.places.is_empty();
        same(self.form.as_ref(), other.form.as_ref())
            && same(self.kind.as_ref(), other.kind.as_ref())
            && same(self.category.as_ref(), other.category.as_ref())
            && same(self.answer.as_ref(), other.answer.as_ref())
            && has_places
            && (self.places.is_empty() || other.places.iter().all(place))
    }

    fn fits(&self, facts: &Facts<'_>, spaced: &str, parent: Option<&str>) -> bool {
        let is = |wanted: &Option<String>, word: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| word == Some(wanted))
        };
        let answered = || {
            self.answer.as_ref().is_none_or(|(question, option)| {
                let given = facts.answers.get(question);
                given.is_some_and(|given| given.contains(option))
            })
        };
        let there =
            || self.places.is_empty() || self.places.iter().any(|place| spaced.contains(place));
        is(&self.form, Some(facts.form))
            && is(&self.kind, Some(facts.kind))
            && (is(&self.category, facts.category) || is(&self.category, parent))
            && answered()
            && there()
    }
}

/// What is known of a message.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Address of its form.
    pub form: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Key of its category.
    pub category: Option<&'a str>,
    /// The options it chose, by question.
    pub answers: &'a BTreeMap<String, Vec<String>>,
    /// Where it is about.
    pub place: Option<&'a str>,
}

/// A category that new messages may get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCategory {
    /// Its team.
    pub team: Option<TeamId>,
    /// Key of the one it is below.
    pub parent: Option<String>,
}

/// The teams and categories that new messages may get.
#[derive(Clone, Debug, Default)]
pub struct KnownPlaces {
    /// Teams that are used.
    pub teams: HashSet<TeamId>,
    /// Categories that are used, by key.
    pub categories: HashMap<String, KnownCategory>,
}

impl KnownPlaces {
    fn parent(&self, key: Option<&str>) -> Option<&str> {
        self.categories.get(key?)?.parent.as_deref()
    }

    /// The team of a category, which it has from the one it is below when it has none of its own.
    fn team_of(&self, key: Option<&str>) -> Option<TeamId> {
        let own = |key: &str| self.categories.get(key).and_then(|category| category.team);
        let team = own(key?).or_else(|| own(self.parent(key)?))?;
        self.teams.contains(&team).then_some(team)
    }
}

/// Where a message goes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What decided.
    pub by: By,
    /// Which rule, counted from 1.
    pub rule: Option<usize>,
    /// The version of the list that did; none when the municipality has none.
    pub version: Option<i64>,
    /// The team.
    pub team: Option<TeamId>,
    /// Key of its category; none when it has none that is used.
    pub category: Option<String>,
}

/// Rules that can decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoutingTable {
    rules: Vec<Rule>,
    default_team: Option<TeamId>,
}

impl RoutingTable {
    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether a rule asks for an answer.
    pub(super) fn asks_answers(&self) -> bool {
        self.rules.iter().any(|rule| rule.answer.is_some())
    }

    /// Where a message goes: the first rule that fits decides. A rule for a team that is no longer used does not count.
    #[must_use]
    pub fn decide(&self, facts: &Facts<'_>, known: &KnownPlaces) -> Decision {
        let category = facts
            .category
            .filter(|key| known.categories.contains_key(*key));
        let facts = Facts { category, ..*facts };
        let parent = known.parent(category);
        let place = facts.place.map(spaced).unwrap_or_default();
        let usable = |team: Option<TeamId>| team.filter(|team| known.teams.contains(team));
        let first = (self.rules.iter().enumerate())
            .filter_map(|(number, rule)| Some((number, rule, usable(rule.team)?)))
            .find(|(_, rule, _)| rule.fits(&facts, &place, parent));
        if let Some((number, rule, team)) = first {
            let new =
                (rule.to_category.as_deref()).filter(|key| known.categories.contains_key(*key));
            return Decision {
                by: By::Rule,
                rule: Some(number + 1),
                version: None,
                team: Some(team),
                category: new.or(category).map(str::to_owned),
            };
        }
        let of_category = known.team_of(category);
        let team = of_category.or_else(|| usable(self.default_team));
        Decision {
            by: match (of_category, team) {
                (Some(_), _) => By::Category,
                (None, Some(_)) => By::Default,
                (None, None) => By::Nobody,
            },
            rule: None,
            version: None,
            team,
            category: category.map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
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
    fn two_hundred_rules_are_judged_in_a_moment() {
        let rules =
            (0..200).map(|number| rule("", &format!("straat{number:03}, plein{number:03}"), 1));
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
}
