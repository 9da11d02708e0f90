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

/// A place as it is compared: in small letters without accents, its words with one space before each. A postcode has a space in it, however it was
/// written.
fn spaced(place: &str) -> String {
    let mut line = String::with_capacity(place.len() + 2);
    for word in searchable(place).split(|sign: char| !sign.is_alphanumeric()) {
        let (digits, letters) = postcode(word).unwrap_or((word, ""));
        for part in [digits, letters] {
            if !part.is_empty() {
                line.push(' ');
                line.push_str(part);
            }
        }
    }
    line
}

/// The digits and the letters of a word that is a postcode, or begins like one.
fn postcode(word: &str) -> Option<(&str, &str)> {
    let (digits, letters) = word.split_at_checked(4)?;
    let has_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_letters = letters.bytes().all(|byte| byte.is_ascii_lowercase());
    (has_digits && has_letters && letters.len() <= 2).then_some((digits, letters))
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
    /// The team for what no rule and no category gives one.
    pub(super) const fn default_team(&self) -> Option<TeamId> {
        self.default_team
    }

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
mod tests;
