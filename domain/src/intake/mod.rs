//! Handing in: a draft that keeps everything that was typed, one submission however often the button is pressed, and a receipt.
//!
//! A resident has no account. The draft's code lives in the browser's cookie and opens what was typed; the receipt's code lives in the
//! address of the receipt. The database holds the hash of both, and a draft's contents only sealed.
//!
//! What looks like it was sent by a program waits in [`quarantine`] with an ordinary receipt; nothing is refused for how it looks.

mod arrival;
mod confirmation;
mod draft;
mod entity;
mod erase;
mod filing;
mod hints;
pub mod quarantine;
mod receipt;
pub mod report;
mod submit;

use tenants::{text_enum, typed_id};

pub use self::{
    arrival::preference,
    draft::{Draft, Signs, begin, keep, resume, sweep, with_files},
    entity::submission::Model as Submission,
    filing::{Filing, file},
    hints::{BsnHint, bsn_hints},
    receipt::{CopyFile, CopyLine, CopyStep, Receipt, copy, of_submission, promise, receipt},
    submit::{Circumstances, Submitted, by_receipt, submit, submit_direct},
};
pub(crate) use self::{
    confirmation::{confirmed, confirmed_at},
    erase::{erase, kept_for},
};

typed_id! {
    /// A form somebody is filling in.
    DraftId
}
typed_id! {
    /// What was handed in.
    SubmissionId
}
typed_id! {
    /// A message in quarantine.
    QuarantineId
}

text_enum! {
    /// How a message came in.
    Channel {
        /// Over the municipality's own pages.
        Page = "page",
        /// Over the API.
        Api = "api",
        /// By telephone, written down by staff.
        Phone = "phone",
        /// By letter, written down by staff.
        Letter = "letter",
        /// At the counter, written down by staff.
        Counter = "counter",
    }
}

impl Channel {
    /// The ways in which a message reaches staff, who write it down.
    pub const STAFF: [Self; 3] = [Self::Phone, Self::Letter, Self::Counter];
}
