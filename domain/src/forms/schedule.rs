//! When a form is open. Opening, closing and the hard deadline are three switches: closing stops new fills, the deadline stops all.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;
use tenants::{StaffId, TenantTx, text_enum};

use super::{entity::form, flaws::TEXT_MAX, prose::Prose, store};
use crate::{Error, FieldErrors, audit, text};

text_enum! {
    /// Whether a form can be filled in now.
    Standing {
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// First instant at which it can be begun.
    pub opens_at: Option<DateTime<Utc>>,
    /// From this instant nobody can begin; who began may finish.
    pub closes_at: Option<DateTime<Utc>>,
    /// From this instant nobody can hand in.
    pub deadline_at: Option<DateTime<Utc>>,
    /// What residents read when it is not open, per language, with a little markup.
    pub closed_texts: BTreeMap<String, String>,
}

impl Schedule {
    pub(super) fn of(row: &form::Model) -> Self {
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

    /// Whether a form with this schedule is open at an instant.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        let passed = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
        if passed(self.deadline_at) {
            Standing::Over
        } else if passed(self.closes_at) {
            Standing::Closed
        } else if self.opens_at.is_some_and(|opens| now < opens) {
            Standing::NotYet
        } else {
            Standing::Open
        }
    }

    fn check(&self) -> Result<(), Error> {
        let mut errors = FieldErrors::default();
        if self
            .opens_at
            .zip(self.closes_at)
            .is_some_and(|(opens, closes)| closes <= opens)
        {
            errors.add("closesAt", "ends_before_it_begins");
        }
        let start = self.closes_at.or(self.opens_at);
        if start
            .zip(self.deadline_at)
            .is_some_and(|(start, deadline)| deadline < start)
        {
            errors.add("deadlineAt", "ends_before_it_begins");
        }
        for (language, text) in &self.closed_texts {
            let field = format!("closedTexts.{language}");
            let count = text.chars().count();
            if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                errors.add_with(&field, "language_malformed", "value", language);
            }
            if count > TEXT_MAX {
                errors.push(crate::FieldProblem {
                    field: field.clone(),
                    code: "too_long".to_owned(),
                    parameters: BTreeMap::from([
                        ("count".to_owned(), count.to_string()),
                        ("max".to_owned(), TEXT_MAX.to_string()),
                    ]),
                });
            }
            if let Err(refused) = Prose::parse(text) {
                errors.add_with(&field, "markup_refused_here", "other", refused.value);
            }
        }
        errors.into_result()
    }
}

/// Sets when a form is open.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be; [`Error::NotFound`].
pub async fn set_schedule(
    tx: &TenantTx,
    slug: &str,
    mut schedule: Schedule,
    author: StaffId,
) -> Result<Schedule, Error> {
    let row = store::form_row(tx, slug).await?;
    for text in schedule.closed_texts.values_mut() {
        *text = text::clean_text(text);
    }
    schedule.closed_texts.retain(|_, text| !text.is_empty());
    schedule.check()?;
    let texts = serde_json::to_string(&schedule.closed_texts).map_err(Error::bug)?;
    tx.update::<form::Entity>()
        .col_expr(form::Column::OpensAt, Expr::value(schedule.opens_at))
        .col_expr(form::Column::ClosesAt, Expr::value(schedule.closes_at))
        .col_expr(form::Column::DeadlineAt, Expr::value(schedule.deadline_at))
        .col_expr(form::Column::ClosedTexts, Expr::value(texts))
        .filter(form::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    super::live::forget(tx.tenant(), slug);
    audit::record(
        tx,
        Some(author),
        audit::Action::FormSchedule,
        ("form", Some(row.id.0)),
        json!({
            "form": slug,
            "opensAt": schedule.opens_at,
            "closesAt": schedule.closes_at,
            "deadlineAt": schedule.deadline_at,
        }),
    )
    .await?;
    Ok(schedule)
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
        for (now, standing) in [
            ("2026-11-01T07:59:59Z", Standing::NotYet),
            ("2026-11-01T08:00:00Z", Standing::Open),
            ("2026-12-01T07:59:59Z", Standing::Open),
            ("2026-12-01T08:00:00Z", Standing::Closed),
            ("2026-12-02T08:00:00Z", Standing::Over),
        ] {
            assert_eq!(schedule.standing(at(now).unwrap()), standing, "{now}");
        }
        assert_eq!(
            Schedule::default().standing(at("2026-11-01T08:00:00Z").unwrap()),
            Standing::Open
        );
    }

    #[test]
    fn a_schedule_that_ends_before_it_begins_is_refused_with_every_field() {
        let schedule = Schedule {
            opens_at: at("2026-12-01T08:00:00Z"),
            closes_at: at("2026-11-01T08:00:00Z"),
            deadline_at: at("2026-10-01T08:00:00Z"),
            closed_texts: BTreeMap::from([("nl".to_owned(), "<b>dicht</b>".to_owned())]),
        };
        let Err(Error::Invalid(errors)) = schedule.check() else {
            panic!("accepted");
        };
        let fields: Vec<&str> = errors
            .problems()
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(fields, ["closesAt", "deadlineAt", "closedTexts.nl"]);
    }
}
