//! Handing in: a draft that keeps everything that was typed, one submission however often the button is pressed, and a receipt.
//!
//! A resident has no account. The draft's code lives in the browser's cookie and opens what was typed; the receipt's code lives in the
//! address of the receipt. The database holds the hash of both, and a draft's contents only sealed.

mod draft;
mod entity;
mod receipt;
mod submit;

use tenants::{text_enum, typed_id};

pub use self::{
    draft::{Draft, begin, keep, resume, sweep},
    entity::submission::Model as Submission,
    receipt::{CopyLine, CopyStep, Receipt, copy, of_submission, promise, receipt},
    submit::{Submitted, by_receipt, submit, submit_direct},
};

typed_id! {
    /// A form somebody is filling in.
    DraftId
}
typed_id! {
    /// What was handed in.
    SubmissionId
}

text_enum! {
    /// How a message came in.
    Channel {
        /// Over the municipality's own pages.
        Page = "page",
        /// Over the API.
        Api = "api",
    }
}
