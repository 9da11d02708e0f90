//! The calendars of a municipality: every version for ever, the newest holds. The law's calendar changes only when a second person agrees.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::Serialize;
use serde_json::{Value, json};
use tenants::{StaffId, TenantId, TenantTx, text_enum, typed_id};
use utoipa::ToSchema;

use super::{entity::calendar_version, recount::RecountClocks};
use crate::{
    Code, Error, audit,
    deadlines::{Calendar, CalendarDefinition, LegalCalendar},
    jobs,
};

typed_id! {
    /// A version of a calendar.
    CalendarVersionId
}

text_enum! {
    /// Which calendar.
    CalendarKind {
        /// By which promises to residents are counted.
        Service = "service",
        /// By which terms of the law are counted.
        Legal = "legal",
    }
}

/// Versions are immutable, so what was prepared once stays right.
static PREPARED: LazyLock<Cache<(TenantId, CalendarVersionId), OfficeCalendar>> =
    LazyLock::new(|| Cache::builder().max_capacity(2_000).build());

fn office(tx: &TenantTx, row: &calendar_version::Model) -> Result<OfficeCalendar, Error> {
    let key = (tx.tenant(), row.id);
    if let Some(known) = PREPARED.get(&key) {
        return Ok(known);
    }
    let definition: CalendarDefinition =
        serde_json::from_value(row.definition.clone()).map_err(Error::bug)?;
    let created = row.created_at.with_timezone(&definition.zone).date_naive();
    let calendar = Calendar::prepare(&definition, created).map_err(Error::bug)?;
    let office = OfficeCalendar {
        version: row.id,
        number: row.number,
        calendar: Arc::new(calendar),
        definition: Arc::new(definition),
    };
    PREPARED.insert(key, office.clone());
    Ok(office)
}

async fn newest_row(
    tx: &TenantTx,
    kind: CalendarKind,
) -> Result<Option<calendar_version::Model>, Error> {
    Ok(tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(kind.as_str()))
        .order_by_desc(calendar_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?)
}

/// The calendars that a person set, for another room's query.
pub(crate) fn any_calendar_set(tx: &TenantTx) -> SelectStatement {
    tx.find::<calendar_version::Entity>()
        .select_only()
        .column(calendar_version::Column::Id)
        .filter(calendar_version::Column::Kind.eq(CalendarKind::Service.as_str()))
        .filter(calendar_version::Column::AuthorId.is_not_null())
        .into_query()
}

/// A calendar of the municipality, ready to count with.
#[derive(Clone, Debug)]
pub struct OfficeCalendar {
    /// Its version.
    pub version: CalendarVersionId,
    /// Number of the version, from 1.
    pub number: i64,
    /// The calendar.
    pub calendar: Arc<Calendar>,
    /// The calendar as it was written.
    pub definition: Arc<CalendarDefinition>,
}

/// The municipality's calendar that holds now.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that has none, such as the platform's own.
pub async fn current_office(tx: &TenantTx) -> Result<OfficeCalendar, Error> {
    let row = newest_row(tx, CalendarKind::Service)
        .await?
        .ok_or(Error::NotFound)?;
    office(tx, &row)
}

/// A version of the municipality's calendar, by its id.
pub(super) async fn office_at(
    tx: &TenantTx,
    id: CalendarVersionId,
) -> Result<OfficeCalendar, Error> {
    match PREPARED.get(&(tx.tenant(), id)) {
        Some(known) => Ok(known),
        None => office(tx, &row_at(tx, id).await?),
    }
}

async fn row_at(tx: &TenantTx, id: CalendarVersionId) -> Result<calendar_version::Model, Error> {
    tx.find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The law's calendar that holds now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LawDetail)]
pub struct LegalCalendarVersion {
    /// Its version; none until a municipality has one of its own.
    #[serde(skip)]
    pub version: Option<CalendarVersionId>,
    /// Number of its version, from 1; 0 for what came with the program.
    #[serde(rename = "version")]
    pub number: i64,
    /// Years that are known, and days equated by royal decree with where that is published.
    #[schema(value_type = Object)]
    pub calendar: LegalCalendar,
}

fn law(row: calendar_version::Model) -> Result<LegalCalendarVersion, Error> {
    Ok(LegalCalendarVersion {
        version: Some(row.id),
        number: row.number,
        calendar: serde_json::from_value(row.definition).map_err(Error::bug)?,
    })
}

/// The law's calendar that holds now: the municipality's newest version, or what came with the program.
pub async fn current_legal_calendar(tx: &TenantTx) -> Result<LegalCalendarVersion, Error> {
    law_or_published(newest_row(tx, CalendarKind::Legal).await?)
}

fn law_or_published(row: Option<calendar_version::Model>) -> Result<LegalCalendarVersion, Error> {
    match row {
        Some(row) => law(row),
        None => Ok(LegalCalendarVersion {
            version: None,
            number: 0,
            calendar: LegalCalendar::published(),
        }),
    }
}

/// The municipality's calendar and the law's that hold now, in one statement.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that has none, such as the platform's own.
pub(super) async fn current(
    tx: &TenantTx,
) -> Result<(OfficeCalendar, LegalCalendarVersion), Error> {
    use calendar_version::Column;

    let newest = |kind: CalendarKind| {
        let number = tx
            .find::<calendar_version::Entity>()
            .select_only()
            .expr(Expr::col(Column::Number).max())
            .filter(Column::Kind.eq(kind.as_str()))
            .into_query();
        Condition::all()
            .add(Column::Kind.eq(kind.as_str()))
            .add(Column::Number.in_subquery(number))
    };
    let rows = tx
        .find::<calendar_version::Entity>()
        .filter(
            Condition::any()
                .add(newest(CalendarKind::Service))
                .add(newest(CalendarKind::Legal)),
        )
        .all(tx)
        .await?;
    let (mut legal, mut service): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.kind == CalendarKind::Legal.as_str());
    let service = service.pop().ok_or(Error::NotFound)?;
    Ok((office(tx, &service)?, law_or_published(legal.pop())?))
}

/// Writes down the law's calendar that came with the program, for a new municipality: its first messages need not do so at once.
pub async fn store_legal_calendar(tx: &TenantTx) -> Result<(), Error> {
    stored_legal_calendar(tx).await?;
    Ok(())
}

/// The law's calendar with a version that a clock can name: what came with the program is written down when it is first used.
pub(super) async fn stored_legal_calendar(
    tx: &TenantTx,
) -> Result<(CalendarVersionId, LegalCalendarVersion), Error> {
    let mut law = current_legal_calendar(tx).await?;
    let version = store_law(tx, &mut law).await?;
    Ok((version, law))
}

/// Gives the law's calendar a version that a clock can name, unless it has one.
pub(super) async fn store_law(
    tx: &TenantTx,
    law: &mut LegalCalendarVersion,
) -> Result<CalendarVersionId, Error> {
    if let Some(version) = law.version {
        return Ok(version);
    }
    let version = insert(tx, CalendarKind::Legal, 1, &law.calendar, None).await?;
    law.number = 1;
    law.version = Some(version);
    Ok(version)
}

/// A version of the law's calendar, by its id.
pub(super) async fn legal_calendar_at(
    tx: &TenantTx,
    id: CalendarVersionId,
) -> Result<LegalCalendarVersion, Error> {
    law(row_at(tx, id).await?)
}

pub(super) async fn insert(
    tx: &TenantTx,
    kind: CalendarKind,
    number: i64,
    definition: &impl Serialize,
    author: Option<StaffId>,
) -> Result<CalendarVersionId, Error> {
    let row = tx
        .insert(calendar_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            kind: Set(kind.as_str().to_owned()),
            number: Set(number),
            definition: Set(serde_json::to_value(definition).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
        })
        .await
        .map_err(changed_meanwhile)?;
    Ok(row.id)
}

/// Sets the calendar from now on, as a new version. Open clocks are counted again by a job. With `expected`, the number of the version
/// the author saw, a change that somebody else made meanwhile is not overwritten.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used or that is the one that holds, [`Code::Changed`] when it is no longer the expected one.
pub async fn set_calendar(
    tx: &TenantTx,
    definition: &CalendarDefinition,
    expected: Option<i64>,
    author: Option<StaffId>,
) -> Result<CalendarVersionId, Error> {
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    definition.check(today, "calendar")?;
    let last = newest_row(tx, CalendarKind::Service).await?;
    let number = last.as_ref().map_or(0, |row| row.number);
    if expected.is_some_and(|expected| expected != number) {
        return Err(Error::refused(Code::Changed));
    }
    if let Some(row) = &last
        && office(tx, row)?.definition.as_ref() == definition
    {
        return Err(Error::invalid("calendar", "nothing_changes"));
    }
    let id = insert(tx, CalendarKind::Service, number + 1, definition, author).await?;
    if last.is_some() {
        changed(tx, CalendarKind::Service, id, number + 1, author).await?;
    }
    Ok(id)
}

pub(super) async fn changed(
    tx: &TenantTx,
    kind: CalendarKind,
    id: CalendarVersionId,
    number: i64,
    author: Option<StaffId>,
) -> Result<(), Error> {
    audit::record(
        tx,
        author,
        audit::Action::CalendarChange,
        ("calendar", Some(id.0)),
        json!({ "number": number, "kind": kind }),
    )
    .await?;
    let job = RecountClocks {
        calendar: id,
        after: None,
        check: false,
    };
    jobs::enqueue(tx, &job).await
}

/// Two people who change the same thing at once: the number of the version is taken.
pub(super) fn changed_meanwhile(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::refused(Code::Changed)
    } else {
        error.into()
    }
}

/// A version of a calendar.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VersionItem)]
pub struct CalendarVersion {
    /// Number, from 1.
    pub number: i64,
    /// The calendar as it was written.
    #[schema(value_type = Object)]
    pub calendar: Value,
    /// Who set it; nobody for the first.
    pub author_id: Option<StaffId>,
    /// Since when it holds.
    pub created_at: DateTime<Utc>,
}

/// Every version of a calendar, the newest first.
pub async fn versions(
    tx: &TenantTx,
    kind: CalendarKind,
    limit: Option<u64>,
) -> Result<Vec<CalendarVersion>, Error> {
    Ok(tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(kind.as_str()))
        .order_by_desc(calendar_version::Column::Number)
        .limit(limit)
        .all(tx)
        .await?
        .into_iter()
        .map(|row| CalendarVersion {
            number: row.number,
            calendar: row.definition,
            author_id: row.author_id,
            created_at: row.created_at,
        })
        .collect())
}

/// A version of the municipality's calendar, by its number.
pub async fn office_by_number(tx: &TenantTx, number: i64) -> Result<OfficeCalendar, Error> {
    let row = tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(CalendarKind::Service.as_str()))
        .filter(calendar_version::Column::Number.eq(number))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    office(tx, &row)
}
