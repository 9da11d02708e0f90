//! The verbs of the desk: a message becomes a case, somebody claims it, calls, listens, and closes it with an outcome.
//!
//! The states are few: new → in progress → closed, and back when it turns out not to be done. A case can be merged into another one and out
//! of it again. Every move is one conditional update, so that of two people who claim at once one wins and the other is told who.

mod actions;
mod categorise;
mod convert;
mod input;
mod merge;
mod messages;
mod open;
mod open_complaints;
mod reopen;
mod subjects;
mod undelivered;

pub use self::{
    actions::{Closing, NewContact, claim, close, log_contact, release, told_apart},
    categorise::categorise,
    convert::{Consent, Conversion, convert},
    input::{
        CaseCategoryRequest, CloseRequest, ContactMomentRequest, ConvertRequest, MergeRequest,
        ReopenRequest, UnmergeRequest,
    },
    merge::{Doubt, MergePreview, merge, preview_merge, unmerge},
    messages::write_message,
    open::{Filed, NewCase, open},
    reopen::{LawAfter, Reopening, reopen},
    subjects::{SubjectRequest, lift_subject, name_subject},
    undelivered::undelivered,
};
pub(crate) use self::{
    merge::first_receipt,
    open::promise_due,
    open_complaints::{ContactDetails, has_open_complaint},
};
