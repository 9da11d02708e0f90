//! Calendars, rules and clocks of a municipality.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{StaffId, TenantId, TenantTx, typed_id};

use super::{
    calendar::{Calendar, CalendarDefinition},
    due::{Due, ServiceRule},
    entity::{calendar_version, clock, clock_event, service_rule_version},
    legal::{LegalDates, LegalProblem, LegalTerm},
    recount::RecountClocks,
};
use crate::{Code, Error, FieldErrors, audit, cases::CaseId, jobs};

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
pub(super) const CALLBACK: &str = "callback";
/// Longest reason for a day that differs, in characters.
const REASON_MAX: usize = 200;
/// Most days that differ.
const EXCEPTIONS_MAX: usize = 1_000;
/// Years around today in which a day may differ and a promise may begin.
const YEARS_MAX: i32 = 10;

/// What holds now.
#[derive(Clone, Debug)]
pub struct Current {
    /// Version of the calendar.
    pub calendar_version: CalendarVersionId,
    /// Its number, from 1.
    pub calendar_number: i64,
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

async fn newest_calendar(tx: &TenantTx) -> Result<Option<calendar_version::Model>, Error> {
    Ok(tx
        .find::<calendar_version::Entity>()
        .filter(calendar_version::Column::Kind.eq(SERVICE))
        .order_by_desc(calendar_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?)
}

/// The calendar that holds now, with its version.
pub(super) async fn newest(
    tx: &TenantTx,
) -> Result<
    (
        CalendarVersionId,
        i64,
        Arc<Calendar>,
        Arc<CalendarDefinition>,
    ),
    Error,
> {
    let row = newest_calendar(tx).await?.ok_or(Error::NotFound)?;
    let (calendar, definition) = prepared(tx, &row)?;
    Ok((row.id, row.number, calendar, definition))
}

/// The calendar that holds now, and the promise for what comes in now.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that has none, such as the platform's own.
pub async fn current(tx: &TenantTx) -> Result<Current, Error> {
    at(tx, tx.now()).await
}

/// The calendar that holds now, and the promise for what came in at `received`: of the promises that had begun on that local day, the
/// one that was set last.
async fn at(tx: &TenantTx, received: DateTime<Utc>) -> Result<Current, Error> {
    let (calendar_version, calendar_number, prepared, definition) = newest(tx).await?;
    let day = prepared.local_day(received);
    let rule = tx
        .find::<service_rule_version::Entity>()
        .filter(
            service_rule_version::Column::StartsOn
                .is_null()
                .or(service_rule_version::Column::StartsOn.lte(day)),
        )
        .order_by_desc(service_rule_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Current {
        calendar_version,
        calendar_number,
        calendar: prepared,
        definition,
        rule_version: rule.id,
        rule: serde_json::from_value(rule.definition).map_err(Error::bug)?,
    })
}

/// Checks a calendar that is to hold from now on.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used.
pub fn check(definition: &CalendarDefinition, today: NaiveDate) -> Result<Calendar, Error> {
    let mut errors = FieldErrors::default();
    for (day, exception) in &definition.exceptions {
        let reason = exception.reason.trim().chars().count();
        if reason == 0 {
            errors.add("reason", "required");
        } else if reason > REASON_MAX {
            errors.add_with("reason", "too_long", "max", REASON_MAX);
        }
        if (day.year() - today.year()).abs() > YEARS_MAX {
            errors.add("day", "not_a_date");
        }
    }
    if definition.exceptions.len() > EXCEPTIONS_MAX {
        errors.add_with("calendar", "too_many", "max", EXCEPTIONS_MAX);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Calendar::prepare(definition, today).map_err(|problem| {
        let mut errors = FieldErrors::default();
        errors.add_with("calendar", problem.code(), "about", problem.about());
        Error::Invalid(errors)
    })
}

/// Sets the calendar from now on, as a new version. Open clocks are counted again by a job. With `expected`, the number of the version
/// the author saw, a change that somebody else made meanwhile is not overwritten.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used, [`Code::Changed`] when it is no longer the expected one.
pub async fn set_calendar(
    tx: &TenantTx,
    definition: &CalendarDefinition,
    expected: Option<i64>,
    author: Option<StaffId>,
) -> Result<CalendarVersionId, Error> {
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    check(definition, today)?;
    let last = newest_calendar(tx).await?;
    let number = last.as_ref().map_or(0, |row| row.number);
    if expected.is_some_and(|expected| expected != number) {
        return Err(Error::refused(Code::Changed));
    }
    let row = tx
        .insert(calendar_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            kind: Set(SERVICE.to_owned()),
            number: Set(number + 1),
            definition: Set(serde_json::to_value(definition).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
        })
        .await
        .map_err(overtaken)?;
    if last.is_some() {
        audit::record(
            tx,
            author,
            "calendar.change",
            ("calendar", Some(row.id.0)),
            json!({ "number": row.number }),
        )
        .await?;
        let job = RecountClocks {
            calendar: row.id,
            after: None,
            check: false,
        };
        jobs::enqueue(tx, &job).await?;
    }
    Ok(row.id)
}

/// Two people who change the same thing at once: the number of the version is taken.
fn overtaken(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::refused(Code::Changed)
    } else {
        error.into()
    }
}

/// A promise with the day it begins.
#[derive(Clone, Debug)]
pub struct RuleVersion {
    /// Number, from 1.
    pub number: i64,
    /// The promise.
    pub rule: ServiceRule,
    /// First local day of receipt it holds for; from the beginning when there is none.
    pub starts_on: Option<NaiveDate>,
    /// When it was set, in UTC.
    pub created_at: DateTime<Utc>,
}

/// Every promise that was ever set, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn rules(tx: &TenantTx) -> Result<Vec<RuleVersion>, Error> {
    tx.find::<service_rule_version::Entity>()
        .order_by_desc(service_rule_version::Column::Number)
        .all(tx)
        .await?
        .into_iter()
        .map(|row| {
            Ok(RuleVersion {
                number: row.number,
                rule: serde_json::from_value(row.definition).map_err(Error::bug)?,
                starts_on: row.starts_on,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// Sets the promise for what comes in from `starts_on` on, or for everything that is yet to come in. Promises that were made stay as
/// they were made.
///
/// # Errors
/// [`Error::Invalid`] for a day that has passed or a promise nobody could keep, [`Code::Changed`] when somebody was first.
pub async fn set_rule(
    tx: &TenantTx,
    rule: &ServiceRule,
    starts_on: Option<NaiveDate>,
    author: Option<StaffId>,
) -> Result<RuleVersionId, Error> {
    let mut errors = FieldErrors::default();
    if !rule.is_sensible() {
        errors.add("amount", "promise_out_of_range");
    }
    if let Some(starts_on) = starts_on {
        let today = newest(tx).await?.2.local_day(tx.now());
        if starts_on < today || starts_on.year() - today.year() > YEARS_MAX {
            errors.add("startsOn", "day_passed");
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
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
            number: Set(last.as_ref().map_or(0, |row| row.number) + 1),
            definition: Set(serde_json::to_value(rule).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
            starts_on: Set(starts_on),
        })
        .await
        .map_err(overtaken)?;
    if last.is_some() {
        audit::record(
            tx,
            author,
            "serviceRule.change",
            ("serviceRule", Some(row.id.0)),
            json!({ "number": row.number }),
        )
        .await?;
    }
    Ok(row.id)
}

/// What we promise somebody whose message came in at `received`.
///
/// # Errors
/// [`Error::NotFound`] without a calendar; a bug when a checked calendar does not open for five years.
pub async fn promise(tx: &TenantTx, received: DateTime<Utc>) -> Result<Promise, Error> {
    let current = at(tx, received).await?;
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
        due_before: Set(None),
        due_after: Set(None),
        calendar_version_id: Set(None),
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

/// A term of the law with its dates, or why they cannot be told.
pub type LegalOutcome = (LegalTerm, Result<LegalDates, LegalProblem>);

/// The terms of the law for a complaint that came in at `received`, when no committee advises and nothing is adjourned.
///
/// # Errors
/// [`Error::NotFound`] without a calendar.
pub async fn legal_terms(
    tx: &TenantTx,
    received: DateTime<Utc>,
) -> Result<Vec<LegalOutcome>, Error> {
    let (_, _, calendar, _) = newest(tx).await?;
    Ok([LegalTerm::NotDealtWith, LegalTerm::DealtWith]
        .into_iter()
        .map(|term| (term, term.dates(received, calendar.zone(), 0, &calendar)))
        .collect())
}
