//! When a form is open. Opening, closing and the hard deadline are three switches: closing stops new fills, the deadline stops all.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, ExprTrait};
use serde::{Deserialize, Serialize};
use tenants::{TenantTx, text_enum};
use utoipa::ToSchema;

use super::{entity::form, store};
use crate::Error;

text_enum! {
    /// Whether a form can be filled in now.
    FormStatus {
        /// Yes.
        Open = "open",
        /// Not yet.
        NotYet = "notYet",
        /// No new fills; who is filling in may finish.
        Closed = "closed",
        /// Nobody may hand in any more.
        Over = "over",
        /// Nothing is published, or what was published was taken back.
        Offline = "offline",
    }
}

/// When a form is open. Instants are UTC; a form without any is open as long as it is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ScheduleDetail)]
pub struct Schedule {
    /// First instant at which it can be begun; at once when absent.
    #[serde(deserialize_with = "crate::input::nullable")]
    #[schema(required = true)]
    pub opens_at: Option<DateTime<Utc>>,
    /// From this instant nobody can begin; who began may finish.
    #[serde(deserialize_with = "crate::input::nullable")]
    #[schema(required = true)]
    pub closes_at: Option<DateTime<Utc>>,
    /// From this instant nobody can hand in.
    #[serde(deserialize_with = "crate::input::nullable")]
    #[schema(required = true)]
    pub deadline_at: Option<DateTime<Utc>>,
    /// What residents read when it is not open, per language, with a little markup.
    #[serde(default)]
    pub closed_texts: BTreeMap<String, String>,
}

impl Schedule {
    pub(crate) fn of(row: &form::Model) -> Self {
        Self {
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            deadline_at: row.deadline_at,
            closed_texts: row
                .closed_texts
                .as_deref()
                .and_then(|texts| serde_json::from_str(texts).ok())
                .unwrap_or_default(),
        }
    }

    /// Those forms that [`Schedule::status`] calls open at an instant.
    pub(crate) fn is_open_at(now: DateTime<Utc>) -> Condition {
        let still = |end: form::Column| end.is_null().or(end.gt(now));
        let opens = form::Column::OpensAt;
        Condition::all()
            .add(opens.is_null().or(opens.lte(now)))
            .add(still(form::Column::ClosesAt))
            .add(still(form::Column::DeadlineAt))
    }

    /// Whether a form with this schedule is open at an instant.
    #[must_use]
    pub fn status(&self, now: DateTime<Utc>) -> FormStatus {
        let passed = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
        if passed(self.deadline_at) {
            FormStatus::Over
        } else if passed(self.closes_at) {
            FormStatus::Closed
        } else if self.opens_at.is_some_and(|opens| now < opens) {
            FormStatus::NotYet
        } else {
            FormStatus::Open
        }
    }
}

/// When a form is open.
pub async fn schedule(tx: &TenantTx, slug: &str) -> Result<Schedule, Error> {
    Ok(Schedule::of(&store::form_row(tx, slug).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        text.parse().ok()
    }

    #[test]
    fn closing_stops_beginning_and_the_deadline_stops_everybody() {
        let schedule = Schedule {
            opens_at: at("2026-11-01T08:00:00Z"),
            closes_at: at("2026-12-01T08:00:00Z"),
            deadline_at: at("2026-12-02T08:00:00Z"),
            ..Schedule::default()
        };
        for (now, status) in [
            ("2026-11-01T07:59:59Z", FormStatus::NotYet),
            ("2026-11-01T08:00:00Z", FormStatus::Open),
            ("2026-12-01T07:59:59Z", FormStatus::Open),
            ("2026-12-01T08:00:00Z", FormStatus::Closed),
            ("2026-12-02T08:00:00Z", FormStatus::Over),
        ] {
            assert_eq!(schedule.status(at(now).unwrap()), status, "{now}");
        }
        assert_eq!(
            Schedule::default().status(at("2026-11-01T08:00:00Z").unwrap()),
            FormStatus::Open
        );
    }
}
