//! Forms: what an editor writes, checked once, and what residents answer, checked every time.
//!
//! [`Definition`] is the document, [`Form`] the checked form, [`Answers`] what a resident answered. No scripts, no patterns and no HTML
//! come from editors: a form is data, and tenants share a process.

mod answers;
mod clean;
mod compile;
mod condition;
mod definition;
mod entity;
mod flaws;
mod live;
mod prose;
mod store;
#[cfg(test)]
mod tests;
mod values;

pub use self::{
    answers::{Answer, Answers, Checked, FieldError, RawAnswers},
    clean::{line as clean_line, text as clean_text},
    compile::{Erase, Erasure, Form},
    condition::{Condition, Leaf, Op, Operand},
    definition::{
        Advise, Definition, Field, FieldType, FileKind, Pii, Privacy, Report, Required, Role,
        Signpost, Step, Unique, Unreadable,
    },
    flaws::{
        FIELDS_MAX, FILE_MB_MAX, FILES_MAX, FILES_TOTAL_MB_MAX, Flaw, OPTIONS_MAX, STEPS_MAX,
        TEXT_MAX, TextKey, is_address, text_keys,
    },
    live::{forget as forget_live, remember as remember_live, remembered as remembered_live},
    prose::{Prose, ProseBlock, Refused, Run, is_https},
    store::{FormId, FormSummary, FormVersionId, Published, list, live, publish, version},
    values::FieldCode,
};

/// The form every municipality can start with: klacht, tip of compliment.
pub const KLACHT_TIP_COMPLIMENT: &str = include_str!("templates/klacht-tip-compliment.json");
