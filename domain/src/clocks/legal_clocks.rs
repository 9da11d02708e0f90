//! The terms of the law when a message turns out to be a complaint, or not, or one that was not settled after all.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, QueryFilter};
use tenants::{StaffId, TenantTx};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{self, NewClock, rows_of},
    due_dates::{DueCalculator, history},
    entity::{clock as row, clock_event},
    reassess::{last_of, next_round, start_late},
    service_rule::ClockKind,
};
use crate::{Error, cases::CaseId};

/// Lets a term of the law count from a receipt, with the adjournment and the delay that it had before.
pub(super) async fn restart_legal_clock(
    tx: &TenantTx,
    case: CaseId,
    rows: &[row::Model],
    kind: ClockKind,
    received: DateTime<Utc>,
) -> Result<(), Error> {
    let last = last_of(rows, kind);
    if last.is_some_and(|clock| clock.stopped_at.is_none()) {
        return Ok(());
    }
    let continued = match last {
        Some(last) => {
            tx.find::<clock_event::Entity>()
                .filter(clock_event::Column::ClockId.eq(last.id))
                .filter(clock_event::Column::Kind.is_in([
                    ClockEventKind::Adjourn,
                    ClockEventKind::Agree,
                    ClockEventKind::Advise,
                ]))
                .all(tx)
                .await?
        }
        None => Vec::new(),
    };
    let history = match last {
        Some(last) => history(tx, last).await?,
        None => History::default(),
    };
    calendar_store::stored_legal_calendar(tx).await?;
    let calculator = DueCalculator::load(tx).await?;
    let new = NewClock::new(&calculator, (kind, None), received, &history)?;
    // Once the four weeks are over there is nothing left to decide: then it has to be dealt with (Awb art. 9:8, third paragraph).
    if kind == ClockKind::NotDealtWith && new.due_at().is_some_and(|due| due <= tx.now()) {
        return Ok(());
    }
    start_late(tx, case, next_round(rows, kind), &new, &continued).await
}

/// Lets the terms of the law begin for what turns out to be a complaint: from the receipt on.
pub(crate) async fn start_legal_clocks(
    tx: &TenantTx,
    case: CaseId,
    received: DateTime<Utc>,
) -> Result<(), Error> {
    let rows = rows_of(tx, case).await?;
    for kind in ClockKind::LEGAL {
        restart_legal_clock(tx, case, &rows, kind, received).await?;
    }
    Ok(())
}

/// Stops the terms of the law because the resident says that there is no complaint, with the proof of that.
pub(crate) async fn stop_legal_clocks(
    tx: &TenantTx,
    case: CaseId,
    actor: StaffId,
    agreed_on: NaiveDate,
    kept_at: &str,
) -> Result<(), Error> {
    let details = EventDetails {
        agreed_on: Some(agreed_on),
        kept_at: Some(kept_at.to_owned()),
        ..EventDetails::default()
    };
    for clock in rows_of(tx, case).await? {
        if clock.kind.is_legal() && clock.stopped_at.is_none() {
            let at = tx.now();
            clock_store::stop_with(
                tx,
                &clock,
                at,
                Some(actor),
                ClockOutcome::Dropped,
                Some(&details),
            )
            .await?;
        }
    }
    Ok(())
}
