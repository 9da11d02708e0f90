//! Forms: what an editor writes, checked once, and what residents answer, checked every time.
//!
//! [`Definition`] is the document, [`Form`] the checked form, [`Answers`] what a resident answered. No scripts, no patterns and no HTML
//! come from editors: a form is data, and tenants share a process.

mod answers;
pub(crate) mod clean;
mod compile;
mod condition;
mod definition;

mod diff;
mod drafts;
mod edit;
mod entity;
mod flaws;
mod live;
mod prose;
mod schedule;
mod store;
mod templates;
#[cfg(test)]
mod tests;
mod translations;
mod values;
mod versions;
mod words;

pub use self::{
    answers::{Answer, Answers, Checked, FieldError, RawAnswers},
    clean::{line as clean_line, text as clean_text},
    compile::{Erase, Erasure, Form},
    condition::{Condition, Leaf, Op, Operand},
    definition::{
        Advise, Definition, Field, FieldType, FileKind, Pii, Privacy, Report, Required, Role,
        Signpost, Step, Unique, Unreadable,
    },
    diff::{Change, diff},
    drafts::{FormDraft, FormDraftId, begin_draft, create, discard, draft, save},
    edit::{Direction, Taken, address_of},
    flaws::{
        FIELDS_MAX, FILE_MB_MAX, FILES_MAX, FILES_TOTAL_MB_MAX, Flaw, OPTIONS_MAX, STEPS_MAX,
        TEXT_MAX, TextKey, is_address, text_keys,
    },
    live::{forget as forget_live, remember as remember_live, remembered as remembered_live},
    prose::{Prose, ProseBlock, Refused, Run, is_https},
    schedule::{Schedule, Standing, schedule, set_schedule},
    store::{
        Door, FormEntry, FormId, FormSummary, FormVersionId, Published, door, entries, list, live,
        version,
    },
    templates::Template,
    translations::{BadRow, read_translations, write_translations},
    values::{FieldCode, mail_address},
    versions::{
        FormVersion, FormWithdrawalId, NOTE_MAX, carry_over, changed_types, definition, flaws_of,
        is_withdrawn, publish, publish_draft, published_kinds, versions, withdraw,
    },
    words::{condition_in_words, field_in_words},
};

/// The form every municipality can start with: klacht, tip of compliment.
pub const KLACHT_TIP_COMPLIMENT: &str = include_str!("templates/klacht-tip-compliment.json");
