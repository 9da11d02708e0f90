//! The terms of the law when a message turns out to be a complaint, or not, or one that was not settled after all.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ColumnTrait, QueryFilter};
use tenants::{StaffId, TenantTx};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History, LegalEnd},
    clock_store::{NewClock, rows_of},
    due_dates::{DueCalculator, history},
    entity::{clock as row, clock_event},
    reassess::{last_of, next_round, start_late},
    service_rule::ClockKind,
    stopping,
};
use crate::{Error, cases::CaseId, deadlines::Calendar};

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
                    ClockEventKind::Refuse,
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
    let breached = last.and_then(|clock| clock.breached_at);
    let round = (next_round(rows, kind), breached);
    start_late(tx, case, round, &new, &continued).await
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

/// What ended the terms of the law for a complaint, and where that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalEnding {
    /// What.
    pub how: LegalEnd,
    /// On which day: of the letter, or of the resident's word.
    pub on: NaiveDate,
    /// Where that is kept.
    pub kept_at: String,
}

/// Whether the term to deal with a complaint runs (Awb art. 9:11).
pub(crate) async fn complaint_term(
    tx: &TenantTx,
    case: CaseId,
) -> Result<Option<row::Model>, Error> {
    let rows = rows_of(tx, case).await?;
    let running =
        |clock: &row::Model| clock.kind == ClockKind::DealtWith && clock.stopped_at.is_none();
    Ok(rows.into_iter().find(running))
}

/// Ends the terms of the law that run in a case, on the day of what ended them.
///
/// # Errors
/// [`Error::Invalid`] for a day in the future or before the complaint came in.
pub(crate) async fn end_legal_terms(
    tx: &TenantTx,
    case: CaseId,
    actor: impl Into<Option<StaffId>>,
    ending: &LegalEnding,
) -> Result<(), Error> {
    let actor = actor.into();
    let office = calendar_store::current_office(tx).await?.calendar;
    let running: Vec<row::Model> = rows_of(tx, case)
        .await?
        .into_iter()
        .filter(|clock| clock.kind.is_legal() && clock.stopped_at.is_none())
        .collect();
    let received = running.iter().map(|clock| clock.started_at).min();
    if ending.on > office.local_day(tx.now()) {
        return Err(Error::invalid("lawOn", "in_future"));
    }
    if received.is_some_and(|received| ending.on < office.local_day(received)) {
        return Err(Error::invalid("lawOn", "before_receipt"));
    }
    let details = EventDetails {
        law: Some(ending.how),
        law_on: Some(ending.on),
        kept_at: Some(ending.kept_at.clone()),
        ..EventDetails::default()
    };
    let at = end_of_day(&office, ending.on).min(tx.now());
    for clock in running {
        let in_time = ending.how.outcome(clock.kind);
        stopping::stop_with(tx, &clock, at, actor, in_time, Some(&details)).await?;
    }
    Ok(())
}

/// The last instant of a day: a day ends at midnight, as a term does.
pub(super) fn end_of_day(office: &Calendar, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.succ_opt().and_then(|next| office.instant(next, 0));
    midnight.map_or(DateTime::<Utc>::MAX_UTC, |midnight| {
        midnight - TimeDelta::microseconds(1)
    })
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
    // On the day on which the resident said so, whenever it is written down.
    let office = calendar_store::current_office(tx).await?.calendar;
    let at = end_of_day(&office, agreed_on).min(tx.now());
    for clock in rows_of(tx, case).await? {
        if clock.kind.is_legal() && clock.stopped_at.is_none() {
            stopping::stop_with(
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
