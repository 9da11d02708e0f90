//! Files that residents send: what may come in, where it is kept, who may open it.
//!
//! A file is judged by its bytes ([`content`]), cleaned of everything about the one who made it before it is stored, and stored under a random
//! place ([`FileStore`]). Its row is written before its bytes and settled after them, so that bytes are hardly ever
//! without a row; the nightly sweep removes those that are. Handing in
//! writes a job that asks the virus scanner; a scanner that is away delays that answer, never the message.

mod attachments;
#[cfg(test)]
mod bucket;
pub mod content;
mod entity;
mod jobs;
pub mod name;
mod receive;
mod scanner;
mod store;

use tenants::{text_enum, typed_id};

pub use self::{
    attachments::{
        FileDetail, by_codes, delete, delete_expired, delete_of_draft, get, of_draft,
        of_submission, remove,
    },
    entity::intake_file::Model as File,
    jobs::{DiscardFiles, FileContext, ScanFile, rescan_overdue},
    receive::{
        Examined, FileProblem, LATER_FILES, Limits, Owner, PendingUpload, confirm, examine,
        later_limits, limits, problem, register, register_later,
    },
    scanner::{NoScanner, NoVerdict, Scanner, Verdict},
    store::{Bucket, FileStore, FileStoreError, Listing, Stored},
};
pub(crate) use self::{
    attachments::{attach, by_ids, named, stored_bytes},
    jobs::ASK_AGAIN_AFTER,
    receive::add_stored,
};

typed_id! {
    /// A file.
    FileId
}

text_enum! {
    /// Where a file stands.
    FileState {
        /// Its bytes are on their way to the store.
        Arriving = "arriving",
        /// No scanner has looked at it.
        Unchecked = "unchecked",
        /// The scanner found nothing.
        Clean = "clean",
        /// The scanner found something; nobody opens it.
        Infected = "infected",
    }
}

text_enum! {
    /// How a file stands for whoever wants to open it.
    ScanStatus {
        /// The scanner found nothing.
        Clean = "clean",
        /// There is no scanner here: it can be opened, and says that nobody looked.
        NotChecked = "notChecked",
        /// The scanner still has to look; it cannot be opened yet.
        Waiting = "waiting",
        /// The scanner found something; it cannot be opened.
        Infected = "infected",
    }
}

impl FileState {
    /// How it stands in an installation with or without a scanner.
    #[must_use]
    pub const fn scan_status(self, has_scanner: bool) -> ScanStatus {
        match (self, has_scanner) {
            (Self::Clean, _) => ScanStatus::Clean,
            (Self::Infected, _) => ScanStatus::Infected,
            (Self::Arriving, _) | (Self::Unchecked, true) => ScanStatus::Waiting,
            (Self::Unchecked, false) => ScanStatus::NotChecked,
        }
    }
}

impl ScanStatus {
    /// Whether it may be opened.
    #[must_use]
    pub const fn opens(self) -> bool {
        matches!(self, Self::Clean | Self::NotChecked)
    }
}
