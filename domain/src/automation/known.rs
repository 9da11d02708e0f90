//! What rules can name here: a name that was typed becomes what it stands for, and what nobody knows is refused.

use tenants::{
    Permission, StaffId, TenantTx, permission,
    staff::{self, StaffMember},
};

use super::rule::{Action, ActionDraft, Condition, ConditionKind, Rule, RuleDraft, Told};
use crate::{
    Error, FieldErrors, Language,
    cases::{self, Category},
    forms::{self, Definition},
    submissions::Channel,
    teams::{self, Team, TeamId},
    workflow::{self, CaseKind},
};

/// A question with options, of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownQuestion {
    /// Its key.
    pub key: String,
    /// Its words in Dutch and in English.
    pub names: [String; 2],
    /// Its options: their keys with their words.
    pub options: Vec<(String, [String; 2])>,
}

/// What rules can name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Addresses of forms with their titles.
    pub forms: Vec<(String, String)>,
    /// Kinds that are used.
    pub kinds: Vec<CaseKind>,
    /// Categories that are used.
    pub categories: Vec<Category>,
    /// Teams that are used.
    pub teams: Vec<Team>,
    /// Colleagues who can be told of a message.
    pub staff: Vec<StaffMember>,
    /// Questions with options.
    pub questions: Vec<KnownQuestion>,
}

/// What rules can name here.
pub async fn known(tx: &TenantTx) -> Result<Known, Error> {
    let mut known = Known {
        kinds: workflow::kinds(tx, None).await?,
        categories: cases::categories(tx, None).await?,
        teams: teams::teams(tx, None).await?,
        staff: staff::all(tx, None).await?,
        ..Known::default()
    };
    known.kinds.retain(|kind| kind.active);
    known.categories.retain(|category| category.active);
    known.teams.retain(|team| team.active);
    known.staff.retain(can_be_told);
    for form in forms::list(tx, None).await? {
        let definition = form.form.definition();
        known.questions.extend(questions(definition));
        let title = form.form.text(Language::Dutch.as_str(), "title");
        let title = title.map_or(form.slug.as_str(), |(title, _)| title);
        known.forms.push((form.slug.clone(), title.to_owned()));
    }
    Ok(known)
}

/// Whether somebody can be told of a message.
pub(super) fn can_be_told(member: &StaffMember) -> bool {
    member.active && permission::allowed(&member.roles, Permission::ReadCases)
}

fn questions(form: &Definition) -> impl Iterator<Item = KnownQuestion> {
    let names = |key: &str| {
        [Language::Dutch, Language::English].map(|language| {
            let text = form.text(language.as_str(), key);
            text.unwrap_or_default().to_owned()
        })
    };
    let asked = form.fields().map(|(_, field)| field);
    let with_options = asked.filter(|field| !field.options.is_empty());
    with_options.map(move |field| KnownQuestion {
        key: field.key.clone(),
        names: names(&field.key),
        options: (field.options.iter())
            .map(|option| {
                let words = names(&format!("{}.{option}", field.key));
                (option.clone(), words)
            })
            .collect(),
    })
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Keys, each with its names in Dutch and in English. A name can be that of several.
struct Names(Vec<(String, [String; 2])>);

impl Names {
    /// The key that is meant: one that was typed itself, or the only one of that name.
    fn meant(&self, typed: &str) -> Option<&str> {
        if typed.is_empty() {
            return None;
        }
        let all = || self.0.iter().map(|(key, names)| (key.as_str(), names));
        if let Some((key, _)) = all().find(|(key, _)| *key == typed) {
            return Some(key);
        }
        let named = |names: &[String; 2]| names.iter().any(|name| same(name, typed));
        let mut keys = all().filter(|(_, names)| named(names)).map(|(key, _)| key);
        let first = keys.next()?;
        keys.all(|key| key == first).then_some(first)
    }

    /// The name of a key, or the key itself when its name could mean something else.
    fn shown<'a>(&'a self, key: &'a str, language: Language) -> &'a str {
        let named = self.0.iter().find(|(known, _)| known == key);
        let name = named.map(|(_, [nl, en])| match language {
            Language::English if !en.is_empty() => en.as_str(),
            _ => nl.as_str(),
        });
        name.filter(|name| self.meant(name) == Some(key))
            .unwrap_or(key)
    }

    fn all(&self, language: Language) -> impl Iterator<Item = String> {
        (self.0.iter()).map(move |(key, _)| self.shown(key, language).to_owned())
    }
}

impl Known {
    fn names(&self, kind: ConditionKind, question: &str) -> Names {
        Names(match kind {
            ConditionKind::Form => (self.forms.iter())
                .map(|(slug, title)| (slug.clone(), [title.clone(), title.clone()]))
                .collect(),
            ConditionKind::Kind => (self.kinds.iter())
                .map(|one| {
                    (
                        one.code.clone(),
                        [one.label_nl.clone(), one.label_en.clone()],
                    )
                })
                .collect(),
            ConditionKind::Category => (self.categories.iter())
                .map(|one| {
                    (
                        one.key.clone(),
                        [one.label_nl.clone(), one.label_en.clone()],
                    )
                })
                .collect(),
            ConditionKind::Team => (self.teams.iter())
                .map(|team| (team.id.to_string(), [team.name.clone(), team.name.clone()]))
                .collect(),
            ConditionKind::Channel => (Channel::ALL.iter())
                .map(|channel| {
                    let name = |language: Language| language.term("applies-channel", channel);
                    let names = [Language::Dutch, Language::English].map(name);
                    (channel.to_string(), names)
                })
                .collect(),
            ConditionKind::Answer => (self.questions.iter())
                .filter(|one| one.key == question)
                .flat_map(|one| one.options.clone())
                .collect(),
            ConditionKind::Tag
            | ConditionKind::HasMail
            | ConditionKind::HasPhone
            | ConditionKind::ScoreAtMost
            | ConditionKind::AgeAtLeast => Vec::new(),
        })
    }

    fn question_names(&self) -> Names {
        let questions = self.questions.iter();
        Names(
            questions
                .map(|one| (one.key.clone(), one.names.clone()))
                .collect(),
        )
    }

    fn has_team(&self, id: TeamId) -> bool {
        self.teams.iter().any(|team| team.id == id)
    }

    /// The rule with ids and keys where names were typed.
    #[must_use]
    pub fn resolved(&self, mut draft: RuleDraft) -> RuleDraft {
        let meant = |names: &Names, typed: &mut String| {
            if let Some(key) = names.meant(typed) {
                *typed = key.to_owned();
            }
        };
        let questions = self.question_names();
        for condition in &mut draft.conditions {
            if let Ok(kind) = condition.what.parse() {
                meant(&questions, &mut condition.question);
                let names = self.names(kind, &condition.question);
                meant(&names, &mut condition.value);
            }
        }
        let teams = self.names(ConditionKind::Team, "");
        for action in &mut draft.actions {
            meant(&teams, &mut action.team_id);
            let typed = action.staff_id.to_lowercase();
            let colleague = self.staff.iter().find(|one| one.email == typed);
            if let Some(colleague) = colleague {
                action.staff_id = colleague.id.to_string();
            }
        }
        draft
    }

    /// The rule with the names of teams instead of their ids: as people read it, and as another municipality can.
    #[must_use]
    pub fn named(&self, mut draft: RuleDraft) -> RuleDraft {
        let teams = self.names(ConditionKind::Team, "");
        let name = |id: &mut String| *id = teams.shown(id, Language::Dutch).to_owned();
        for condition in &mut draft.conditions {
            if condition.what == ConditionKind::Team.as_str() {
                name(&mut condition.value);
            }
        }
        for action in &mut draft.actions {
            name(&mut action.team_id);
        }
        draft
    }

    fn colleague(&self, id: StaffId) -> Option<&StaffMember> {
        self.staff.iter().find(|one| one.id == id)
    }

    /// The rule as people read it: names of kinds, categories, forms, teams, channels, questions and options.
    #[must_use]
    pub fn shown(&self, draft: RuleDraft, language: Language) -> RuleDraft {
        let mut draft = self.named(draft);
        for action in &mut draft.actions {
            let colleague = action.staff_id.parse().ok();
            if let Some(colleague) = colleague.and_then(|id| self.colleague(id)) {
                action.staff_id.clone_from(&colleague.name);
            }
        }
        let questions = self.question_names();
        for condition in &mut draft.conditions {
            let Ok(kind) = condition.what.parse() else {
                continue;
            };
            if kind != ConditionKind::Team {
                let names = self.names(kind, &condition.question);
                condition.value = names.shown(&condition.value, language).to_owned();
            }
            condition.question = questions.shown(&condition.question, language).to_owned();
        }
        draft
    }

    /// What can be typed as the value of a condition, as people know it, and as the question of an answer.
    #[must_use]
    pub fn values(&self, language: Language) -> (Vec<String>, Vec<String>) {
        let in_order = |mut values: Vec<String>| {
            values.sort();
            values.dedup();
            values
        };
        let kinds = [
            ConditionKind::Form,
            ConditionKind::Kind,
            ConditionKind::Category,
            ConditionKind::Team,
            ConditionKind::Channel,
        ];
        let mut values: Vec<String> = (kinds.iter())
            .flat_map(|kind| self.names(*kind, "").all(language).collect::<Vec<_>>())
            .collect();
        for question in &self.questions {
            let options = self.names(ConditionKind::Answer, &question.key);
            values.extend(options.all(language));
        }
        let questions = self.question_names().all(language).collect();
        (in_order(values), in_order(questions))
    }

    fn has_option(&self, question: &str, option: &str) -> bool {
        let has = |one: &KnownQuestion| one.options.iter().any(|(key, _)| key == option);
        (self.questions.iter()).any(|one| one.key == question && has(one))
    }

    /// Notes what nobody here knows.
    pub(super) fn check(&self, rule: &Rule, errors: &mut FieldErrors) {
        for (number, condition) in rule.conditions().iter().enumerate() {
            let is_known = match condition {
                Condition::Form(form) => self.forms.iter().any(|(slug, _)| slug == form),
                Condition::Kind(code) => self.kinds.iter().any(|kind| kind.code == *code),
                Condition::Category(key) => self.categories.iter().any(|one| one.key == *key),
                Condition::Team(team) => self.has_team(*team),
                Condition::Answer { question, option } => self.has_option(question, option),
                Condition::Tag(_)
                | Condition::Channel(_)
                | Condition::HasMail
                | Condition::HasPhone
                | Condition::ScoreAtMost(_)
                | Condition::AgeAtLeast(_) => true,
            };
            if !is_known {
                errors.add(&format!("conditions.{number}.value"), "not_an_option");
            }
        }
        for (number, action) in rule.actions().iter().enumerate() {
            let team = match action {
                Action::Team(team)
                | Action::Task { team, .. }
                | Action::Notice(Told::Team(team)) => Some(*team),
                Action::Tag(_) | Action::Mail { .. } | Action::Notice(_) => None,
            };
            if team.is_some_and(|team| !self.has_team(team)) {
                errors.add(&format!("actions.{number}.teamId"), "not_an_option");
            }
            if let Action::Notice(Told::Colleague(id)) = action
                && self.colleague(*id).is_none()
            {
                errors.add(&format!("actions.{number}.staffId"), "not_an_option");
            }
        }
    }
}

impl ActionDraft {
    /// Whether it names a team.
    #[must_use]
    pub fn is_for(&self, team: TeamId) -> bool {
        self.team_id == team.to_string()
    }

    /// Whether it names a colleague.
    #[must_use]
    pub fn tells(&self, colleague: StaffId) -> bool {
        self.staff_id == colleague.to_string()
    }
}
