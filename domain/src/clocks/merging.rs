//! What merging does to clocks: those of the absorbed case stop and may run again, those of the survivor count from the earliest receipt.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::{StaffId, TenantTx};

use super::{
    clock::{ClockEventKind, ClockOutcome, EventDetails},
    clock_store::{self, rows_of},
    due_dates::{Counted, Counting, histories},
    entity::clock as row,
    reassess::put,
    recount::Moved,
};
use crate::{
    Error,
    cases::{Case, CaseId},
};

/// Stops the clocks of a case that was taken into another one. One that was late by then keeps the instant at which it became so.
pub(crate) async fn merged(tx: &TenantTx, case: CaseId, actor: StaffId) -> Result<(), Error> {
    for clock in rows_of(tx, case).await? {
        if clock.stopped_at.is_some() {
            continue;
        }
        let late = clock.due_at.filter(|due| *due < tx.now());
        tx.update::<row::Entity>()
            .col_expr(row::Column::StoppedAt, Expr::value(tx.now()))
            .col_expr(row::Column::Outcome, Expr::value(ClockOutcome::Merged))
            .col_expr(
                row::Column::BreachedAt,
                Expr::value(clock.breached_at.or(late)),
            )
            .filter(row::Column::Id.eq(clock.id))
            .filter(row::Column::StoppedAt.is_null())
            .exec(tx)
            .await?;
        let due = (clock.due_at, clock.due_at);
        let who = (Some(actor), tx.now());
        tx.insert(clock_store::event(
            tx,
            clock.id,
            ClockEventKind::Stop,
            who,
            due,
        ))
        .await?;
    }
    Ok(())
}

/// Lets the clocks run again that stopped because their case was merged, as if they had never stopped: the resident waited all the while.
pub(crate) async fn parted(tx: &TenantTx, case: CaseId, actor: StaffId) -> Result<(), Error> {
    let rows: Vec<row::Model> = rows_of(tx, case)
        .await?
        .into_iter()
        .filter(|clock| clock.outcome == Some(ClockOutcome::Merged))
        .collect();
    let counting = Counting::now(tx).await?;
    let mut histories = histories(tx, &rows).await?;
    for clock in rows {
        let history = histories.remove(&clock.id).unwrap_or_default();
        let counted = counting.recount(&clock, &history)?;
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
        let said = (ClockEventKind::Restore, EventDetails::default());
        put(tx, &running, &counted, actor, said).await?;
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
) -> Result<Vec<(row::Model, Counted)>, Error> {
    let rows = from_receipt(tx, case).await?;
    let counting = Counting::now(tx).await?;
    let mut histories = histories(tx, &rows).await?;
    rows.into_iter()
        .filter(|clock| clock.started_at != since)
        .map(|clock| {
            let history = histories.remove(&clock.id).unwrap_or_default();
            let counted = counting.count(clock.kind, clock.rule_version_id, since, &history)?;
            Ok((clock, counted))
        })
        .collect()
}

/// Which clocks of a case would fall due at another time if they counted from another receipt. Changes nothing.
pub(crate) async fn preview_since(
    tx: &TenantTx,
    case: &Case,
    since: DateTime<Utc>,
) -> Result<Vec<Moved>, Error> {
    Ok(recounted(tx, case, since)
        .await?
        .into_iter()
        .filter(|(clock, counted)| clock.due_at != counted.due)
        .map(|(clock, counted)| Moved {
            case: case.id,
            kind: clock.kind,
            from: clock.due_at,
            to: counted.due,
        })
        .collect())
}

/// Lets the clocks of a case that still run count from another receipt.
pub(crate) async fn count_since(
    tx: &TenantTx,
    case: &Case,
    since: DateTime<Utc>,
    actor: StaffId,
) -> Result<(), Error> {
    for (clock, counted) in recounted(tx, case, since).await? {
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
        put(
            tx,
            &clock,
            &counted,
            actor,
            (ClockEventKind::Restart, details),
        )
        .await?;
    }
    Ok(())
}
