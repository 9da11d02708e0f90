//! The desk: a message becomes a case, somebody claims it, calls, listens, and closes it with an outcome.
//!
//! The states are few: new → in progress → closed, and back when it turns out not to be done. A case can be taken into another one and out
//! of it again. Every move is one conditional update, so that of two people who claim at once one wins and the other is told who.

mod around;
mod callback_status;
mod category;
mod category_merge;
pub(crate) mod entity;
mod kinds;
mod mails;
mod merge_links;
mod read;
mod receipt_code;
pub(crate) mod record;
mod reference;
mod related;
mod trial;
mod unchanged;
mod viewer;

use tenants::typed_id;

pub(crate) use self::{
    around::counts_around,
    category::{
        above, below, categories_named, category_parents_named, set_category, usable_category,
        usable_category_with_team,
    },
    mails::{address_bounced, address_works, mail_automatically},
    merge_links::{merged_ids, refuse_merged, targets},
    read::{
        Opened, by_ids, by_reference, by_submission, change, event_row, get, happened, move_due,
        open_ids, record_due_moves, record_event, record_events, record_opening, tell_handed_on,
        tried_enough, watched_ids,
    },
    receipt_code::{renew_link, revoke_link, seal_code},
    record::label_parts,
    reference::{
        new as new_reference, new_trial as new_trial_reference, normalise as normalise_reference,
    },
    related::seen_by,
    trial::{any_trial, came_since, refuse_trial, remove_trials},
    viewer::{barred, barred_of, erase_subjects, lift, seen_by_references, subject},
};
pub use self::{
    callback_status::{CallbackStatus, SOON, callback_status, language},
    category::{
        Category, CategoryChange, NewCategory, add_category, as_tree, categories, change_category,
        change_one_category,
    },
    category_merge::{CategoryMergeRequest, merge_category},
    entity::{
        case_event::Model as Event, case_file::Model as Case, case_merge::Model as Merge,
        contact_moment::Model as ContactMoment,
    },
    kinds::{CaseStatus, ContactResult, EventKind, Kind, Outcome, Preference},
    merge_links::{merged_cases, merged_into},
    read::{CaseView, contact_moments, events},
    receipt_code::{LINK_LIFE, by_code, code_by_short_code, link_expires_at, short_code},
    reference::is_trial,
    related::{Relatives, relatives},
    trial::{Trial, trials},
    unchanged::{events_since, require_unchanged},
    viewer::{
        CaseSubject, Subject, Viewer, add_subject, references, refuse_subject, require_part,
        require_seen_submission, seen, seen_by_ids, seen_by_reference, subjects, unseen_ids,
    },
};

typed_id! {
    /// A case.
    CaseId
}
typed_id! {
    /// An event in the life of a case.
    CaseEventId
}
typed_id! {
    /// A call, or a try at one.
    ContactMomentId
}
typed_id! {
    /// A case that was taken into another one.
    MergeId
}
typed_id! {
    /// A colleague or a team that a message is about.
    SubjectId
}
typed_id! {
    /// A category of the municipality.
    CategoryId
}
typed_id! {
    /// A version of a workflow.
    WorkflowId
}
/// Longest note, in characters.
pub const NOTE_MAX: usize = 5_000;
/// Longest reason for something out of the ordinary, in characters.
pub const REASON_MAX: usize = 500;
