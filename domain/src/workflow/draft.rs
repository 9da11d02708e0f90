//! A workflow as it was typed, whatever that is, and how it becomes one that works.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tenants::{Permission, Role, permission};
use utoipa::ToSchema;

use super::definition::{Label, Move, Phase, Requirement, State, Workflow};
use crate::{
    FieldErrors, input,
    text::{clean_line, clean_text, read_choice},
};

/// Most states, moves and lines of a checklist: a workflow that nobody can oversee helps nobody.
const STATES_MAX: usize = 20;
const MOVES_MAX: usize = 60;
const CHECKS_MAX: usize = 10;
/// Longest name, in characters.
const LABEL_MAX: usize = 60;
/// Longest line of a checklist, in characters.
const CHECK_MAX: usize = 200;
/// Longest code of a state.
const CODE_MAX: usize = 40;

/// A state as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StateDraft {
    /// The word that programs know it by; made of its Dutch name when it is empty.
    #[serde(default)]
    #[schema(example = "wacht_op_inwoner")]
    pub code: String,
    /// Its name in Dutch, for staff and residents.
    #[serde(default)]
    #[schema(required = true, example = "Wacht op inwoner")]
    pub label_nl: String,
    /// Its name in English.
    #[serde(default)]
    #[schema(required = true, example = "Waiting for the resident")]
    pub label_en: String,
    /// What it means.
    #[serde(default)]
    #[schema(value_type = Phase, required = true)]
    pub phase: String,
}

/// A move as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MoveDraft {
    /// Code of the state it begins in.
    #[serde(default)]
    #[schema(required = true, example = "in_behandeling")]
    pub from: String,
    /// Code of the state it leads to.
    #[serde(default)]
    #[schema(required = true, example = "wacht_op_inwoner")]
    pub to: String,
    /// What its button says in Dutch.
    #[serde(default)]
    #[schema(required = true, example = "Vraag het de inwoner")]
    pub label_nl: String,
    /// What its button says in English.
    #[serde(default)]
    #[schema(required = true, example = "Ask the resident")]
    pub label_en: String,
    /// What the message needs.
    #[serde(default)]
    #[schema(value_type = Vec<Requirement>)]
    pub required: Vec<String>,
    /// Lines to tick in Dutch, one a line.
    #[serde(default)]
    pub checklist_nl: String,
    /// The same lines in English.
    #[serde(default)]
    pub checklist_en: String,
    /// `clerk` or `lead`: who may; everybody who works on messages when it is empty.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A workflow as it was typed: any states and moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WorkflowDraft {
    /// The states, in the order in which staff see them.
    #[serde(default)]
    pub states: Vec<StateDraft>,
    /// The moves.
    #[serde(default)]
    pub moves: Vec<MoveDraft>,
}

/// What a code is made of when nobody chose one: "Wacht op inwoner" becomes `wacht_op_inwoner`.
pub(super) fn code_of(label: &str) -> String {
    let mut code = String::new();
    for sign in label.to_lowercase().chars() {
        if sign.is_ascii_alphanumeric() {
            code.push(sign);
        } else if !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
    }
    code.truncate(CODE_MAX);
    code.trim_end_matches('_').to_owned()
}

/// Whether a word can be a code.
pub(super) fn is_code(code: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=CODE_MAX).contains(&code.len()) && code.bytes().all(plain)
}

fn lines(typed: &str) -> Vec<String> {
    let lines = clean_text(typed);
    let lines = lines.lines().map(clean_line);
    lines.filter(|line| !line.is_empty()).collect()
}

impl StateDraft {
    fn new(code: &str, label_nl: &str, label_en: &str, phase: Phase) -> Self {
        Self {
            code: code.to_owned(),
            label_nl: label_nl.to_owned(),
            label_en: label_en.to_owned(),
            phase: phase.to_string(),
        }
    }
}

impl MoveDraft {
    fn new(from: &str, to: &str, label_nl: &str, label_en: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            label_nl: label_nl.to_owned(),
            label_en: label_en.to_owned(),
            ..Self::default()
        }
    }
}

impl WorkflowDraft {
    /// What a workflow begins with: the usual way, with two states to wait in.
    #[must_use]
    pub fn beginning() -> Self {
        let (new, busy) = ("new", "inHandling");
        let (resident, other) = ("waitingResident", "waitingThirdParty");
        Self {
            states: vec![
                StateDraft::new(new, "Nieuw", "New", Phase::New),
                StateDraft::new(busy, "In behandeling", "In handling", Phase::InHandling),
                StateDraft::new(
                    resident,
                    "Wacht op inwoner",
                    "Waiting for the resident",
                    Phase::WaitingResident,
                ),
                StateDraft::new(
                    other,
                    "Wacht op een ander",
                    "Waiting for somebody else",
                    Phase::WaitingThirdParty,
                ),
                StateDraft::new("reopened", "Heropend", "Reopened", Phase::Reopened),
                StateDraft::new("closed", "Afgesloten", "Closed", Phase::Closed),
            ],
            moves: vec![
                MoveDraft::new(new, busy, "Aan de slag", "Begin"),
                MoveDraft::new(busy, resident, "Vraag het de inwoner", "Ask the resident"),
                MoveDraft::new(busy, other, "Vraag het een ander", "Ask somebody else"),
                MoveDraft::new(resident, busy, "Verder", "Go on"),
                MoveDraft::new(other, busy, "Verder", "Go on"),
                MoveDraft::new("reopened", busy, "Aan de slag", "Begin"),
                MoveDraft::new(busy, "closed", "Sluit af", "Close"),
                MoveDraft::new("reopened", "closed", "Sluit af", "Close"),
            ],
        }
    }

    /// The same with clean texts, without empty rows, and with a code for each state.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for state in &mut self.states {
            for text in [&mut state.code, &mut state.label_nl, &mut state.label_en] {
                *text = clean_line(text);
            }
        }
        for one in &mut self.moves {
            for text in [
                &mut one.from,
                &mut one.to,
                &mut one.label_nl,
                &mut one.label_en,
            ] {
                *text = clean_line(text);
            }
            one.checklist_nl = lines(&one.checklist_nl).join("\n");
            one.checklist_en = lines(&one.checklist_en).join("\n");
            for words in [&mut one.required, &mut one.roles] {
                words.retain(|word| !word.is_empty());
                words.dedup();
            }
        }
        self.states.retain(|state| {
            [&state.code, &state.label_nl, &state.label_en]
                .iter()
                .any(|text| !text.is_empty())
        });
        self.moves.retain(|one| {
            [&one.from, &one.to, &one.label_nl, &one.label_en]
                .iter()
                .any(|text| !text.is_empty())
        });
        let mut known: BTreeSet<String> =
            self.states.iter().map(|state| state.code.clone()).collect();
        for state in &mut self.states {
            if state.code.is_empty() {
                let code = code_of(&state.label_nl);
                let numbered = (2..).map(|number| format!("{code}_{number}"));
                let free = std::iter::once(code.clone()).chain(numbered);
                state.code = free
                    .into_iter()
                    .find(|code| !known.contains(code))
                    .unwrap_or_default();
                known.insert(state.code.clone());
            }
        }
        self
    }

    /// The workflow, or everything that keeps it from working, each at its place (`states.2.labelEn`).
    ///
    /// # Errors
    /// The faults.
    pub fn parse(&self) -> Result<Workflow, FieldErrors> {
        let mut errors = FieldErrors::default();
        let states = self.read_states(&mut errors);
        let moves = self.read_moves(&states, &mut errors);
        if errors.is_empty() {
            let workflow = Workflow { states, moves };
            workflow.check_ways(&mut errors);
            if errors.is_empty() {
                return Ok(workflow);
            }
        }
        Err(errors)
    }

    fn read_states(&self, errors: &mut FieldErrors) -> Vec<State> {
        if self.states.len() > STATES_MAX {
            errors.add_with("states", "too_many", "max", STATES_MAX);
        }
        let mut states: Vec<State> = Vec::new();
        for (number, typed) in self.states.iter().enumerate() {
            let place = |field: &str| format!("states.{number}.{field}");
            if !is_code(&typed.code) {
                errors.add(&place("code"), "state_code");
            } else if states.iter().any(|state| state.code == typed.code) {
                errors.add(&place("code"), "state_twice");
            }
            let label = read_label(&place, (&typed.label_nl, &typed.label_en), errors);
            let phase = read_choice(errors, &place("phase"), &typed.phase);
            let begins = states.iter().any(|state| state.phase == Phase::New);
            if phase == Some(Phase::New) && begins {
                errors.add(&place("phase"), "start_twice");
            }
            states.push(State {
                code: typed.code.clone(),
                label,
                phase: phase.unwrap_or(Phase::InHandling),
            });
        }
        if !states.iter().any(|state| state.phase == Phase::New) {
            errors.add("states", "start_missing");
        }
        if !states.iter().any(|state| state.phase.is_end()) {
            errors.add("states", "end_missing");
        }
        states
    }

    fn read_moves(&self, states: &[State], errors: &mut FieldErrors) -> Vec<Move> {
        if self.moves.len() > MOVES_MAX {
            errors.add_with("moves", "too_many", "max", MOVES_MAX);
        }
        let mut moves: Vec<Move> = Vec::new();
        for (number, typed) in self.moves.iter().enumerate() {
            let place = |field: &str| format!("moves.{number}.{field}");
            let [from, to] = [("from", &typed.from), ("to", &typed.to)].map(|(field, code)| {
                let state = states.iter().find(|state| state.code == *code);
                if state.is_none() {
                    errors.add(&place(field), "state_unknown");
                }
                state
            });
            if from.is_some_and(|state| state.phase.is_end()) {
                errors.add(&place("from"), "move_from_end");
            }
            if typed.from == typed.to && to.is_some() {
                errors.add(&place("to"), "move_to_itself");
            }
            if moves
                .iter()
                .any(|one| one.from == typed.from && one.to == typed.to)
            {
                errors.add(&place("to"), "move_twice");
            }
            let required: Vec<Requirement> = (typed.required.iter())
                .filter_map(|word| read_choice(errors, &place("required"), word))
                .collect();
            // How it ended is asked by closing only.
            let closes = to.is_some_and(|state| state.phase.is_end());
            if required.contains(&Requirement::Outcome) && !closes {
                errors.add(&place("required"), "outcome_not_asked");
            }
            let roles: Vec<Role> = (typed.roles.iter())
                .filter_map(|word| read_choice(errors, &place("roles"), word))
                .collect();
            if roles
                .iter()
                .any(|role| !permission::allowed(&[*role], Permission::HandleCases))
            {
                errors.add(&place("roles"), "role_handles_nothing");
            }
            moves.push(Move {
                from: typed.from.clone(),
                to: typed.to.clone(),
                label: read_label(&place, (&typed.label_nl, &typed.label_en), errors),
                required,
                checklist: typed.read_checklist(&place, errors),
                roles,
            });
        }
        moves
    }
}

impl MoveDraft {
    fn read_checklist(
        &self,
        place: &impl Fn(&str) -> String,
        errors: &mut FieldErrors,
    ) -> Vec<Label> {
        let (dutch, english) = (lines(&self.checklist_nl), lines(&self.checklist_en));
        if dutch.len() != english.len() {
            errors.add(&place("checklistEn"), "checklist_uneven");
        }
        for (field, lines) in [("checklistNl", &dutch), ("checklistEn", &english)] {
            if lines.len() > CHECKS_MAX {
                errors.add_with(&place(field), "too_many", "max", CHECKS_MAX);
            }
            if lines.iter().any(|line| line.chars().count() > CHECK_MAX) {
                errors.add_with(&place(field), "too_long", "max", CHECK_MAX);
            }
        }
        dutch
            .into_iter()
            .zip(english)
            .map(|(nl, en)| Label { nl, en })
            .collect()
    }
}

fn read_label(
    place: &impl Fn(&str) -> String,
    (nl, en): (&str, &str),
    errors: &mut FieldErrors,
) -> Label {
    let mut read = |field: &str, text: &str| {
        input::required(clean_line(text), LABEL_MAX, &place(field), errors)
    };
    Label {
        nl: read("labelNl", nl),
        en: read("labelEn", en),
    }
}

#[cfg(test)]
mod tests;
