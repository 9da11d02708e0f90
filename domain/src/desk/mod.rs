//! The verbs of the desk: a message becomes a case, somebody claims it, calls, listens, and closes it with an outcome.
//!
//! The states are few: new → in progress → closed, and back when it turns out not to be done. A case can be merged into another one and out
//! of it again. Every move is one conditional update, so that of two people who claim at once one wins and the other is told who.

mod actions;
mod agree;
mod categorise;
mod convert;
mod hand_on;
mod input;
mod merge;
mod messages;
mod moves;
mod open;
mod open_complaints;
mod praise;
mod reopen;
mod resend;
mod subjects;
mod undelivered;
mod unreached;

pub(crate) use self::{
    actions::staff_text,
    hand_on::{Receiver, give, read_colleague, read_team, route},
    merge::first_receipt,
    messages::mail_by_rule,
    moves::carried,
    open::{open, promise_due},
    open_complaints::{ContactDetails, has_open_complaint},
    praise::{is_digest_hour, schedule_digest},
};
pub use self::{
    actions::{Closing, NewContact, claim, close, log_contact, release, told_apart},
    agree::agree,
    categorise::categorise,
    convert::{Consent, Conversion, convert},
    hand_on::{HandOnRequest, hand_on},
    input::{
        CaseCategoryRequest, CloseRequest, ContactMomentRequest, ConvertRequest, MergeRequest,
        ReopenRequest, UnmergeRequest,
    },
    merge::{Doubt, MergePreview, merge, preview_merge, unmerge},
    messages::write_message,
    moves::{MoveRequest, move_state},
    open::{Filed, NewCase},
    praise::{Compliment, PraiseDigest, PraiseRequest, compliments_for, praise},
    reopen::{LawAfter, Reopening, reopen},
    resend::{case_of_mail, resend_mail},
    subjects::{SubjectRequest, lift_subject, name_subject},
    undelivered::undelivered,
};
