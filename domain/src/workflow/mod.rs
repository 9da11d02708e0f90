//! How a municipality handles messages: its kinds, and for each kind the states a message stands in and the moves between them.
//!
//! A complaint, a tip and a compliment exist everywhere and are handled in the usual way without a row. A municipality adds kinds of its own, and
//! gives any kind a workflow: a draft that is worked on, and versions that never change. A message keeps the version it came in with, unless it is
//! moved along on purpose. The verbs of the desk stay what they are; they carry the state with them.

mod definition;
mod draft;
mod entity;
mod kinds;
mod standing;
mod versions;

use tenants::typed_id;

pub use self::{
    definition::{Label, Move, Phase, Requirement, State, Workflow},
    draft::{MoveDraft, StateDraft, WorkflowDraft},
    kinds::{CaseKind, KindChange, NewKind, add_kind, change_kind, code_of_case, kind, kinds},
    standing::{Mapping, Standing, TrialMove, Trials, trial},
    versions::{
        DraftRequest, PublishRequest, WorkflowVersion, WorkflowView, checked, publish, save_draft,
        version_of, versions, view,
    },
};
pub(crate) use self::{
    kinds::{Chosen, choose, chosen_kind, kind_of_row, kind_part, kinds_named, known_codes},
    versions::{in_use, put_live, workflow_of_row, workflow_part, workflows_named},
};

typed_id! {
    /// A kind of message of a municipality.
    CaseKindId
}
