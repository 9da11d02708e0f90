//! What a form of the desk or a program sends about a clock, as it was sent. Each verb reads and checks its own input.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::input::Number;

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
}
