//! Bundles as pages.

pub(super) mod adopt;
pub(super) mod adoption;
pub(super) mod bundle;
pub(super) mod list;
pub(super) mod make;
mod questions;
mod samples;
mod tree;

use domain::{
    Language,
    bundles::{AdoptionStatus, BundleStatus, ChangeLine, Difference, PartState, Passage},
};

/// A change of a version, in words.
pub(super) struct ChangeView {
    line: String,
    /// Why it should not wait; may be empty.
    weight: String,
}

fn change_views(changes: &[ChangeLine], language: Language) -> Vec<ChangeView> {
    let views = changes.iter().map(|change| ChangeView {
        line: change.line.clone(),
        weight: (change.weight)
            .map(|weight| language.term("bundle-weight", weight))
            .unwrap_or_default(),
    });
    views.collect()
}

/// A part to be read.
pub(super) struct PartView {
    key: String,
    title: String,
    kind: String,
    policy: String,
    passages: Vec<Passage>,
}

/// What differs in a part.
pub(super) struct DifferenceView {
    title: String,
    rows: Vec<Difference>,
}

/// How the component `state` shows where a bundle stands.
const fn bundle_tone(status: BundleStatus) -> &'static str {
    match status {
        BundleStatus::Published => "ok",
        BundleStatus::Submitted | BundleStatus::Proposed => "info",
        BundleStatus::Refused => "late",
        BundleStatus::Replaced | BundleStatus::Withdrawn => "quiet",
    }
}

const fn adoption_tone(status: AdoptionStatus) -> &'static str {
    match status {
        AdoptionStatus::Active => "ok",
        AdoptionStatus::Prepared => "soon",
        AdoptionStatus::Superseded | AdoptionStatus::RolledBack | AdoptionStatus::Discarded => {
            "quiet"
        }
    }
}

const fn part_tone(state: PartState) -> &'static str {
    match state {
        PartState::New => "info",
        PartState::Changed | PartState::Merged => "soon",
        PartState::Same => "ok",
        PartState::Conflict => "late",
    }
}
