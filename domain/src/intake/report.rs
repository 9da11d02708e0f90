//! What reports may count: one narrow row for each closed value, written with the message.
//!
//! A row names the form, the question and the value, never a word that somebody wrote and never the message it came from: rows of one
//! message share an `entry` of chance and nothing else, so they outlive the answers. The column of a trend is form and question, whatever the
//! version.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{TenantTx, secret, typed_id, uuid::Uuid};

use super::entity::report_value::{self, Column};
use crate::{
    Error,
    forms::{Answer, Answers, Field, FieldType, Form, Pii, Report},
};

typed_id! {
    /// A countable answer.
    ReportValueId
}

/// A story shorter than this, in characters, is "short".
const SHORT: usize = 200;
/// A story longer than this, in characters, is "long".
const LONG: usize = 1_000;

/// The countable values of one answer. A question that was asked and left open counts too; one that was hidden does not.
fn values(field: &Field, report: Report, answer: Option<&Answer>) -> Vec<String> {
    let word = |word: &str| vec![word.to_owned()];
    match report {
        Report::Dimension => match answer {
            Some(Answer::Choice { value }) => vec![value.clone()],
            Some(Answer::Choices { value }) => value.clone(),
            _ => word("none"),
        },
        Report::Flag => word(if answer.is_some() { "yes" } else { "no" }),
        Report::Count => match answer {
            Some(Answer::Files { value }) => vec![value.len().to_string()],
            _ => word("0"),
        },
        // A number or day that could point at somebody is not for reports, whatever the form says.
        Report::Value if field.pii != Pii::None => Vec::new(),
        Report::Value => match (field.r#type, answer) {
            (FieldType::Number, Some(Answer::Text { value })) => vec![value.clone()],
            (FieldType::Date, Some(Answer::Date { value })) => vec![value.to_string()],
            _ => word("none"),
        },
        // The place is kept as words; until a register turns it into a neighbourhood, only whether there is one can be counted.
        Report::Area => word(if answer.is_some() { "given" } else { "none" }),
        Report::Answered => match answer {
            None => word("none"),
            Some(Answer::Text { value }) => match value.chars().count() {
                count if count < SHORT => word("short"),
                count if count > LONG => word("long"),
                _ => word("medium"),
            },
            Some(_) => word("given"),
        },
    }
}

/// Whether a question was asked, seen from the answers: what is hidden is absent, so conditions still say what they said.
fn was_asked(form: &Form, field: &Field, answers: &Answers) -> bool {
    let step = form
        .steps()
        .iter()
        .find(|step| step.fields.iter().any(|one| one.key == field.key));
    let holds = |condition| answers.satisfy(condition);
    step.is_some_and(|step| step.show_if.as_ref().is_none_or(holds))
        && field.show_if.as_ref().is_none_or(holds)
}

/// What is counted of one message: question, measure and value.
pub(crate) fn counted<'f>(
    form: &'f Form,
    answers: &'f Answers,
) -> impl Iterator<Item = (&'f Field, Report, String)> {
    form.fields()
        .filter_map(|(_, field)| Some((field, field.report?)))
        .filter(|(field, report)| {
            field.r#type.reports().contains(report) && was_asked(form, field, answers)
        })
        .flat_map(|(field, report)| {
            values(field, report, answers.get(&field.key))
                .into_iter()
                .map(move |value| (field, report, value))
        })
}

/// Writes the rows of one message that came in on `day`, a day of the municipality.
pub(super) async fn count(
    tx: &TenantTx,
    slug: &str,
    form: &Form,
    answers: &Answers,
    day: NaiveDate,
) -> Result<(), Error> {
    // Ids of the clock tell the moment, and so the message; this one is of chance.
    let entry = Uuid::from_bytes(secret::random_bytes::<16>()?);
    let rows = counted(form, answers)
        .map(|(field, report, value)| {
            Ok(report_value::ActiveModel {
                tenant_id: Set(tx.tenant()),
                id: Set(ReportValueId(Uuid::from_bytes(
                    secret::random_bytes::<16>()?
                ))),
                entry: Set(entry),
                form: Set(slug.to_owned()),
                field: Set(field.key.clone()),
                measure: Set(report.as_str().to_owned()),
                value: Set(value),
                received_on: Set(day),
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(tx.insert_all(rows).await?)
}

/// A countable answer as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Key of the question.
    pub field: String,
    /// What is counted.
    pub measure: String,
    /// The value.
    pub value: String,
    /// Day of the municipality on which the message came.
    pub received_on: NaiveDate,
}

/// The countable answers to a form, by day; at most `limit`.
pub async fn of_form(tx: &TenantTx, slug: &str, limit: u64) -> Result<Vec<Value>, Error> {
    let rows = tx
        .find::<report_value::Entity>()
        .filter(Column::Form.eq(slug))
        .order_by_asc(Column::ReceivedOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Value {
            field: row.field,
            measure: row.measure,
            value: row.value,
            received_on: row.received_on,
        })
        .collect())
}
