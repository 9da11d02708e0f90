//! The exchange of practices: read as they were written, edited by whoever answers for them, published without the contact person.
//!
//! A practice belongs to one organisation. What is published is a copy in a table of the platform, made in the owner's transaction; the
//! reader of that table never touches the owner's rows.

mod agreement;
mod batch;
mod contact;
mod content;
mod doubts;
mod ending;
pub(crate) mod entity;
mod feed;
mod form;
mod heuristics;
mod layout;
mod lifecycle;
mod masking;
mod municipality;
mod names;
mod parsed_practice;
mod parser;
mod published;
mod published_copy;
mod report;
mod review;
mod stage;
mod store;
#[cfg(test)]
mod tests;
mod tombstone;
mod typed_blocks;
mod vocabulary;

use tenants::typed_id;

pub(crate) use self::published::{count_adopters, link_bundle, unlink_bundle};
pub use self::{
    agreement::{AgreementRequest, DecidedPassage, PassageChoice, approve},
    batch::{Batch, BatchKind, BatchRow, RowState, import_batch},
    contact::{
        QuestionRequest, ask as ask_contact, ask_consent, consent, consent_of, keep_up,
        send_questions, taking_part,
    },
    content::{Effort, Entry, PracticeContent, SUMMARY_MAX},
    doubts::{Passage, doubtful, is_doubtful, passages},
    ending::{archive, confirm, withdraw},
    entity::{
        practice::Model as Practice, practice_review::Model as PracticeReview,
        published_practice::Model as PublishedPractice,
        published_practice_version::Model as PracticeVersion,
    },
    feed::{FeedFilter, feed},
    form::{PracticeForm, Sharing},
    lifecycle::{save, save_and_submit, send_back, submit, write},
    municipality::Municipality,
    parsed_practice::{
        Block, Contact, FieldName, Finding, ParseError, ParsedPractice, PracticeFields, SOURCE_MAX,
        Statement, Status,
    },
    parser::parse,
    published::{
        CoOwnership, PracticeDetail, Reader, answer_co_ownership, changed_since, co_ownerships,
        published, published_by_slug, themes_of, versions,
    },
    report::Report,
    review::{
        Checklist, ReviewDetail, ask as ask_owner, publish as publish_review, review, take_down,
        waiting,
    },
    stage::{Standing, published_stage, standing, standings},
    store::{Imported, Source, get, import, list, titles},
    typed_blocks::{blocks, typed},
    vocabulary::{
        Audience, EuroBand, FteBand, LeadTimeBand, Licence, PracticeChannel, PracticePhase,
        PracticeStatus, PracticeType, Province, PublishedState, ReviewState, SizeClass, Stage,
        Theme, Visibility,
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
