//! The exchange of practices: read as they were written, edited by whoever answers for them, published without the contact person.
//!
//! A practice belongs to one organisation. What is published is a copy in a table of the platform, made in the owner's transaction; the
//! reader of that table never touches the owner's rows.

mod entity;
mod heuristics;
mod layout;
mod masking;
mod names;
mod parsed_practice;
mod parser;
mod publish;
mod published;
mod report;
mod store;
#[cfg(test)]
mod tests;

use tenants::{text_enum, typed_id};

pub(crate) use self::names::names_somebody;
pub use self::{
    entity::practice::Model as Practice,
    parsed_practice::{
        Block, Contact, FieldName, Finding, ParseError, ParsedPractice, PracticeFields, SOURCE_MAX,
        Statement, Status,
    },
    parser::parse,
    publish::{Article, PublishRequest, publish, withdraw},
    published::{PracticeDetail, PublishedPractice, published, published_by_slug},
    report::Report,
    store::{Imported, Source, get, import, list},
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
