//! What rules can name here: a name that was typed becomes what it stands for, and what nobody knows is refused.

use std::collections::BTreeSet;

use tenants::TenantTx;

use super::rule::{Action, ActionDraft, Condition, ConditionDraft, ConditionKind, Rule, RuleDraft};
use crate::{
    Error, FieldErrors, Language,
    cases::{self, Category},
    forms,
    submissions::Channel,
    teams::{self, Team, TeamId},
    workflow::{self, CaseKind},
};

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
    /// Questions with their options.
    pub answers: BTreeSet<(String, String)>,
}

/// What rules can name here.
pub async fn known(tx: &TenantTx) -> Result<Known, Error> {
    let mut known = Known {
        kinds: workflow::kinds(tx, None).await?,
        categories: cases::categories(tx, None).await?,
        teams: teams::teams(tx, None).await?,
        ..Known::default()
    };
    known.kinds.retain(|kind| kind.active);
    known.categories.retain(|category| category.active);
    known.teams.retain(|team| team.active);
    for form in forms::list(tx, None).await? {
        let definition = form.form.definition();
        for field in definition.steps.iter().flat_map(|step| &step.fields) {
            let options = field.options.iter();
            (known.answers).extend(options.map(|option| (field.key.clone(), option.clone())));
        }
        let title = form.form.text(Language::Dutch.as_str(), "title");
        let title = title.map_or(form.slug.as_str(), |(title, _)| title);
        known.forms.push((form.slug.clone(), title.to_owned()));
    }
    Ok(known)
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

impl Known {
    fn team_of(&self, typed: &str) -> Option<TeamId> {
        let named = self.teams.iter().find(|team| same(&team.name, typed));
        named.map(|team| team.id)
    }

    fn team_name(&self, id: &str) -> Option<&str> {
        let found = self.teams.iter().find(|team| team.id.to_string() == id);
        found.map(|team| team.name.as_str())
    }

    fn has_team(&self, id: TeamId) -> bool {
        self.teams.iter().any(|team| team.id == id)
    }

    /// The rule with ids and keys where names were typed.
    #[must_use]
    pub fn resolved(&self, mut draft: RuleDraft) -> RuleDraft {
        for condition in &mut draft.conditions {
            if let Some(value) = self.meant(condition) {
                condition.value = value;
            }
        }
        for action in &mut draft.actions {
            if let Some(team) = self.team_of(&action.team_id) {
                action.team_id = team.to_string();
            }
        }
        draft
    }

    fn meant(&self, condition: &ConditionDraft) -> Option<String> {
        let typed = &condition.value;
        let labels = |nl: &str, en: &str| same(nl, typed) || same(en, typed);
        match condition.what.parse().ok()? {
            ConditionKind::Team => self.team_of(typed).map(|team| team.to_string()),
            ConditionKind::Category => (self.categories.iter())
                .find(|one| labels(&one.label_nl, &one.label_en))
                .map(|one| one.key.clone()),
            ConditionKind::Kind => (self.kinds.iter())
                .find(|one| labels(&one.label_nl, &one.label_en))
                .map(|one| one.code.clone()),
            ConditionKind::Form => (self.forms.iter())
                .find(|(_, title)| same(title, typed))
                .map(|(slug, _)| slug.clone()),
            ConditionKind::Channel => {
                let found = Channel::ALL.iter().find(|one| same(one.as_str(), typed));
                found.map(ToString::to_string)
            }
            _ => None,
        }
    }

    /// The rule with the names of teams instead of their ids: as people read it, and as another municipality can.
    #[must_use]
    pub fn named(&self, mut draft: RuleDraft) -> RuleDraft {
        for condition in &mut draft.conditions {
            if condition.what == ConditionKind::Team.as_str()
                && let Some(name) = self.team_name(&condition.value)
            {
                condition.value = name.to_owned();
            }
        }
        for action in &mut draft.actions {
            if let Some(name) = self.team_name(&action.team_id) {
                action.team_id = name.to_owned();
            }
        }
        draft
    }

    /// The rule as people read it: names of kinds, categories, forms and teams.
    #[must_use]
    pub fn shown(&self, draft: RuleDraft, language: Language) -> RuleDraft {
        let mut draft = self.named(draft);
        for condition in &mut draft.conditions {
            let value = &condition.value;
            let name = match condition.what.parse() {
                Ok(ConditionKind::Category) => (self.categories.iter())
                    .find(|one| one.key == *value)
                    .map(|one| one.label(language).to_owned()),
                Ok(ConditionKind::Kind) => (self.kinds.iter())
                    .find(|one| one.code == *value)
                    .map(|one| one.label(language).to_owned()),
                Ok(ConditionKind::Form) => (self.forms.iter())
                    .find(|(slug, _)| slug == value)
                    .map(|(_, title)| title.clone()),
                _ => None,
            };
            if let Some(name) = name {
                condition.value = name;
            }
        }
        draft
    }

    /// Notes what nobody here knows.
    pub(super) fn check(&self, rule: &Rule, errors: &mut FieldErrors) {
        for (number, condition) in rule.conditions().iter().enumerate() {
            let is_known = match condition {
                Condition::Form(form) => self.forms.iter().any(|(slug, _)| slug == form),
                Condition::Kind(code) => self.kinds.iter().any(|kind| kind.code == *code),
                Condition::Category(key) => self.categories.iter().any(|one| one.key == *key),
                Condition::Team(team) => self.has_team(*team),
                Condition::Answer { question, option } => {
                    self.answers.contains(&(question.clone(), option.clone()))
                }
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
                Action::Team(team) | Action::Task { team, .. } => Some(*team),
                Action::Notice(team) => *team,
                Action::Tag(_) | Action::Mail { .. } => None,
            };
            if team.is_some_and(|team| !self.has_team(team)) {
                errors.add(&format!("actions.{number}.teamId"), "not_an_option");
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
}
