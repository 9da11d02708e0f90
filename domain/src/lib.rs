//! What a municipality does when it listens, room by room. No room knows HTTP; every verb takes the transaction it works in.

pub mod audit;
pub mod calls;
pub mod cases;
pub mod clocks;
pub mod deadlines;
pub mod desk;
pub mod dossier;
mod error;
pub mod files;
pub mod form_editor;
#[cfg(any(test, feature = "invariants"))]
pub mod form_invariants;
pub mod forms;
pub mod gift_ledger;
pub mod gifts;
pub mod house_style;
pub mod idempotency;
pub mod inbound;
pub mod inbox;
pub mod input;
pub mod intake;
pub mod jobs;
mod language;
pub mod mail;
pub mod maintenance;
pub mod messages;
pub mod notes;
pub mod people;
pub mod practices;
pub mod queue;
pub mod resident;
mod retention;
pub mod scores;
pub mod search;
pub mod style;
pub mod submissions;
pub mod tasks;
pub mod teams;
pub mod text;
pub mod texts;
pub mod worker;

pub use error::{Code, Error, FieldErrors, FieldProblem, Refusal, sentence_key};
pub use language::{Language, dashed};
