//! To which team a message goes: an ordered list of rules, of which the first that fits decides.
//!
//! A rule asks for a form, a kind, a category, an answer or a place, and names a team. What no rule fits goes to the team of its category, and
//! then to the municipality's default team. The list is a draft that is worked on, and versions that never change; without a version only the
//! category counts.

mod checks;
mod entity;
mod live;
mod table;
mod trial;
mod versions;

use tenants::typed_id;

pub use self::{
    checks::{AnswerChoice, RoutingChoices, checked, choices},
    table::{
        By, Decision, Facts, KnownCategory, KnownPlaces, RoutingDraft, RoutingTable, RuleDraft,
    },
    trial::{RoutingTrial, TeamCount, trial},
    versions::{
        PublishRequest, RoutingRequest, RoutingVersion, RoutingView, publish, save_draft, versions,
        view,
    },
};
pub(crate) use self::{
    live::{in_use, put_all},
    versions::{default_team, route},
};

typed_id! {
    /// A published list of rules.
    RoutingVersionId
}
typed_id! {
    /// The list of rules that is worked on.
    RoutingDraftId
}
