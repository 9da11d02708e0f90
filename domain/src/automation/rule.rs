//! Events, conditions and actions. A [`RuleDraft`] is whatever was typed; a [`Rule`] holds only what can work.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tenants::{StaffId, text_enum};
use utoipa::ToSchema;

use crate::{
    FieldErrors, input,
    submissions::Channel,
    teams::TeamId,
    text::{clean_line, clean_text, read_choice},
};

text_enum! {
    /// What sets a rule off.
    Event {
        /// A message came in and was accepted.
        Accepted = "accepted",
        /// Somebody took it.
        Claimed = "claimed",
        /// It went to a team or a colleague.
        HandedOn = "handedOn",
        /// Somebody spoke with the resident.
        ContactMade = "contactMade",
        /// A promise falls due soon.
        PromiseNear = "promiseNear",
        /// A promise fell due.
        PromiseLate = "promiseLate",
        /// The resident wrote.
        Replied = "replied",
        /// It was closed.
        Closed = "closed",
        /// It was opened again.
        Reopened = "reopened",
        /// The resident gave a score.
        Scored = "scored",
    }
}

text_enum! {
    /// What a condition looks at.
    ConditionKind {
        /// The form it came in with.
        Form = "form",
        /// Its kind.
        Kind = "kind",
        /// Its category.
        Category = "category",
        /// Its team.
        Team = "team",
        /// One of its tags.
        Tag = "tag",
        /// The answer to a question with options.
        Answer = "answer",
        /// How it came in.
        Channel = "channel",
        /// Whether there is a mail address.
        HasMail = "hasMail",
        /// Whether there is a telephone number.
        HasPhone = "hasPhone",
        /// The score is this or lower.
        ScoreAtMost = "scoreAtMost",
        /// It came in so many days ago or longer.
        AgeAtLeast = "ageAtLeast",
    }
}

text_enum! {
    /// What a rule does.
    ActionKind {
        /// The message goes to a team.
        Team = "team",
        /// It gets a tag.
        Tag = "tag",
        /// A team is asked something.
        Task = "task",
        /// The resident gets a mail.
        Mail = "mail",
        /// Who works on it, a team, or a colleague, gets a notice.
        Notice = "notice",
    }
}

/// Most conditions and actions: a rule that nobody can oversee helps nobody.
pub(super) const CONDITIONS_MAX: usize = 10;
pub(super) const ACTIONS_MAX: usize = 5;
/// Longest name, tag and question, in characters.
pub(super) const NAME_MAX: usize = 60;
const TAG_MAX: usize = 30;
const QUESTION_MAX: usize = 500;
/// Longest mail, in characters.
const MAIL_MAX: usize = 2_000;
/// Most days.
const DAYS_MAX: i64 = 366;

/// A condition as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AutomationCondition)]
pub struct ConditionDraft {
    /// What it looks at.
    #[serde(default)]
    #[schema(value_type = ConditionKind, required = true)]
    pub what: String,
    /// What it has to be: a form, kind, category, team, tag, option, channel or number. A team by its id or its name.
    #[serde(default)]
    #[schema(example = "afval")]
    pub value: String,
    /// Key of the question, of an answer.
    #[serde(default)]
    pub question: String,
}

/// An action as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AutomationAction)]
pub struct ActionDraft {
    /// What is done.
    #[serde(default)]
    #[schema(value_type = ActionKind, required = true)]
    pub what: String,
    /// The team, by its id or its name; of a notice who works on the message when it is left out.
    #[serde(default)]
    pub team_id: String,
    /// Of a notice: the colleague, by id or mail address, instead of a team.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// The tag, the question, or the mail in Dutch.
    #[serde(default)]
    pub text: String,
    /// The mail in English.
    #[serde(default)]
    pub text_en: String,
    /// In how many working days the question has to be answered.
    #[serde(default)]
    pub days: String,
}

/// A rule as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AutomationRuleDraft)]
pub struct RuleDraft {
    /// Its name.
    #[serde(default)]
    #[schema(required = true, example = "Spoed")]
    pub name: String,
    /// What sets it off.
    #[serde(default)]
    #[schema(value_type = Event, required = true)]
    pub event: String,
    /// All have to hold.
    #[serde(default)]
    pub conditions: Vec<ConditionDraft>,
    /// What is done, in this order.
    #[serde(default)]
    pub actions: Vec<ActionDraft>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It came in with this form.
    Form(String),
    /// It is of this kind.
    Kind(String),
    /// It has this category or one below it.
    Category(String),
    /// It belongs to this team.
    Team(TeamId),
    /// It has this tag.
    Tag(String),
    /// A question with options was answered so.
    Answer {
        /// Key of the question.
        question: String,
        /// Key of the option.
        option: String,
    },
    /// It came in this way.
    Channel(Channel),
    /// There is a mail address.
    HasMail,
    /// There is a telephone number.
    HasPhone,
    /// The score is this or lower.
    ScoreAtMost(i64),
    /// It came in so many days ago or longer.
    AgeAtLeast(i64),
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The message goes to a team.
    Team(TeamId),
    /// It gets a tag.
    Tag(String),
    /// A team is asked something, to be answered in so many working days.
    Task {
        /// What is asked.
        question: String,
        /// Whom.
        team: TeamId,
        /// In how many working days.
        days: i64,
    },
    /// The resident gets a mail.
    Mail {
        /// In Dutch.
        nl: String,
        /// In English.
        en: String,
    },
    /// Somebody gets a notice.
    Notice(Told),
}

/// Who gets a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Who works on the message.
    Handlers,
    /// A team.
    Team(TeamId),
    /// A colleague.
    Colleague(StaffId),
}

/// A rule that can work. It is made by [`RuleDraft::parse`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    name: String,
    event: Event,
    conditions: Vec<Condition>,
    actions: Vec<Action>,
}

/// What is known of a message when a rule is judged; what was not read yet is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Code of its kind.
    pub kind: String,
    /// Key of its category.
    pub category: Option<String>,
    /// Key of the category that its category is below.
    pub parent_category: Option<String>,
    /// Its team.
    pub team: Option<TeamId>,
    /// Whether there is a mail address.
    pub has_mail: bool,
    /// Whether there is a telephone number.
    pub has_phone: bool,
    /// Whole days since it came in.
    pub age_days: i64,
    /// The score that was given.
    pub score: Option<i64>,
    /// Form and channel it came in with.
    pub came: Option<(String, Channel)>,
    /// The options that were chosen, by question.
    pub answers: Option<BTreeMap<String, Vec<String>>>,
    /// Its tags.
    pub tags: Option<BTreeSet<String>>,
}

impl Condition {
    /// Whether it holds; nothing when that is not known yet.
    #[must_use]
    pub fn holds(&self, facts: &Facts) -> Option<bool> {
        Some(match self {
            Self::Form(form) => facts.came.as_ref()?.0 == *form,
            Self::Channel(channel) => facts.came.as_ref()?.1 == *channel,
            Self::Kind(kind) => facts.kind == *kind,
            Self::Category(category) => {
                let own = [&facts.category, &facts.parent_category];
                own.into_iter().flatten().any(|own| own == category)
            }
            Self::Team(team) => facts.team == Some(*team),
            Self::Tag(tag) => facts.tags.as_ref()?.contains(tag),
            Self::Answer { question, option } => {
                let chosen = facts.answers.as_ref()?.get(question);
                chosen.is_some_and(|chosen| chosen.contains(option))
            }
            Self::HasMail => facts.has_mail,
            Self::HasPhone => facts.has_phone,
            Self::ScoreAtMost(most) => facts.score.is_some_and(|score| score <= *most),
            Self::AgeAtLeast(days) => facts.age_days >= *days,
        })
    }
}

impl Rule {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What sets it off.
    #[must_use]
    pub const fn event(&self) -> Event {
        self.event
    }

    /// What has to hold.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What it does.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Whether all conditions hold; nothing when that is not known yet.
    #[must_use]
    pub fn judge(&self, facts: &Facts) -> Option<bool> {
        let mut known = Some(true);
        for condition in &self.conditions {
            match condition.holds(facts) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = None,
            }
        }
        known
    }

    /// The action that sets this very rule off again, if there is one: it hands on, when something is handed on, and no condition asks for
    /// another team than the one it goes to.
    fn feeds_itself(&self) -> Option<usize> {
        if self.event != Event::HandedOn {
            return None;
        }
        let elsewhere = |team: TeamId| {
            (self.conditions.iter()).any(|one| matches!(one, Condition::Team(of) if *of != team))
        };
        (self.actions.iter())
            .position(|action| matches!(action, Action::Team(team) if !elsewhere(*team)))
    }
}

impl RuleDraft {
    /// The same with clean texts and without empty rows.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.name = clean_line(&self.name);
        for one in &mut self.conditions {
            one.value = clean_line(&one.value);
            one.question = clean_line(&one.question);
        }
        for one in &mut self.actions {
            one.days = clean_line(&one.days);
            one.staff_id = clean_line(&one.staff_id);
            one.text = clean_text(&one.text);
            one.text_en = clean_text(&one.text_en);
        }
        self.conditions
            .retain(|one| *one != ConditionDraft::default());
        self.actions.retain(|one| *one != ActionDraft::default());
        self
    }

    /// The rule, or everything that keeps it from working, each at its place (`actions.0.teamId`).
    ///
    /// # Errors
    /// The faults.
    pub fn parse(&self) -> Result<Rule, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = input::required(self.name.clone(), NAME_MAX, "name", &mut errors);
        let event = read_choice::<Event>(&mut errors, "event", &self.event);
        if self.conditions.len() > CONDITIONS_MAX {
            errors.add_with("conditions", "too_many", "max", CONDITIONS_MAX);
        }
        if self.actions.len() > ACTIONS_MAX {
            errors.add_with("actions", "too_many", "max", ACTIONS_MAX);
        }
        if self.actions.is_empty() {
            errors.add("actions", "required");
        }
        let conditions: Vec<Option<Condition>> = (self.conditions.iter().enumerate())
            .map(|(number, one)| one.parse(&format!("conditions.{number}"), event, &mut errors))
            .collect();
        let actions: Vec<Option<Action>> = (self.actions.iter().enumerate())
            .map(|(number, one)| one.parse(&format!("actions.{number}"), &mut errors))
            .collect();
        let (Some(event), true) = (event, errors.is_empty()) else {
            return Err(errors);
        };
        let rule = Rule {
            name,
            event,
            conditions: conditions.into_iter().flatten().collect(),
            actions: actions.into_iter().flatten().collect(),
        };
        if let Some(number) = rule.feeds_itself() {
            errors.add(&format!("actions.{number}.teamId"), "rule_feeds_itself");
            return Err(errors);
        }
        Ok(rule)
    }
}

fn read_number(
    errors: &mut FieldErrors,
    place: &str,
    typed: &str,
    (min, max): (i64, i64),
) -> Option<i64> {
    let number = typed.parse::<i64>().ok();
    let number = number.filter(|number| (min..=max).contains(number));
    if number.is_none() {
        errors.push(crate::FieldProblem {
            field: place.to_owned(),
            code: "out_of_range".to_owned(),
            parameters: [
                ("min".to_owned(), min.to_string()),
                ("max".to_owned(), max.to_string()),
            ]
            .into(),
        });
    }
    number
}

impl ConditionDraft {
    fn parse(&self, at: &str, event: Option<Event>, errors: &mut FieldErrors) -> Option<Condition> {
        let place = format!("{at}.value");
        let what = read_choice::<ConditionKind>(errors, &format!("{at}.what"), &self.what)?;
        let mut word = || {
            let word = input::required(self.value.clone(), NAME_MAX, &place, errors);
            (!word.is_empty()).then_some(word)
        };
        Some(match what {
            ConditionKind::Form => Condition::Form(word()?),
            ConditionKind::Kind => Condition::Kind(word()?),
            ConditionKind::Category => Condition::Category(word()?),
            ConditionKind::Tag => Condition::Tag(word()?.to_lowercase()),
            ConditionKind::Team => Condition::Team(read_choice(errors, &place, &self.value)?),
            ConditionKind::Channel => Condition::Channel(read_choice(errors, &place, &self.value)?),
            ConditionKind::Answer => {
                let option = word()?;
                let place = format!("{at}.question");
                let question = input::required(self.question.clone(), NAME_MAX, &place, errors);
                (!question.is_empty()).then_some(Condition::Answer { question, option })?
            }
            ConditionKind::HasMail => Condition::HasMail,
            ConditionKind::HasPhone => Condition::HasPhone,
            ConditionKind::ScoreAtMost => {
                if event.is_some_and(|event| event != Event::Scored) {
                    errors.add(&format!("{at}.what"), "rule_score_needs_score");
                }
                Condition::ScoreAtMost(read_number(errors, &place, &self.value, (1, 10))?)
            }
            ConditionKind::AgeAtLeast => {
                Condition::AgeAtLeast(read_number(errors, &place, &self.value, (0, DAYS_MAX))?)
            }
        })
    }
}

impl ActionDraft {
    fn parse(&self, at: &str, errors: &mut FieldErrors) -> Option<Action> {
        let team = format!("{at}.teamId");
        let text = format!("{at}.text");
        let what = read_choice::<ActionKind>(errors, &format!("{at}.what"), &self.what)?;
        Some(match what {
            ActionKind::Team => Action::Team(read_choice(errors, &team, &self.team_id)?),
            ActionKind::Tag => {
                let tag = input::required(clean_line(&self.text), TAG_MAX, &text, errors);
                Action::Tag(tag.to_lowercase())
            }
            ActionKind::Task => {
                let question = input::required(self.text.clone(), QUESTION_MAX, &text, errors);
                let whom = read_choice(errors, &team, &self.team_id);
                let days = format!("{at}.days");
                let days = read_number(errors, &days, &self.days, (0, 60));
                Action::Task {
                    question,
                    team: whom?,
                    days: days?,
                }
            }
            ActionKind::Mail => {
                let english = format!("{at}.textEn");
                Action::Mail {
                    nl: input::required(self.text.clone(), MAIL_MAX, &text, errors),
                    en: input::required(self.text_en.clone(), MAIL_MAX, &english, errors),
                }
            }
            ActionKind::Notice => {
                let staff = format!("{at}.staffId");
                Action::Notice(match (self.team_id.is_empty(), self.staff_id.is_empty()) {
                    (true, true) => Told::Handlers,
                    (false, true) => Told::Team(read_choice(errors, &team, &self.team_id)?),
                    (true, false) => Told::Colleague(read_choice(errors, &staff, &self.staff_id)?),
                    (false, false) => {
                        errors.add(&staff, "rule_team_or_colleague");
                        return None;
                    }
                })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: &str = "01994dd2-0000-7000-8000-000000000001";
    const OTHER: &str = "01994dd2-0000-7000-8000-000000000002";

    fn condition(what: ConditionKind, value: &str) -> ConditionDraft {
        ConditionDraft {
            what: what.to_string(),
            value: value.to_owned(),
            ..ConditionDraft::default()
        }
    }

    fn to_team(team: &str) -> ActionDraft {
        ActionDraft {
            what: ActionKind::Team.to_string(),
            team_id: team.to_owned(),
            ..ActionDraft::default()
        }
    }

    fn rule(event: Event, conditions: Vec<ConditionDraft>, actions: Vec<ActionDraft>) -> RuleDraft {
        RuleDraft {
            name: "Spoed".to_owned(),
            event: event.to_string(),
            conditions,
            actions,
        }
    }

    fn faults(draft: &RuleDraft) -> Vec<(String, String)> {
        let errors = draft.parse().err().unwrap_or_default();
        (errors.problems().iter())
            .map(|one| (one.field.clone(), one.code.clone()))
            .collect()
    }

    #[test]
    fn a_rule_that_feeds_itself_is_refused_at_the_action_that_does() {
        let feeds = |conditions| faults(&rule(Event::HandedOn, conditions, vec![to_team(TEAM)]));
        let place = [(
            "actions.0.teamId".to_owned(),
            "rule_feeds_itself".to_owned(),
        )];
        assert_eq!(feeds(vec![]), place);
        assert_eq!(feeds(vec![condition(ConditionKind::Team, TEAM)]), place);
        assert_eq!(feeds(vec![condition(ConditionKind::Team, OTHER)]), []);
        let other = rule(Event::Accepted, vec![], vec![to_team(TEAM)]);
        assert_eq!(faults(&other), []);
    }

    #[test]
    fn what_cannot_work_is_named_at_its_place() {
        let draft = rule(
            Event::Closed,
            vec![
                condition(ConditionKind::ScoreAtMost, "5"),
                condition(ConditionKind::AgeAtLeast, "oud"),
                condition(ConditionKind::Team, "Afval"),
                condition(ConditionKind::Answer, "ja"),
            ],
            vec![
                to_team(""),
                ActionDraft {
                    what: "mail".to_owned(),
                    text: "Hallo".to_owned(),
                    ..ActionDraft::default()
                },
            ],
        );
        let named: Vec<String> = faults(&draft).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            named,
            [
                "conditions.0.what",
                "conditions.1.value",
                "conditions.2.value",
                "conditions.3.question",
                "actions.0.teamId",
                "actions.1.textEn",
            ]
        );
        let empty = RuleDraft::default().parse().unwrap_err();
        assert!(!empty.is_empty());
    }

    #[test]
    fn all_conditions_have_to_hold_and_what_was_not_read_is_not_guessed() {
        let draft = rule(
            Event::Accepted,
            vec![
                condition(ConditionKind::Kind, "complaint"),
                condition(ConditionKind::HasMail, ""),
                condition(ConditionKind::Tag, "Spoed"),
            ],
            vec![to_team(TEAM)],
        );
        let rule = draft.parse().unwrap();
        let mut facts = Facts {
            kind: "complaint".to_owned(),
            has_mail: true,
            ..Facts::default()
        };
        assert_eq!(rule.judge(&facts), None);
        facts.tags = Some(BTreeSet::from(["spoed".to_owned()]));
        assert_eq!(rule.judge(&facts), Some(true));
        facts.has_mail = false;
        facts.tags = None;
        assert_eq!(rule.judge(&facts), Some(false));
    }
}
