//! What becomes of the clocks of a case that is reopened, or turns out to be something else. A clock that has
//! stopped keeps its result, whatever happens.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::{StaffId, TenantTx};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{self, Change, ClockId, NewClock, record_change, rows_of, wants_answer},
    due_dates::{self, DueCalculator, histories},
    entity::{clock as row, clock_event},
    legal_clocks::restart_legal_clock,
    service_rule::{ClockKind, Facts},
    stopping,
};
use crate::{
    Error,
    cases::{self, Case, CaseId},
    forms,
    submissions::{self, Submission},
};

impl Facts {
    /// What is known of a case.
    pub(super) async fn of(tx: &TenantTx, case: &Case) -> Result<Self, Error> {
        let submission = submissions::get(tx, case.submission_id).await?;
        Self::of_submission(tx, case, &submission).await
    }

    async fn of_submission(
        tx: &TenantTx,
        case: &Case,
        submission: &Submission,
    ) -> Result<Self, Error> {
        let form = forms::version(tx, submission.form_version_id).await?;
        Ok(Self {
            form: Some(form.slug),
            category: case.category.clone(),
            channel: Some(submission.channel),
            kind: case.kind,
        })
    }
}

/// The local days of an instant and of now.
pub(crate) async fn local_days(
    tx: &TenantTx,
    at: DateTime<Utc>,
) -> Result<(NaiveDate, NaiveDate), Error> {
    let calendar = calendar_store::current_office(tx).await?.calendar;
    Ok((calendar.local_day(at), calendar.local_day(tx.now())))
}

pub(super) fn next_round(rows: &[row::Model], kind: ClockKind) -> i64 {
    rows.iter()
        .filter(|clock| clock.kind == kind)
        .map(|clock| clock.round)
        .max()
        .unwrap_or_default()
        + 1
}

/// Lets a promise begin at an instant, when there is one for such a case.
async fn start_promise_clock(
    tx: &TenantTx,
    case: &Case,
    rows: &[row::Model],
    (kind, started_at): (ClockKind, DateTime<Utc>),
    (calculator, facts): (&DueCalculator, &Facts),
) -> Result<(), Error> {
    let Some(rule) = calculator.choose_rule(kind, facts, started_at) else {
        return Ok(());
    };
    let what = (kind, Some(rule.id));
    let new = NewClock::new(calculator, what, started_at, &History::default())?;
    // One that goes on from where another one began was late when that was.
    let before = last_of(rows, kind).filter(|last| last.started_at == started_at);
    let breached = before.and_then(|last| last.breached_at);
    let round = next_round(rows, kind);
    start_late(tx, case.id, (round, breached), &new, &[]).await?;
    if let (ClockKind::Callback, Some(due)) = (kind, new.due_at()) {
        let due = breached.map_or(due, |breached| breached.min(due));
        cases::move_due(tx, vec![case.id], due).await?;
    }
    Ok(())
}

/// Lets a clock begin that may be late already: what lies behind is not warned of again. Events of a clock before it may go on in it.
pub(super) async fn start_late(
    tx: &TenantTx,
    case: CaseId,
    (round, breached): (i64, Option<DateTime<Utc>>),
    new: &NewClock,
    continued: &[clock_event::Model],
) -> Result<(), Error> {
    let id: ClockId = tx.new_id();
    let mut stored = clock_store::new_row(tx, id, case, round, new);
    stored.next_alert_at = Set(new.dates.next_after_move(None, tx.now()));
    stored.breached_at = Set(breached);
    stored.changes = Set(i64::try_from(continued.len()).map_err(Error::bug)?);
    tx.insert(stored).await?;
    let start = (None, new.started_at);
    tx.insert(clock_store::event(
        tx,
        id,
        ClockEventKind::Start,
        start,
        (None, new.dates.due),
    ))
    .await?;
    let continued = continued.iter().map(|event| clock_event::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        clock_id: Set(id),
        kind: Set(event.kind),
        actor_id: Set(event.actor_id),
        reason: Set(event.reason.clone()),
        at: Set(event.at),
        due_before: Set(event.due_before),
        due_after: Set(event.due_after),
        calendar_version_id: Set(event.calendar_version_id),
        details: Set(event.details.clone()),
    });
    Ok(tx.insert_all(continued.collect()).await?)
}

/// What reopening does: a new clock of the closing, and of the first contact when nobody was ever reached. For a complaint that was not
/// settled after all the law goes on as if it had never been closed at `closed_at`: the terms count on from the receipt, and the
/// confirmation that was never sent is owed again (Awb art. 9:6, 9:8 and 9:11).
pub(crate) async fn restart_after_reopening(
    tx: &TenantTx,
    case: &Case,
    closed_at: Option<DateTime<Utc>>,
    law_counts_on: bool,
) -> Result<(), Error> {
    let rows = rows_of(tx, case.id).await?;
    let calculator = DueCalculator::load(tx).await?;
    let submission = submissions::get(tx, case.submission_id).await?;
    let facts = Facts::of_submission(tx, case, &submission).await?;
    let by = (&calculator, &facts);
    start_promise_clock(tx, case, &rows, (ClockKind::Resolution, tx.now()), by).await?;
    if case.contacted_at.is_none() && wants_answer(case.preference) {
        start_promise_clock(tx, case, &rows, (ClockKind::Callback, tx.now()), by).await?;
    }
    if law_counts_on {
        let last = last_of(&rows, ClockKind::DealtWith);
        let received = last.map_or(case.received_at, |clock| clock.started_at);
        restart_legal_clock(tx, case.id, &rows, ClockKind::DealtWith, received).await?;
        let ended = |kind, at| {
            last_of(&rows, kind).is_some_and(|clock| {
                clock.outcome == Some(ClockOutcome::Dropped) && clock.stopped_at == at
            })
        };
        // A complaint that was taken up before it was dealt with stays taken up.
        let dealt_with = last.and_then(|clock| clock.stopped_at);
        if dealt_with.is_some() && ended(ClockKind::NotDealtWith, dealt_with) {
            restart_legal_clock(tx, case.id, &rows, ClockKind::NotDealtWith, received).await?;
        }
        if ended(ClockKind::Acknowledgement, closed_at) {
            let due = (ClockKind::Acknowledgement, case.received_at);
            start_promise_clock(tx, case, &rows, due, by).await?;
            stop_if_confirmed(tx, case, &submission).await?;
        }
    }
    Ok(())
}

/// Stops the clock of the confirmation when the receipt was mailed: it confirmed the message, whatever that was taken for. One that is still
/// to leave stops the clock when it does.
async fn stop_if_confirmed(
    tx: &TenantTx,
    case: &Case,
    submission: &Submission,
) -> Result<(), Error> {
    match submission.confirmed_at {
        Some(at) => stopping::stop_acknowledgement(tx, case.id, at).await,
        None => Ok(()),
    }
}

pub(super) fn last_of(rows: &[row::Model], kind: ClockKind) -> Option<&row::Model> {
    rows.iter()
        .filter(|clock| clock.kind == kind)
        .max_by_key(|clock| clock.round)
}

/// Whether a clock ended without what it waits for: it was dropped, or was late when no promise held for its case any more.
async fn was_dropped(tx: &TenantTx, clock: &row::Model) -> Result<bool, Error> {
    if clock.outcome != Some(ClockOutcome::Late) {
        return Ok(clock.outcome == Some(ClockOutcome::Dropped));
    }
    let stops = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.eq(clock.id))
        .filter(clock_event::Column::Kind.eq(ClockEventKind::Stop))
        .all(tx)
        .await?;
    for stop in stops {
        if due_dates::clock_event(stop)?.details.dropped == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Chooses the promises of a case again after its category or kind changed: what runs goes on under the promise that holds for it now,
/// counted from the same start; what no promise holds for any more is dropped; a promise that never had a clock here gets one from the
/// receipt on, and one whose clock was dropped goes on from where that began. Results stay, and so do the terms of the law.
pub(crate) async fn reassess_promises(
    tx: &TenantTx,
    case: &Case,
    actor: impl Into<Option<StaffId>>,
) -> Result<(), Error> {
    let actor = actor.into();
    if !case.status.is_open() {
        return Ok(());
    }
    let rows = rows_of(tx, case.id).await?;
    let calculator = DueCalculator::load(tx).await?;
    let submission = submissions::get(tx, case.submission_id).await?;
    let facts = Facts::of_submission(tx, case, &submission).await?;
    let mut histories = histories(tx, &rows).await?;
    for clock in rows.iter().filter(|clock| clock.stopped_at.is_none()) {
        let Some(current) = clock.rule_version_id else {
            continue;
        };
        let Some(rule) = calculator.choose_rule(clock.kind, &facts, clock.started_at) else {
            let why = EventDetails {
                dropped: Some(true),
                ..EventDetails::default()
            };
            let (at, who) = (tx.now(), actor);
            stopping::stop_with(tx, clock, at, who, ClockOutcome::Dropped, Some(&why)).await?;
            continue;
        };
        if rule.id == current {
            continue;
        }
        let history = histories.remove(&clock.id).unwrap_or_default();
        let dates = calculator.calculate(clock.kind, Some(rule.id), clock.started_at, &history)?;
        tx.update::<row::Entity>()
            .col_expr(row::Column::RuleVersionId, Expr::value(rule.id))
            .filter(row::Column::Id.eq(clock.id))
            .filter(row::Column::StoppedAt.is_null())
            .exec(tx)
            .await?;
        let details = EventDetails {
            promise: Some(rule.number),
            ..EventDetails::default()
        };
        let change = Change {
            details,
            ..Change::now(tx, ClockEventKind::Retarget, actor)
        };
        record_change(tx, clock, &dates, change).await?;
    }
    let by = (&calculator, &facts);
    let to_call = case.contacted_at.is_none() && wants_answer(case.preference);
    for kind in [
        ClockKind::Acknowledgement,
        ClockKind::Resolution,
        ClockKind::Callback,
    ] {
        let last = last_of(&rows, kind);
        let again = match last {
            Some(clock) => was_dropped(tx, clock).await?,
            None => true,
        };
        if !again || (kind == ClockKind::Callback && !to_call) {
            continue;
        }
        let since = last.map_or(case.received_at, |clock| clock.started_at);
        start_promise_clock(tx, case, &rows, (kind, since), by).await?;
    }
    stop_if_confirmed(tx, case, &submission).await
}
