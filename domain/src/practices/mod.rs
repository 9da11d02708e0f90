//! The exchange of practices: read as they were written, edited by whoever answers for them, published without the contact person.
//!
//! A practice belongs to one organisation. What is published is a copy in a table of the platform, made in the owner's transaction; the
//! reader of that table never touches the owner's rows.

mod content;
mod entity;
mod feed;
mod heuristics;
mod layout;
mod masking;
mod municipality;
mod names;
mod parsed_practice;
mod parser;
mod publish;
mod published;
mod report;
mod store;
#[cfg(test)]
mod tests;
mod vocabulary;

use tenants::typed_id;

pub use self::{
    content::{Effort, Entry, PracticeContent, SUMMARY_MAX},
    entity::{
        practice::Model as Practice, published_practice::Model as PublishedPractice,
        published_practice_version::Model as PracticeVersion,
    },
    feed::{FeedFilter, feed},
    municipality::Municipality,
    parsed_practice::{
        Block, Contact, FieldName, Finding, ParseError, ParsedPractice, PracticeFields, SOURCE_MAX,
        Statement, Status,
    },
    parser::parse,
    publish::{PublishRequest, publish, withdraw},
    published::{PracticeDetail, changed_since, published, published_by_slug, themes_of},
    report::Report,
    store::{Imported, Source, get, import, list},
    vocabulary::{
        Audience, EuroBand, FteBand, LeadTimeBand, Licence, PracticeChannel,
        PracticePhase, PracticeStatus, PracticeType, Province, PublishedState, SizeClass, Theme,
        Visibility,
    },
};

pub use crate::evidence::Level as EvidenceLevel;

typed_id! {
    /// A practice.
    PracticeId
}

/// Whether a text seems to be about a person: a name behind a form of address, a mail address, a number to dial. `place` is nobody's name.
#[must_use]
pub fn names_somebody(text: &str, place: &str) -> bool {
    let fields = PracticeFields {
        summary: vec![Block::Paragraph {
            text: text.to_owned(),
        }],
        ..PracticeFields::default()
    };
    let private = names::Private::of_practice(&fields, &Contact::default(), place);
    private.hide(text) != text
}
