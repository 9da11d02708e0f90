//! What merging does to clocks: those of the merged case stop and may run again, those of the target count from the earliest receipt.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::{StaffId, TenantTx};

use super::{
    clock::{ClockEventKind, ClockOutcome, EventDetails},
    clock_store::{Change, record_change, rows_of},
    due_dates::{DueCalculator, DueDates, histories},
    entity::clock as row,
    recount::Moved,
    stopping,
};
use crate::{
    Error,
    cases::{Case, CaseId},
};

/// Stops the promises of a case that was taken into another one. One that was late by then keeps the instant at which it became so. The terms
/// of the law go on: merging gives nobody more time for a complaint (Awb art. 9:11). So does what was agreed with its resident.
pub(crate) async fn stop_merged(tx: &TenantTx, case: CaseId, actor: StaffId) -> Result<(), Error> {
    for clock in rows_of(tx, case).await? {
        if clock.stopped_at.is_none() && !clock.kind.is_lasting() {
            let (at, who) = (tx.now(), Some(actor));
            stopping::stop(tx, &clock, at, who, ClockOutcome::Merged).await?;
        }
    }
    Ok(())
}

/// Lets the clocks run again that stopped because their case was merged, as if they had never stopped: the resident waited all the while.
pub(crate) async fn restore_unmerged(
    tx: &TenantTx,
    case: CaseId,
    actor: StaffId,
) -> Result<(), Error> {
    let rows: Vec<row::Model> = rows_of(tx, case)
        .await?
        .into_iter()
        .filter(|clock| clock.outcome == Some(ClockOutcome::Merged))
        .collect();
    let calculator = DueCalculator::load(tx).await?;
    let mut histories = histories(tx, &rows).await?;
    for clock in rows {
        let history = histories.remove(&clock.id).unwrap_or_default();
        let dates = calculator.recalculate(&clock, &history)?;
        tx.update::<row::Entity>()
            .col_expr(
                row::Column::StoppedAt,
                Expr::value(Option::<DateTime<Utc>>::None),
            )
            .col_expr(
                row::Column::Outcome,
                Expr::value(Option::<ClockOutcome>::None),
            )
            .filter(row::Column::Id.eq(clock.id))
            .exec(tx)
            .await?;
        let running = row::Model {
            stopped_at: None,
            outcome: None,
            ..clock
        };
        let change = Change::now(tx, ClockEventKind::Restore, actor);
        record_change(tx, &running, &dates, change).await?;
    }
    Ok(())
}

/// The clocks of a case that count from its receipt and still run: not those of a reopening.
async fn from_receipt(tx: &TenantTx, case: &Case) -> Result<Vec<row::Model>, Error> {
    Ok(rows_of(tx, case.id)
        .await?
        .into_iter()
        .filter(|clock| clock.stopped_at.is_none() && clock.started_at <= case.received_at)
        .collect())
}

/// What the clocks of a case that still run count to from another receipt; only those that count from it are given.
async fn recounted(
    tx: &TenantTx,
    case: &Case,
    since: DateTime<Utc>,
) -> Result<Vec<(row::Model, DueDates)>, Error> {
    let rows = from_receipt(tx, case).await?;
    let calculator = DueCalculator::load(tx).await?;
    let mut histories = histories(tx, &rows).await?;
    rows.into_iter()
        .filter(|clock| clock.started_at != since)
        .map(|clock| {
            let history = histories.remove(&clock.id).unwrap_or_default();
            let dates = calculator.calculate(clock.kind, clock.rule_version_id, since, &history)?;
            Ok((clock, dates))
        })
        .collect()
}

/// Which clocks of a case would fall due at another time if they counted from another receipt. Changes nothing.
pub(crate) async fn preview_restart(
    tx: &TenantTx,
    case: &Case,
    since: DateTime<Utc>,
) -> Result<Vec<Moved>, Error> {
    Ok(recounted(tx, case, since)
        .await?
        .into_iter()
        .filter(|(clock, dates)| clock.due_at != dates.due)
        .map(|(clock, dates)| Moved {
            reference: String::new(),
            case: case.id,
            kind: clock.kind,
            from: clock.due_at,
            to: dates.due,
        })
        .collect())
}

/// Lets the clocks of a case that still run count from another receipt.
pub(crate) async fn restart_from(
    tx: &TenantTx,
    case: &Case,
    since: DateTime<Utc>,
    actor: StaffId,
) -> Result<(), Error> {
    for (clock, dates) in recounted(tx, case, since).await? {
        tx.update::<row::Entity>()
            .col_expr(row::Column::StartedAt, Expr::value(since))
            .filter(row::Column::Id.eq(clock.id))
            .filter(row::Column::StoppedAt.is_null())
            .exec(tx)
            .await?;
        let details = EventDetails {
            since: Some(since),
            ..EventDetails::default()
        };
        let change = Change {
            details,
            ..Change::now(tx, ClockEventKind::Restart, actor)
        };
        record_change(tx, &clock, &dates, change).await?;
    }
    Ok(())
}
