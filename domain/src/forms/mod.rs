//! Forms: what an editor writes, checked once, and what residents answer, checked every time.
//!
//! [`Definition`] is the document, [`Form`] the checked form, [`Answers`] what a resident answered. No scripts, no patterns and no HTML
//! come from editors: a form is data, and tenants share a process.

mod answers;
mod carry_over;
mod compile;
mod condition;
pub(crate) mod definition;
pub(crate) mod entity;
pub(crate) mod keys;
mod kinds;
mod live_cache;
mod parse_error;
mod prose;
mod schedule;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod unique;
pub(crate) mod validation;
pub(crate) mod values;

pub(crate) use self::store::{addresses, any_published};
pub(crate) use self::values::{staff_typed_mail, staff_typed_phone};
pub use self::{
    answers::{Answer, Answers, Checked, RawAnswers},
    carry_over::carry_over,
    compile::{Erase, Erasure, Form},
    condition::{Condition, Leaf, Op, Operand},
    definition::{Advise, DEFINITION_MAX, Definition, Field, Privacy, Required, Signpost, Step},
    keys::{address_from_title, is_address, is_key},
    kinds::{FieldType, FileKind, Pii, Report, Role, Today},
    live_cache::{LiveForms, Lookup},
    parse_error::{ParseError, ParseFailure},
    prose::{Prose, ProseBlock, RefusedMarkup, Run, is_https},
    schedule::{FormStatus, Schedule, schedule},
    store::{
        FormAvailability, FormId, FormSummary, FormVersionId, FormWithdrawalId, Published,
        availability, is_withdrawn, list, live, version,
    },
    unique::Unique,
    validation::{
        FIELDS_MAX, FILE_MB_MAX, FILES_MAX, FILES_TOTAL_MB_MAX, Issue, OPTIONS_MAX, STEPS_MAX,
        TEXT_MAX, TextKey, text_keys,
    },
    values::mail_address,
};
