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
mod filing;
mod hints;
pub mod quarantine;
mod receipt;
pub mod report;
mod submit;

use tenants::typed_id;

pub use self::{
    arrival::preference,
    confirmation::SendReceipt,
    draft::{Draft, Signs, begin, keep, resume, sweep, with_files},
    filing::{Filing, file},
    hints::{BsnHint, bsn_hints},
    receipt::{CopyFile, CopyLine, CopyStep, Receipt, copy, of_submission, promise, receipt},
    submit::{Circumstances, Submitted, submit, submit_direct},
};

typed_id! {
    /// A message in quarantine.
    QuarantineId
}
