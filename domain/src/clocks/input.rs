//! What a form of the desk or a program sends about a clock, as it was sent. Each verb reads and checks its own input.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{clock::LegalEnd, clock_actions::NOTE_MAX, legal_clocks::LegalEnding};
use crate::{
    FieldErrors,
    input::Number,
    text::{clean_line, optional, read_choice, required_day},
};

/// A pause of a clock.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PauseRequest {
    /// `residentAsked`, `waitingForResident` or `waitingForOther`, as far as the promise allows it.
    #[schema(value_type = super::service_rule::PauseReason, example = "waitingForResident", required = true)]
    #[serde(default)]
    pub reason: String,
    /// Until when, at most 90 days ahead.
    #[schema(value_type = DateTime<Utc>, required = true)]
    #[serde(default)]
    pub until: String,
    /// What else there is to say.
    #[serde(default)]
    pub note: String,
}

/// More time for dealing with a complaint (Awb art. 9:11, second paragraph).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AdjournRequest {
    /// Weeks, 1 to 4.
    #[serde(default)]
    #[schema(value_type = u32, required = true)]
    pub weeks: Number,
    /// When the resident was informed in writing.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub resident_told_on: String,
    /// When the person whom the complaint is about was informed in writing; left out when it is about nobody in particular.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub concerned_told_on: String,
    /// Where the letter is kept; needed when it is written down after the term ended.
    #[serde(default)]
    pub kept_at: String,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// A later day to which the resident agreed in writing (Awb art. 9:11, third paragraph).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AgreeRequest {
    /// The later day.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub until: String,
    /// When the resident agreed.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub agreed_on: String,
    /// Where the agreement is kept, so that it can be shown.
    #[schema(required = true)]
    #[serde(default)]
    pub kept_at: String,
    /// What else there is to say.
    #[serde(default)]
    pub note: String,
}

/// A feed of deadlines to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FeedRequest {
    /// `mine`: of the cases one works on oneself. `desk`: of the whole team at the desk.
    #[schema(value_type = super::FeedScope, example = "mine", required = true)]
    #[serde(default)]
    pub scope: String,
}

/// That what a clock waits for was done.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FinishRequest {
    /// When it was, if not just now.
    pub at: Option<DateTime<Utc>>,
    /// Why it is written down only now; needed when it was in time and is late by now.
    #[serde(default)]
    pub reason: String,
    /// What ended the terms of the law: `satisfied` (Awb art. 9:5), `letter` (9:12), `withdrawn` or `notDealtWith` (9:8).
    #[schema(value_type = Option<LegalEnd>)]
    #[serde(default)]
    pub law: String,
    /// The day of the letter, or of the resident's word; needed with `law`.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub law_on: String,
    /// Where that is kept, so that it can be shown; needed with `law`.
    #[serde(default)]
    pub kept_at: String,
}

/// Reads what ended the terms of the law, on which day and where that is kept, from the fields `law`, `lawOn` and `keptAt`; nothing when they
/// go on.
pub(crate) fn read_legal_ending(
    errors: &mut FieldErrors,
    law: &str,
    law_on: &str,
    kept_at: &str,
) -> Option<LegalEnding> {
    optional(Some(law))?;
    let how = read_choice(errors, "law", law);
    let on = required_day(errors, "lawOn", law_on);
    let is_readable = !kept_at.contains('\0');
    let kept_at = clean_line(kept_at);
    if kept_at.is_empty() {
        errors.add("keptAt", "required");
    } else if kept_at.chars().count() > NOTE_MAX {
        errors.add_with("keptAt", "too_long", "max", NOTE_MAX);
    } else if !is_readable {
        errors.add("keptAt", "unreadable");
    }
    how.zip(on)
        .map(|(how, on)| LegalEnding { how, on, kept_at })
}
