//! Setting when a form is open.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;
use tenants::{StaffId, TenantTx};

use crate::{
    Error, FieldErrors, audit,
    forms::{Prose, Schedule, TEXT_MAX, entity::form, store},
    text,
};

fn check(schedule: &Schedule) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let open = schedule.opens_at.zip(schedule.closes_at);
    if open.is_some_and(|(opens, closes)| closes <= opens) {
        errors.add("closesAt", "ends_before_it_begins");
    }
    let start = schedule.closes_at.or(schedule.opens_at);
    if (start.zip(schedule.deadline_at)).is_some_and(|(start, deadline)| deadline < start) {
        errors.add("deadlineAt", "ends_before_it_begins");
    }
    for (language, text) in &schedule.closed_texts {
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
        Prose::check(text, &field, &mut errors);
    }
    errors.into_result()
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
    check(&schedule)?;
    let texts = serde_json::to_string(&schedule.closed_texts).map_err(Error::bug)?;
    tx.update::<form::Entity>()
        .col_expr(form::Column::OpensAt, Expr::value(schedule.opens_at))
        .col_expr(form::Column::ClosesAt, Expr::value(schedule.closes_at))
        .col_expr(form::Column::DeadlineAt, Expr::value(schedule.deadline_at))
        .col_expr(form::Column::ClosedTexts, Expr::value(texts))
        .filter(form::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    let (action, subject) = (audit::Action::FormSchedule, ("form", Some(row.id.0)));
    let details = json!({
        "form": slug,
        "opensAt": schedule.opens_at,
        "closesAt": schedule.closes_at,
        "deadlineAt": schedule.deadline_at,
    });
    audit::record(tx, Some(author), action, subject, details).await?;
    Ok(schedule)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        text.parse().ok()
    }

    #[test]
    fn a_schedule_that_ends_before_it_begins_is_refused_with_every_field() {
        let schedule = Schedule {
            opens_at: at("2026-12-01T08:00:00Z"),
            closes_at: at("2026-11-01T08:00:00Z"),
            deadline_at: at("2026-10-01T08:00:00Z"),
            closed_texts: BTreeMap::from([("nl".to_owned(), "<b>dicht</b>".to_owned())]),
        };
        let Err(Error::Invalid(errors)) = check(&schedule) else {
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
