//! What editors do with forms: drafts, changes of a draft, translations, versions and the schedule.

mod diff;
mod drafts;
mod edit;
mod entity;
mod import;
mod labels;
mod list;
mod privacy;
mod published_types;
mod schedule;
mod templates;
mod translations;
mod versions;

pub use self::{
    diff::{Change, diff},
    drafts::{FormDraft, FormDraftId, begin_draft, create, discard, draft, save},
    edit::{Direction, UsedKeys},
    import::import,
    labels::{describe_condition, label_of},
    list::{FormEntry, entries},
    privacy::{Basis, Purpose},
    published_types::{changed_types, published_types},
    schedule::set_schedule,
    templates::{KLACHT_TIP_COMPLIMENT, Template},
    translations::{
        BadRow, Outdated, outdated, outdated_since, read_translations, write_translations,
    },
    versions::{
        FormVersion, NOTE_MAX, definition, draft_issues, publish, publish_draft, versions, withdraw,
    },
};
