//! What editors do with forms: drafts, changes of a draft, translations, versions and the schedule.

mod diff;
mod drafts;
mod edit;
mod entity;
mod import;
mod input;
mod labels;
mod list;
mod outdated;
mod privacy;
mod published_types;
mod schedule;
mod templates;
mod translations;
mod versions;

pub use self::{
    diff::{Change, diff},
    drafts::{
        FormDraft, FormDraftId, begin_draft, change, create, discard, draft, draft_or_newest, save,
    },
    edit::{Direction, UsedKeys},
    import::import,
    input::{
        FormDraftChange, FormDraftRequest, PublishFormRequest, TITLE_MAX, TranslationsRequest,
        WithdrawFormRequest,
    },
    labels::{describe_condition, label_of, text_kind},
    list::{FormEntry, entries},
    outdated::{Outdated, confirm, outdated},
    privacy::{Basis, Purpose},
    published_types::{changed_types, used_keys},
    schedule::set_schedule,
    templates::{KLACHT_TIP_COMPLIMENT, Template},
    translations::{BadRow, TranslationTable, apply_table, read_table, write_translations},
    versions::{
        FormVersion, NOTE_MAX, definition, draft_issues, issues_of, publish, publish_draft,
        versions, withdraw,
    },
};
