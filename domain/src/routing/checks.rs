//! What a rule can ask for and where it can send, and what a list lacks that only the municipality knows.

use std::collections::HashSet;

use tenants::TenantTx;

use super::{RoutingDraft, RoutingTable};
use crate::{
    Error, FieldErrors, Language,
    cases::{self, Category},
    forms::{self, FieldType, Role},
    teams::{self, Team, TeamId},
    workflow::{self, CaseKind},
};

/// An answer that a form offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerChoice {
    /// `<key of the question>:<key of the option>`.
    pub value: String,
    /// Address of the form.
    pub form: String,
    /// The question and the option in words.
    pub text: String,
}

/// What a rule can ask for, and where it can send.
#[derive(Clone, Debug, Default)]
pub struct RoutingChoices {
    /// Forms that can be filled in, by address and title.
    pub forms: Vec<(String, String)>,
    /// Addresses of those that ask for a place.
    pub with_place: Vec<String>,
    /// Kinds that new messages may be of.
    pub kinds: Vec<CaseKind>,
    /// Categories that new messages may get.
    pub categories: Vec<Category>,
    /// Answers that forms offer.
    pub answers: Vec<AnswerChoice>,
    /// Teams that are used.
    pub teams: Vec<Team>,
    /// Teams that are no longer used.
    pub teams_aside: Vec<Team>,
    /// Those among them with somebody who has an open account.
    pub manned: HashSet<TeamId>,
}

/// What a rule can ask for, and where it can send.
pub async fn choices(tx: &TenantTx, language: Language) -> Result<RoutingChoices, Error> {
    let mut choices = RoutingChoices::default();
    for form in forms::list(tx, None).await? {
        let words = |key: &str| {
            let text = form.form.text(language.as_str(), key);
            text.map_or_else(|| key.to_owned(), |(text, _)| text.to_owned())
        };
        if form.form.with_role(Role::CasePlace).is_some() {
            choices.with_place.push(form.slug.clone());
        }
        for (_, field) in form.form.fields() {
            if !matches!(field.r#type, FieldType::Choice | FieldType::Choices) {
                continue;
            }
            let options = field.options.iter().map(|option| {
                let option_text = words(&format!("{}.{option}", field.key));
                AnswerChoice {
                    value: format!("{}:{option}", field.key),
                    form: form.slug.clone(),
                    text: format!("{} {option_text}", words(&field.key)),
                }
            });
            choices.answers.extend(options);
        }
        choices.forms.push((form.slug.clone(), words("title")));
    }
    let kinds = workflow::kinds(tx, None).await?.into_iter();
    choices.kinds = kinds.filter(|kind| kind.active).collect();
    let categories = cases::categories(tx, None).await?.into_iter();
    choices.categories = categories.filter(|category| category.active).collect();
    let teams = teams::teams(tx, None).await?.into_iter();
    (choices.teams, choices.teams_aside) = teams.partition(|team| team.active);
    let ids = choices.teams.iter().map(|team| team.id).collect();
    let manned = teams::members_of(tx, &ids).await?.into_iter();
    choices.manned = (manned.filter(|(_, members)| !members.is_empty()))
        .map(|(team, _)| team)
        .collect();
    Ok(choices)
}

impl RoutingChoices {
    fn has_team(&self, id: TeamId) -> bool {
        self.teams.iter().any(|team| team.id == id)
    }

    fn check_team(&self, errors: &mut FieldErrors, field: &str, typed: &str) {
        let id = typed.parse::<TeamId>();
        if id.is_ok_and(|id| !self.has_team(id)) {
            errors.add(field, "not_an_option");
        }
    }

    /// Notes teams that nobody is in.
    fn check_members(&self, errors: &mut FieldErrors, draft: &RoutingDraft) {
        let of_rules = (draft.rules.iter().enumerate())
            .map(|(number, rule)| (format!("rules.{number}.teamId"), &rule.team_id));
        let default = ("defaultTeamId".to_owned(), &draft.default_team_id);
        for (field, typed) in of_rules.chain([default]) {
            let id = typed.parse::<TeamId>();
            if id.is_ok_and(|id| self.has_team(id) && !self.manned.contains(&id)) {
                errors.add(&field, "team_without_members");
            }
        }
    }

    /// The list with the names of teams instead of their ids.
    pub(super) fn named(&self, mut draft: RoutingDraft) -> RoutingDraft {
        for typed in teams_of(&mut draft) {
            let team = self.teams.iter().find(|team| team.id.to_string() == *typed);
            if let Some(team) = team {
                typed.clone_from(&team.name);
            }
        }
        draft
    }

    /// The list with the ids of teams where their names stand.
    pub(super) fn resolved(&self, mut draft: RoutingDraft) -> RoutingDraft {
        for typed in teams_of(&mut draft) {
            if let Some(team) = self.teams.iter().find(|team| team.name == *typed) {
                *typed = team.id.to_string();
            }
        }
        draft
    }

    /// What nobody here knows; whether somebody is in a team is not asked.
    pub(super) fn faults(&self, draft: &RoutingDraft) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (number, rule) in draft.rules.iter().enumerate() {
            let at = |field: &str| format!("rules.{number}.{field}");
            let has_category = |key: &str| self.categories.iter().any(|one| one.key == key);
            let of_form = |form: &str| rule.form.is_empty() || rule.form == form;
            let answered =
                || (self.answers.iter()).any(|one| one.value == rule.answer && of_form(&one.form));
            let known = [
                (
                    "form",
                    &rule.form,
                    self.forms.iter().any(|(slug, _)| *slug == rule.form),
                ),
                (
                    "kind",
                    &rule.kind,
                    self.kinds.iter().any(|kind| kind.code == rule.kind),
                ),
                ("category", &rule.category, has_category(&rule.category)),
                (
                    "toCategory",
                    &rule.to_category,
                    has_category(&rule.to_category),
                ),
            ];
            for (field, word, is_known) in known {
                if !word.is_empty() && !is_known {
                    errors.add(&at(field), "not_an_option");
                }
            }
            if !rule.answer.is_empty() && !answered() {
                errors.add(&at("answer"), "no_form_asks_answer");
            }
            if !rule.place.is_empty() && !self.with_place.iter().any(|form| of_form(form)) {
                errors.add(&at("place"), "no_form_asks_place");
            }
            self.check_team(&mut errors, &at("teamId"), &rule.team_id);
        }
        self.check_team(&mut errors, "defaultTeamId", &draft.default_team_id);
        errors
    }
}

fn teams_of(draft: &mut RoutingDraft) -> impl Iterator<Item = &mut String> {
    let of_rules = draft.rules.iter_mut().map(|rule| &mut rule.team_id);
    of_rules.chain([&mut draft.default_team_id])
}

/// The rules of a draft, or everything that keeps it from being published, each at its place.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn checked(tx: &TenantTx, draft: &RoutingDraft) -> Result<RoutingTable, Error> {
    let choices = choices(tx, Language::Dutch).await?;
    let mut errors = choices.faults(draft);
    choices.check_members(&mut errors, draft);
    match draft.parse() {
        Ok(table) => errors.into_result().map(|()| table),
        Err(faults) => {
            errors.extend(faults);
            Err(Error::Invalid(errors))
        }
    }
}
