//! How clocks stop, and that what was late stays late.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use tenants::{StaffId, TenantTx};

use super::{
    clock::{self, ClockEventKind, ClockOutcome, EventDetails},
    clock_store::{event, rows_of},
    due_dates::DueDates,
    entity::{clock as row, clock_event},
    service_rule::ClockKind,
};
use crate::{Error, cases::CaseId};

/// Stops a clock, once: of two who stop it at once the first counts.
pub(super) async fn stop(
    tx: &TenantTx,
    clock: &row::Model,
    at: DateTime<Utc>,
    actor: Option<StaffId>,
    in_time: ClockOutcome,
) -> Result<(), Error> {
    stop_with(tx, clock, at, actor, in_time, None).await
}

/// As [`stop`], with what proves that it may.
pub(super) async fn stop_with(
    tx: &TenantTx,
    clock: &row::Model,
    at: DateTime<Utc>,
    actor: Option<StaffId>,
    in_time: ClockOutcome,
    proof: Option<&EventDetails>,
) -> Result<(), Error> {
    // The four weeks to refuse a complaint are over for whoever deals with it: nobody is late (Awb art. 9:8).
    let is_over = clock.kind == ClockKind::NotDealtWith && in_time == ClockOutcome::Dropped;
    let held = due_held_at(tx, clock, at).await?.filter(|_| !is_over);
    // What was late stays late, also when it fell due later by what was done afterwards.
    let due = held.into_iter().chain(clock.breached_at).min();
    let outcome = clock::outcome(due, at, in_time);
    let late = due.filter(|due| *due < at);
    let breached = clock.breached_at.or(late);
    let stopped = tx
        .update::<row::Entity>()
        .col_expr(row::Column::StoppedAt, Expr::value(at))
        .col_expr(row::Column::Outcome, Expr::value(outcome))
        .col_expr(row::Column::BreachedAt, Expr::value(breached))
        .filter(row::Column::Id.eq(clock.id))
        .filter(row::Column::StoppedAt.is_null())
        .exec(tx)
        .await?;
    if stopped.rows_affected == 1 {
        let due = (due, clock.due_at);
        let mut stored = event(tx, clock.id, ClockEventKind::Stop, (actor, at), due);
        if let Some(proof) = proof {
            stored.details = Set(Some(serde_json::to_value(proof).map_err(Error::bug)?));
        }
        tx.insert(stored).await?;
    }
    Ok(())
}

/// When a clock was due at an instant: before what moved it later. An adjournment or an agreement that was sent in time held already before
/// it was written down.
async fn due_held_at(
    tx: &TenantTx,
    clock: &row::Model,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Error> {
    if clock.due_version <= 1 {
        return Ok(clock.due_at);
    }
    let moved = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.eq(clock.id))
        .filter(clock_event::Column::Kind.is_in([ClockEventKind::Move, ClockEventKind::Retarget]))
        .filter(clock_event::Column::At.gt(at))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .one(tx)
        .await?;
    Ok(moved.map_or(clock.due_at, |moved| moved.due_before))
}

/// Whether an adjournment or an agreement took effect before the term ended, whenever it was written down.
fn was_in_time(clock: &row::Model, kind: ClockEventKind, details: &EventDetails) -> bool {
    let on = match kind {
        ClockEventKind::Adjourn => Ord::max(details.resident_told_on, details.concerned_told_on),
        ClockEventKind::Agree => details.agreed_on,
        _ => None,
    };
    clock
        .legal_on
        .zip(on)
        .is_some_and(|(legal, on)| on <= legal)
}

/// When a clock became late that falls due at another instant from now on. What was late stays late; only what held already in time, and
/// what a merge brought, changes that.
pub(super) fn breach_after(
    clock: &row::Model,
    (kind, details): (ClockEventKind, &EventDetails),
    dates: &DueDates,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let is_late = dates.due.is_some_and(|due| due < now) && !dates.levels.is_empty();
    // It was late before it fell due as it does now: nothing that came after that makes it in time again.
    let was_late =
        (clock.breached_at).is_some_and(|breached| clock.due_at.is_none_or(|due| breached < due));
    let starts_anew =
        !was_late && (kind == ClockEventKind::Restart || was_in_time(clock, kind, details));
    let before = clock.breached_at.or(clock.due_at.filter(|due| *due < now));
    match kind {
        _ if dates.levels.is_empty() => clock.breached_at,
        ClockEventKind::Restore => clock.breached_at.or(dates.due.filter(|_| is_late)),
        _ if starts_anew && !is_late => None,
        _ => before.or(is_late.then_some(now)),
    }
}

/// Stops the promises that still run when a case is closed: it is resolved; what was not needed any more before it fell due is dropped. The
/// terms of the law go on until [`super::end_legal_terms`].
pub(crate) async fn stop_for_closing(
    tx: &TenantTx,
    case: CaseId,
    at: DateTime<Utc>,
    actor: impl Into<Option<StaffId>>,
) -> Result<(), Error> {
    let actor = actor.into();
    for clock in rows_of(tx, case).await? {
        if clock.stopped_at.is_some() || clock.kind.is_legal() {
            continue;
        }
        let in_time = match clock.kind {
            ClockKind::Resolution => ClockOutcome::Kept,
            _ => ClockOutcome::Dropped,
        };
        stop(tx, &clock, at, actor, in_time).await?;
    }
    Ok(())
}

/// Stops the clock of the confirmation of receipt: it was sent.
pub(crate) async fn stop_acknowledgement(
    tx: &TenantTx,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    for clock in rows_of(tx, case).await? {
        if clock.kind == ClockKind::Acknowledgement && clock.stopped_at.is_none() {
            stop(tx, &clock, at, None, ClockOutcome::Kept).await?;
        }
    }
    Ok(())
}
