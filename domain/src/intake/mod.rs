//! Handing in: a draft that keeps everything that was typed, one submission however often the button is pressed, and a receipt.
//!
//! A resident has no account. The draft's code lives in the browser's cookie and opens what was typed; the receipt's code lives in the
//! address of the receipt. The database holds the hash of both, and a draft's contents only sealed.
//!
//! What looks like it was sent by a program waits in [`quarantine`] with an ordinary receipt; nothing is refused for how it looks.

mod answered;
mod confirmation;
mod draft;
mod entity;
mod filing;
mod from_call;
mod hints;
mod incoming;
mod mailed;
pub mod quarantine;
mod receipt;
pub mod report;
mod submit;

use tenants::typed_id;

pub(crate) use self::receipt::message_of;
pub use self::{
    answered::{AnswerItem, AnswerValue, AnsweredForm, ExactNumber, PhoneValue},
    confirmation::SendReceipt,
    draft::{
        Draft, SpamSignals, begin, begun_on, delete_expired_drafts, discard, half_filled, resume,
        save, set_file_answers,
    },
    filing::{CaseRequest, GivenAnswer, file},
    from_call::{QuestionRequest, open_related},
    hints::{BsnHint, bsn_hints},
    incoming::{is_complaint, preference},
    mailed::{MailedMessage, open_from_mail},
    receipt::{
        CopyLine, CopyStep, Receipt, copy, of_case, of_submission, promise_sentence, receipt,
        receipt_of,
    },
    submit::{SubmissionContext, Submitted, submit, submit_direct},
};

typed_id! {
    /// A message in quarantine.
    QuarantineId
}
