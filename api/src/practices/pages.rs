//! Practices of an organisation as pages.

mod claims;
mod consent;
mod draft;
mod drafts;
mod edit;
mod imported;
mod reviews;
pub(super) mod samples;

pub(super) use self::{
    consent::{ConsentPage, consent, consent_form},
    draft::{DraftPage, agree, archive, ask_contact, confirm, draft, send_back, withdraw},
    drafts::{DraftsPage, co_own, drafts, import},
    edit::{EditPage, blank, create, edit, save},
    imported::ImportedPage,
    reviews::{ReviewPage, ReviewsPage, ask, publish, review, reviews},
};

use domain::practices::Stage;

/// How the component `state` shows where a practice stands.
fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Published => "ok",
        Stage::Draft | Stage::Submitted | Stage::InReview => "info",
        Stage::Returned | Stage::ToReconfirm | Stage::Stale => "soon",
        Stage::TakenDown => "late",
        Stage::Archived | Stage::Withdrawn => "quiet",
    }
}
