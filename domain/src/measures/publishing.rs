//! "U zei, wij deden": what residents read of a measure, and who of them is told.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Tenant, TenantTx, staff::StaffMember, tenant};
use utoipa::ToSchema;

use super::{
    Measure, MeasureCase, MeasureId, MeasureState, cases_of,
    entity::{
        measure::{self, Column},
        measure_case,
    },
    get, linked,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{self, CaseId},
    input::Number,
    mail::{LinkBase, NewMail},
    practices::{Passage, passages},
    thinking_along,
};

/// Fewest messages whose number is told: a smaller one points at people.
const COUNT_FROM: u64 = 5;
/// Most measures on the page.
const SHOWN: u64 = 100;
/// Where residents read them.
const PLACE: &str = "/u-zei-wij-deden";

/// What residents read of a measure: a copy from when it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedMeasure {
    /// Id.
    pub id: MeasureId,
    /// What it is called.
    pub title: String,
    /// What residents said, in the municipality's words.
    pub said: String,
    /// What changes.
    pub change: String,
    /// What it did; may be empty.
    pub result: String,
    /// Where it stands.
    pub state: MeasureState,
    /// Why it is not done; empty when it is.
    pub reason: String,
    /// From how many messages it came; nothing when they are few.
    pub messages: Option<i64>,
    /// The day on which it was published.
    pub published_on: NaiveDate,
}

/// A text with what may be about a person in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MeasureMark)]
pub struct Mark {
    /// Name of the field.
    #[schema(example = "change")]
    pub field: &'static str,
    /// The text in pieces.
    pub passages: Vec<Passage>,
}

/// What is looked at before a measure is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Publication {
    /// The measure.
    pub measure: Measure,
    /// What residents would read.
    pub copy: PublishedMeasure,
    /// Texts in which something may be about a person.
    pub marks: Vec<Mark>,
    /// The messages it came of that the reader may see, with whether their resident can be told.
    pub cases: Vec<MeasureCase>,
}

/// That a measure is published, and who is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = MeasurePublishRequest)]
pub struct PublishRequest {
    /// That nothing in it is about a person, where something may be.
    #[serde(default)]
    pub confirmed: bool,
    /// Ids of the messages whose residents are told by mail.
    #[schema(value_type = Vec<CaseId>)]
    #[serde(default)]
    pub tell: Vec<String>,
    /// The version that was looked at.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
}

impl Measure {
    /// What residents read, as long as it is published.
    fn copy(&self) -> Option<PublishedMeasure> {
        serde_json::from_value(self.published.clone()?).ok()
    }

    /// Why it is not done; residents read it of no other measure.
    fn published_reason(&self) -> &str {
        match self.state {
            MeasureState::Dropped => &self.reason,
            _ => "",
        }
    }

    fn texts(&self) -> [(&'static str, &str); 5] {
        [
            ("title", &self.title),
            ("said", &self.said),
            ("change", &self.change),
            ("result", &self.result),
            ("reason", self.published_reason()),
        ]
    }

    fn published_as(&self, messages: Option<i64>, on: NaiveDate) -> PublishedMeasure {
        PublishedMeasure {
            id: self.id,
            title: self.title.clone(),
            said: self.said.clone(),
            change: self.change.clone(),
            result: self.result.clone(),
            state: self.state,
            reason: self.published_reason().to_owned(),
            messages,
            published_on: on,
        }
    }
}

/// Whether residents read something else than what a measure says now.
pub(super) fn is_outdated(measure: &Measure) -> bool {
    measure
        .copy()
        .is_some_and(|copy| copy != measure.published_as(copy.messages, copy.published_on))
}

/// What residents read, the newest on top.
pub async fn published(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<PublishedMeasure>, Error> {
    let rows = tx
        .find::<measure::Entity>()
        .filter(Column::PublishedAt.is_not_null())
        .order_by_desc(Column::PublishedAt)
        .order_by_desc(Column::Id)
        .limit(limit.unwrap_or(SHOWN).min(SHOWN))
        .all(tx)
        .await?;
    Ok(rows.iter().filter_map(Measure::copy).collect())
}

/// What residents would read of a measure if it were published now.
async fn copy_now(tx: &TenantTx, measure: &Measure, zone: Tz) -> Result<PublishedMeasure, Error> {
    let messages = tx
        .find::<measure_case::Entity>()
        .filter(measure_case::Column::MeasureId.eq(measure.id))
        .count(tx)
        .await?;
    let messages = Some(messages).filter(|count| *count >= COUNT_FROM);
    let messages = messages.and_then(|count| i64::try_from(count).ok());
    let today = tx.now().with_timezone(&zone).date_naive();
    Ok(measure.published_as(messages, today))
}

fn marks(measure: &Measure) -> Vec<Mark> {
    let mark = |(field, text): (&'static str, &str)| Mark {
        field,
        passages: passages(text),
    };
    let marked = measure.texts().map(mark).into_iter();
    marked
        .filter(|mark| mark.passages.iter().any(|passage| passage.doubtful))
        .collect()
}

/// What is looked at before a measure is published: what may be about a person, and who can be told. It changes nothing.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn publication(
    tx: &TenantTx,
    reader: &StaffMember,
    id: MeasureId,
    zone: Tz,
) -> Result<Publication, Error> {
    let measure = get(tx, id).await?;
    Ok(Publication {
        copy: copy_now(tx, &measure, zone).await?,
        marks: marks(&measure),
        cases: cases_of(tx, reader, id).await?,
        measure,
    })
}

/// Publishes a measure as it is, or once more, and tells the residents who were chosen, each once.
///
/// # Errors
/// [`Error::Invalid`]: something may be about a person and nobody confirmed that it is not, it does not say what residents said, or a resident
/// cannot be told. [`Error::NotFound`]; [`Code::Changed`] when it is no longer what was looked at.
pub async fn publish(
    tx: &TenantTx,
    actor: &StaffMember,
    id: MeasureId,
    request: &PublishRequest,
    (tenant, links): (&Tenant, &LinkBase),
) -> Result<PublishedMeasure, Error> {
    // As in `withdraw`: first the row of the municipality.
    tenant::set_shows_measures(tx, true).await?;
    let measure = get(tx, id).await?;
    let mut errors = FieldErrors::default();
    let expected: Option<i64> = (request.expected_version).whole("expectedVersion", &mut errors);
    if measure.said.is_empty() {
        errors.add("said", "required");
    }
    if !request.confirmed && !marks(&measure).is_empty() {
        errors.add("confirmed", "measure_about_person");
    }
    let linked = linked(tx, actor, id).await?;
    let wanted: BTreeSet<&str> = request.tell.iter().map(String::as_str).collect();
    let told: Vec<_> = (linked.iter())
        .filter(|(line, _)| line.can_be_told && wanted.contains(line.id.to_string().as_str()))
        .map(|(_, case)| case)
        .collect();
    if told.len() < wanted.len() {
        errors.add("tell", "not_an_option");
    }
    errors.into_result()?;
    let copy = copy_now(tx, &measure, tenant.zone).await?;
    let stored = serde_json::to_value(&copy).map_err(Error::bug)?;
    let changed = tx
        .update::<measure::Entity>()
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::PublishedBy, Expr::value(actor.id))
        .col_expr(Column::Published, Expr::value(stored))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(expected.unwrap_or_default()))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    tell(tx, id, &told, (tenant, links)).await?;
    let object = ("measure", Some(id.0));
    let details = json!({ "told": told.len() });
    audit::record(tx, Some(actor.id), Action::MeasurePublish, object, details).await?;
    Ok(copy)
}

async fn tell(
    tx: &TenantTx,
    id: MeasureId,
    told: &[&cases::Case],
    (tenant, links): (&Tenant, &LinkBase),
) -> Result<(), Error> {
    if told.is_empty() {
        return Ok(());
    }
    let noted = tx
        .update::<measure_case::Entity>()
        .col_expr(measure_case::Column::ToldAt, Expr::value(tx.now()))
        .filter(measure_case::Column::MeasureId.eq(id))
        .filter(measure_case::Column::CaseId.is_in(told.iter().map(|case| case.id)))
        .filter(measure_case::Column::ToldAt.is_null())
        .exec(tx)
        .await?;
    if usize::try_from(noted.rows_affected).ok() != Some(told.len()) {
        return Err(Error::refused(Code::Changed));
    }
    let link = links.link(tenant, &format!("{PLACE}#maatregel-{id}"));
    // Whoever wrote more than once reads it once.
    let mut mailed = BTreeSet::new();
    for case in told {
        let Some(recipient) = case.contact_email.as_deref() else {
            continue;
        };
        if !mailed.insert(recipient.to_lowercase()) {
            continue;
        }
        let new = NewMail {
            kind: "case.measure",
            recipient,
            about: Some(case.id.0),
            language: cases::language(case),
            text: "mail-measure",
            values: &[
                ("reference", &case.reference),
                ("link", &link),
                ("municipality", &tenant.name),
            ],
        };
        cases::mail_automatically(tx, case.id, new).await?;
    }
    Ok(())
}

async fn shows(tx: &TenantTx) -> Result<bool, Error> {
    Ok(!published(tx, Some(1)).await?.is_empty() || thinking_along::shows(tx).await?)
}

/// Takes a measure off the page of residents. One that is not on it stays as it is.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn withdraw(tx: &TenantTx, actor: &StaffMember, id: MeasureId) -> Result<Measure, Error> {
    // The row of the municipality is changed first: who publishes another measure meanwhile waits, so that the link to the page is right.
    tenant::set_shows_measures(tx, false).await?;
    let measure = get(tx, id).await?;
    if measure.published_at.is_none() {
        tenant::set_shows_measures(tx, shows(tx).await?).await?;
        return Ok(measure);
    }
    tx.update::<measure::Entity>()
        .col_expr(
            Column::PublishedAt,
            Expr::value(None::<chrono::DateTime<chrono::Utc>>),
        )
        .col_expr(Column::PublishedBy, Expr::value(None::<tenants::StaffId>))
        .col_expr(Column::Published, Expr::value(None::<serde_json::Value>))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    tenant::set_shows_measures(tx, shows(tx).await?).await?;
    let object = ("measure", Some(id.0));
    audit::record(
        tx,
        Some(actor.id),
        Action::MeasureWithdraw,
        object,
        json!({}),
    )
    .await?;
    Ok(Measure {
        published_at: None,
        published_by: None,
        published: None,
        ..measure
    })
}
