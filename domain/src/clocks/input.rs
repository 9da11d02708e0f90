//! What a form of the desk or a program sends about a clock, as it was sent. Each verb reads and checks its own input.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::FieldErrors;

/// A pause of a clock.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PauseRequest {
    /// `residentAsked`, `waitingForResident` or `waitingForOther`, as far as the promise allows it.
    #[schema(example = "waitingForResident", required = true)]
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
    #[serde(default, deserialize_with = "number_as_text")]
    #[schema(value_type = u32, required = true)]
    pub weeks: String,
    /// When the resident was informed in writing.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub resident_told_on: String,
    /// When the person whom the complaint is about was informed in writing.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub concerned_told_on: String,
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

/// A number as a program sends it, or as a form does.
fn number_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum NumberOrText {
        Number(u32),
        Text(String),
    }
    Ok(match NumberOrText::deserialize(deserializer)? {
        NumberOrText::Number(number) => number.to_string(),
        NumberOrText::Text(text) => text,
    })
}

/// A value of a closed list; notes one that is missing or unknown.
pub(super) fn read_choice<T: FromStr>(
    errors: &mut FieldErrors,
    field: &str,
    typed: &str,
) -> Option<T> {
    let value = typed.parse().ok();
    if value.is_none() {
        let code = if typed.trim().is_empty() {
            "required_choice"
        } else {
            "not_an_option"
        };
        errors.add(field, code);
    }
    value
}

/// A whole number; notes what is none.
pub(super) fn read_number(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<u32> {
    let number = typed.trim().parse().ok();
    if number.is_none() {
        errors.add(field, "not_a_number");
    }
    number
}

/// An instant as a program writes it (RFC 3339), as a browser's own field sends it, or as people type it; without a zone it is local time.
pub(super) fn read_instant(
    errors: &mut FieldErrors,
    field: &str,
    typed: &str,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let local = || {
        let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())?;
        Some(local.and_local_timezone(zone).earliest()?.to_utc())
    };
    let written = DateTime::parse_from_rfc3339(typed).ok();
    let instant = written.map(|at| at.to_utc()).or_else(local);
    if instant.is_none() {
        errors.add(field, "not_a_moment");
    }
    instant
}

/// A day as a date field sends it, or as people type it; notes what is none.
pub(super) fn read_day(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim().replace(['/', '.', ' '], "-");
    let day = ["%Y-%m-%d", "%d-%m-%Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(&typed, format).ok());
    if day.is_none() {
        errors.add(field, "not_a_date");
    }
    day
}
