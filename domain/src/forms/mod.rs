//! Forms: what an editor writes, checked once, and what residents answer, checked every time.
//!
//! [`Definition`] is the document, [`Form`] the checked form, [`Answers`] what a resident answered. No scripts, no patterns and no HTML
//! come from editors: a form is data, and tenants share a process.

mod answers;
mod compile;
mod condition;
mod continuity;
mod definition;
mod diff;
mod drafts;
mod edit;
mod entity;
mod flaws;
mod import;
mod keys;
mod kinds;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod live;
mod privacy;
mod prose;
mod schedule;
mod store;
mod templates;
#[cfg(test)]
mod tests;
mod translations;
mod unique;
mod unreadable;
mod values;
mod versions;
mod words;

pub(crate) use self::values::{staff_typed_mail, staff_typed_phone};
pub use self::{
    answers::{Answer, Answers, Checked, FieldError, RawAnswers},
    compile::{Erase, Erasure, Form},
    condition::{Condition, Leaf, Op, Operand},
    continuity::{carry_over, changed_types, published_kinds},
    definition::{Advise, DEFINITION_MAX, Definition, Field, Privacy, Required, Signpost, Step},
    diff::{Change, diff},
    drafts::{FormDraft, FormDraftId, begin_draft, create, discard, draft, save},
    edit::{Direction, Taken},
    flaws::{
        FIELDS_MAX, FILE_MB_MAX, FILES_MAX, FILES_TOTAL_MB_MAX, Flaw, OPTIONS_MAX, STEPS_MAX,
        TEXT_MAX, TextKey, text_keys,
    },
    import::import,
    keys::{address_of, is_address, is_key},
    kinds::{FieldType, FileKind, Pii, Report, Role, Today},
    live::{
        Look, forget as forget_live, look as look_for_live, remember as remember_live,
        remembered as remembered_live,
    },
    privacy::{Basis, Purpose},
    prose::{Prose, ProseBlock, Refused, Run, is_https},
    schedule::{Schedule, Standing, schedule, set_schedule},
    store::{
        Door, FormEntry, FormId, FormSummary, FormVersionId, Published, door, entries, list, live,
        version,
    },
    templates::Template,
    translations::{
        BadRow, Outdated, outdated, outdated_since, read_translations, write_translations,
    },
    unique::Unique,
    unreadable::{Fault, Kind as JsonKind, Unreadable},
    values::{FieldCode, mail_address},
    versions::{
        FormVersion, FormWithdrawalId, NOTE_MAX, definition, flaws_of, is_withdrawn, publish,
        publish_draft, versions, withdraw,
    },
    words::{condition_in_words, field_in_words},
};

/// The form every municipality can start with: klacht, tip of compliment.
pub const KLACHT_TIP_COMPLIMENT: &str = include_str!("templates/klacht-tip-compliment.json");
