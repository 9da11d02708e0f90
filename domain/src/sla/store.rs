//! Calendars, rules and clocks of a municipality.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use tenants::{StaffId, TenantId, TenantTx, typed_id};

use super::{
    calendar::{Calendar, CalendarDefinition},
    due::{Due, ServiceRule},
    entity::{calendar_version, clock, clock_event, service_rule_version},
};
use crate::{Error, cases::CaseId};

typed_id! {
    /// A version of a calendar.
    CalendarVersionId
}
typed_id! {
    /// A version of a promise.
    RuleVersionId
}
typed_id! {
    /// A clock.
    ClockId
}

/// The calendar by which promises to residents are counted.
const SERVICE: &str = "service";
/// The clock from receipt to the first real contact.
const CALLBACK: &str = "callback";

/// What holds now.
#[derive(Clone, Debug)]
pub struct Current {
    /// Version of the calendar.
    pub calendar_version: CalendarVersionId,
    /// The calendar, ready to count with.
    pub calendar: Arc<Calendar>,
    /// The calendar as it was written.
    pub definition: Arc<CalendarDefinition>,
    /// Version of the rule.
    pub rule_version: RuleVersionId,
    /// The promise.
    pub rule: ServiceRule,
}

/// A promise made to one resident.
#[derive(Clone, Debug)]
pub struct Promise {
    /// When it was made: the instant of receipt, in UTC.
    pub started_at: DateTime<Utc>,
    /// When it falls due, in UTC.
    pub due_at: DateTime<Utc>,
    calendar_version: CalendarVersionId,
    rule_version: RuleVersionId,
}

type Prepared = (Arc<Calendar>, Arc<CalendarDefinition>);

/// Versions are immutable, so what was prepared once stays right.
static PREPARED: LazyLock<Cache<(TenantId, CalendarVersionId), Prepared>> =
    LazyLock::new(|| Cache::builder().max_capacity(2_000).build());

fn prepared(tx: &TenantTx, row: &calendar_version::Model) -> Result<Prepared, Error> {
    let key = (tx.tenant(), row.id);
    if let Some(known) = PREPARED.get(&key) {
        return Ok(known);
    }
    let definition: CalendarDefinition =
        serde_json::from_value(row.definition.clone()).map_err(Error::bug)?;
    let created = row.created_at.with_timezone(&definition.zone).date_naive();
    let calendar = Calendar::prepare(&definition, created).map_err(Error::bug)?;
    let prepared = (Arc::new(calendar), Arc::new(definition));
    PREPARED.insert(key, prepared.clone());
    Ok(prepared)
}

/// The calendar and the promise that hold now.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that has none, such as the platform's own.
pub async fn current(tx: &TenantTx) -> Result<Current, Error> {
    let calendar = tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(SERVICE))
        .order_by_desc(calendar_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let rule = tx
        .find::<service_rule_version::Entity>()
        .order_by_desc(service_rule_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let (prepared, definition) = prepared(tx, &calendar)?;
    Ok(Current {
        calendar_version: calendar.id,
        calendar: prepared,
        definition,
        rule_version: rule.id,
        rule: serde_json::from_value(rule.definition).map_err(Error::bug)?,
    })
}

/// Sets the calendar from now on, as a new version.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used.
pub async fn set_calendar(
    tx: &TenantTx,
    definition: &CalendarDefinition,
    author: Option<StaffId>,
) -> Result<CalendarVersionId, Error> {
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    Calendar::prepare(definition, today).map_err(|problem| {
        let mut errors = crate::FieldErrors::default();
        errors.add_with("calendar", "calendar_unusable", "cause", problem);
        Error::Invalid(errors)
    })?;
    let last = tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(SERVICE))
        .order_by_desc(calendar_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?;
    let row = tx
        .insert(calendar_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            kind: Set(SERVICE.to_owned()),
            number: Set(last.map_or(0, |row| row.number) + 1),
            definition: Set(serde_json::to_value(definition).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
        })
        .await?;
    Ok(row.id)
}

/// Sets the promise from now on, as a new version.
///
/// # Errors
/// When the database does not answer.
pub async fn set_rule(
    tx: &TenantTx,
    rule: &ServiceRule,
    author: Option<StaffId>,
) -> Result<RuleVersionId, Error> {
    let last = tx
        .find::<service_rule_version::Entity>()
        .order_by_desc(service_rule_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?;
    let row = tx
        .insert(service_rule_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            number: Set(last.map_or(0, |row| row.number) + 1),
            definition: Set(serde_json::to_value(rule).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
        })
        .await?;
    Ok(row.id)
}

/// What we promise somebody whose message came in at `received`.
///
/// # Errors
/// [`Error::NotFound`] without a calendar; a bug when a checked calendar does not open for five years.
pub async fn promise(tx: &TenantTx, received: DateTime<Utc>) -> Result<Promise, Error> {
    let current = current(tx).await?;
    let due = current
        .rule
        .due(&current.calendar, received)
        .ok_or_else(|| Error::bug("the calendar does not open within five years"))?;
    Ok(Promise {
        started_at: received,
        due_at: due.at,
        calendar_version: current.calendar_version,
        rule_version: current.rule_version,
    })
}

/// Starts the callback clock of a case.
pub(crate) async fn start(tx: &TenantTx, case: CaseId, promise: &Promise) -> Result<(), Error> {
    let clock = tx
        .insert(clock::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            kind: Set(CALLBACK.to_owned()),
            calendar_version_id: Set(promise.calendar_version),
            rule_version_id: Set(promise.rule_version),
            started_at: Set(promise.started_at),
            due_at: Set(promise.due_at),
            stopped_at: Set(None),
        })
        .await?;
    event(tx, clock.id, "start", None, promise.started_at).await
}

async fn event(
    tx: &TenantTx,
    clock: ClockId,
    kind: &str,
    actor: Option<StaffId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.insert(clock_event::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        clock_id: Set(clock),
        kind: Set(kind.to_owned()),
        actor_id: Set(actor),
        reason: Set(None),
        at: Set(at),
    })
    .await?;
    Ok(())
}

async fn callback(tx: &TenantTx, case: CaseId) -> Result<Option<clock::Model>, Error> {
    Ok(tx
        .find::<clock::Entity>()
        .filter(clock::Column::CaseId.eq(case))
        .filter(clock::Column::Kind.eq(CALLBACK))
        .one(tx)
        .await?)
}

/// Stops the callback clock of a case, once.
pub(crate) async fn stop(
    tx: &TenantTx,
    case: CaseId,
    at: DateTime<Utc>,
    actor: StaffId,
) -> Result<(), Error> {
    let Some(clock) = callback(tx, case).await? else {
        return Ok(());
    };
    let stopped = tx
        .update::<clock::Entity>()
        .col_expr(clock::Column::StoppedAt, Expr::value(at))
        .filter(clock::Column::Id.eq(clock.id))
        .filter(clock::Column::StoppedAt.is_null())
        .exec(tx)
        .await?;
    if stopped.rows_affected == 1 {
        event(tx, clock.id, "stop", Some(actor), at).await?;
    }
    Ok(())
}

/// Why a case is due when it is due, by the calendar and the promise it was opened under; nothing when there is no promise.
///
/// # Errors
/// When the database does not answer.
pub async fn explain(tx: &TenantTx, case: CaseId) -> Result<Option<Due>, Error> {
    let Some(clock) = callback(tx, case).await? else {
        return Ok(None);
    };
    let calendar = tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Id.eq(clock.calendar_version_id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let rule = tx
        .find::<service_rule_version::Entity>()
        .filter(service_rule_version::Column::Id.eq(clock.rule_version_id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let rule: ServiceRule = serde_json::from_value(rule.definition).map_err(Error::bug)?;
    let (calendar, _) = prepared(tx, &calendar)?;
    Ok(rule.due(&calendar, clock.started_at))
}
