//! The exchange of practices: read as they were written, edited by whoever answers for them, published without the contact person.
//!
//! A practice belongs to one organisation. What is published is a copy in a table of the platform, made in the owner's transaction; the
//! reader of that table never touches the owner's rows.

mod entity;
mod published;
mod reader;
mod reading;
mod report;
mod signs;
mod store;
#[cfg(test)]
mod tests;

use tenants::{text_enum, typed_id};

pub use self::{
    entity::practice::Model as Practice,
    published::{PublishedPractice, published, published_by_slug},
    reader::read,
    reading::{
        Block, Claim, Contact, FieldName, Finding, PracticeFields, Reading, SOURCE_MAX, Status,
        Unreadable,
    },
    report::Report,
    signs::{masked, without_name},
    store::{Article, Confirmed, Imported, get, import, list, publish},
};

typed_id! {
    /// A practice.
    PracticeId
}

text_enum! {
    /// Where a practice stands.
    PracticeStatus {
        /// Being edited.
        Draft = "draft",
        /// Readable for everybody.
        Published = "published",
    }
}
