//! Where a case stands, and where it can go from there, on its page.

use domain::{
    Language,
    workflow::{State, Workflow},
};
use tenants::Role;

use crate::html::FormState;

/// A move that can be made now.
pub(crate) struct MoveForm {
    /// Code of the state it leads to.
    pub(crate) to: String,
    /// What its button says.
    pub(crate) label: String,
    /// Lines to tick: value and text.
    pub(crate) checklist: Vec<(String, String)>,
    /// Whether it asks for a note.
    pub(crate) needs_note: bool,
    /// Whether it was this one that was refused.
    pub(crate) is_open: bool,
}

impl MoveForm {
    /// The id of a field: the forms of all moves stand on one page, and the summary of errors leads to the one that was refused.
    pub(crate) fn field_id(&self, field: &str) -> String {
        if self.is_open {
            format!("move-{field}")
        } else {
            format!("move-{field}-{}", self.to)
        }
    }
}

/// The state of a case and its moves.
pub(crate) struct StateSection {
    pub(crate) label: String,
    pub(crate) moves: Vec<MoveForm>,
    pub(crate) state: FormState,
    /// Whether it waits for somebody, which stops no term of the law.
    pub(crate) waits: bool,
}

/// The ways from a state for somebody with these roles: into an end, or not.
pub(crate) fn ways(
    workflow: &Workflow,
    code: &str,
    (roles, ends): (&[Role], bool),
    language: Language,
    is_open: impl Fn(&str) -> bool,
) -> Vec<MoveForm> {
    let moves = workflow.moves_from(code);
    let open = moves.filter(|one| one.may(roles) && workflow.closes(one) == ends);
    open.map(|one| {
        let lines = one.checklist.iter().enumerate();
        MoveForm {
            checklist: lines
                .map(|(number, line)| {
                    let text = line.in_language(language).to_owned();
                    (format!("{}.{number}", one.to), text)
                })
                .collect(),
            label: one.label.in_language(language).to_owned(),
            needs_note: (one.required).contains(&domain::workflow::Requirement::Note),
            is_open: is_open(&one.to),
            to: one.to.clone(),
        }
    })
    .collect()
}

impl StateSection {
    /// The section of a case that stands in a state; `moves` is false for who may only read.
    pub(crate) fn new(
        (workflow, code): (&Workflow, &str),
        (roles, may_move): (&[Role], bool),
        language: Language,
        (state, refused): (FormState, bool),
    ) -> Option<Self> {
        let stands: &State = workflow.state(code)?;
        let moves = if may_move {
            let tried = state.value("to").to_owned();
            ways(workflow, code, (roles, false), language, |to| {
                refused && to == tried
            })
        } else {
            Vec::new()
        };
        Some(Self {
            label: stands.label.in_language(language).to_owned(),
            waits: matches!(
                stands.phase,
                domain::workflow::Phase::WaitingResident
                    | domain::workflow::Phase::WaitingThirdParty
            ),
            moves,
            state,
        })
    }
}
