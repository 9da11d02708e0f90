//! Files that residents send: what may come in, where it is kept, who may open it.
//!
//! A file is judged by its bytes ([`content`]), cleaned of everything about the one who made it before it is stored, and stored under a random
//! place ([`Cabinet`]). Its row is written before its bytes and settled after them, so that no bytes are ever without a row. Handing in
//! writes a job that asks the virus scanner; a scanner that is away delays that answer, never the message.

#[cfg(test)]
mod bucket;
mod cabinet;
pub mod content;
mod entity;
mod jobs;
pub mod name;
mod receive;
mod scanner;
mod shelf;

use tenants::{text_enum, typed_id};

pub(crate) use self::shelf::hand_in;
pub use self::{
    cabinet::{Bucket, Cabinet, CabinetError},
    entity::intake_file::Model as File,
    jobs::{DiscardFiles, FileContext, ScanFile, ask_again},
    receive::{
        Arriving, Examined, FileProblem, Holder, Limits, admit, examine, limits, problem, settle,
    },
    scanner::{NoScanner, NoVerdict, Scanner, Verdict},
    shelf::{by_codes, get, of_draft, of_submission, remove, sweep, throw_away},
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
    Standing {
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
    pub const fn standing(self, has_scanner: bool) -> Standing {
        match (self, has_scanner) {
            (Self::Clean, _) => Standing::Clean,
            (Self::Infected, _) => Standing::Infected,
            (Self::Arriving, _) | (Self::Unchecked, true) => Standing::Waiting,
            (Self::Unchecked, false) => Standing::NotChecked,
        }
    }
}

impl Standing {
    /// Whether it may be opened.
    #[must_use]
    pub const fn opens(self) -> bool {
        matches!(self, Self::Clean | Self::NotChecked)
    }
}
