//! What the turns in the life of a case do to its clocks: it is reopened, merged, parted, or turns out to be something else. A clock that has
//! stopped keeps its result, whatever happens.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{StaffId, TenantTx};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{self, ClockId, NewClock, rows_of, wants_answer},
    due_dates::{self, Counted, Counting, histories},
    entity::{clock as row, clock_event},
    legal_clocks::law_again,
    rule_store::{self, RuleVersion},
    service_rule::{ClockKind, Facts},
};
use crate::{
    Code, Error,
    cases::{self, Case, CaseId, EventKind},
    forms, submissions,
};

impl Facts {
    /// What is known of a case.
    pub(super) async fn of(tx: &TenantTx, case: &Case) -> Result<Self, Error> {
        let submission = submissions::get(tx, case.submission_id).await?;
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
    let calendar = calendar_store::newest(tx).await?.calendar;
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
async fn promise(
    tx: &TenantTx,
    case: &Case,
    rows: &[row::Model],
    (kind, started_at): (ClockKind, DateTime<Utc>),
    (counting, versions, facts): (&Counting, &[RuleVersion], &Facts),
) -> Result<(), Error> {
    let day = counting.office.calendar.local_day(started_at);
    let Some(rule) = rule_store::choose(versions, kind, facts, (day, started_at)) else {
        return Ok(());
    };
    let counted = counting.count(kind, Some(rule.id), started_at, &History::default())?;
    let due = counted.due;
    let next = counted.next_after_move(None, tx.now());
    let new = NewClock {
        kind,
        started_at,
        calendar: counting.office.version,
        office: None,
        rule: Some(rule.id),
        counted,
    };
    begin_late(tx, case.id, next_round(rows, kind), &new, (next, &[])).await?;
    if let (ClockKind::Callback, Some(due)) = (kind, due) {
        cases::move_due(tx, vec![case.id], due).await?;
    }
    Ok(())
}

/// Lets a clock begin that may be late already: what lies behind is not warned of again. Events of a clock before it may go on in it.
pub(super) async fn begin_late(
    tx: &TenantTx,
    case: CaseId,
    round: i64,
    new: &NewClock,
    (next, carried): (Option<DateTime<Utc>>, &[clock_event::Model]),
) -> Result<(), Error> {
    let id: ClockId = tx.new_id();
    let mut stored = clock_store::new_row(tx, id, case, round, new);
    stored.next_alert_at = Set(next);
    stored.changes = Set(i64::try_from(carried.len()).map_err(Error::bug)?);
    tx.insert(stored).await?;
    let start = (None, new.started_at);
    tx.insert(clock_store::event(
        tx,
        id,
        ClockEventKind::Start,
        start,
        (None, new.counted.due),
    ))
    .await?;
    let carried = carried.iter().map(|event| clock_event::ActiveModel {
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
    Ok(tx.insert_all(carried.collect()).await?)
}

/// What reopening does: a new clock of the closing, and of the first contact when nobody was ever reached. For a complaint that was not
/// settled after all the law goes on as if it had never been closed at `closed_at`: the terms count on from the receipt, and the
/// confirmation that was never sent is owed again (Awb art. 9:6, 9:8 and 9:11).
pub(crate) async fn reopened(
    tx: &TenantTx,
    case: &Case,
    closed_at: Option<DateTime<Utc>>,
    law_counts_on: bool,
) -> Result<(), Error> {
    let rows = rows_of(tx, case.id).await?;
    let counting = Counting::now(tx).await?;
    let versions = rule_store::rules(tx).await?;
    let facts = Facts::of(tx, case).await?;
    let by = (&counting, versions.as_slice(), &facts);
    promise(tx, case, &rows, (ClockKind::Resolution, tx.now()), by).await?;
    if case.contacted_at.is_none() && wants_answer(case.preference) {
        promise(tx, case, &rows, (ClockKind::Callback, tx.now()), by).await?;
    }
    if law_counts_on {
        let last = last_of(&rows, ClockKind::DealtWith);
        let received = last.map_or(case.received_at, |clock| clock.started_at);
        law_again(tx, case.id, &rows, ClockKind::DealtWith, received).await?;
        // A complaint that was taken up before the closing stays taken up.
        let closing_ended = |kind| {
            last_of(&rows, kind).is_some_and(|clock| {
                clock.outcome == Some(ClockOutcome::Dropped) && clock.stopped_at == closed_at
            })
        };
        if closing_ended(ClockKind::NotDealtWith) {
            law_again(tx, case.id, &rows, ClockKind::NotDealtWith, received).await?;
        }
        if closing_ended(ClockKind::Acknowledgement) {
            let owed = (ClockKind::Acknowledgement, case.received_at);
            promise(tx, case, &rows, owed, by).await?;
            confirmed(tx, case).await?;
        }
    }
    Ok(())
}

/// Stops the clock of the confirmation when the receipt was mailed: it confirmed the message, whatever that was taken for. One that is still
/// to leave stops the clock when it does.
async fn confirmed(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    match submissions::confirmed_at(tx, case.submission_id).await? {
        Some(at) => clock_store::acknowledged(tx, case.id, at).await,
        None => Ok(()),
    }
}

pub(super) fn last_of(rows: &[row::Model], kind: ClockKind) -> Option<&row::Model> {
    rows.iter()
        .filter(|clock| clock.kind == kind)
        .max_by_key(|clock| clock.round)
}

/// Stores what a running clock counts to now, with the event that made it so.
pub(super) async fn put(
    tx: &TenantTx,
    clock: &row::Model,
    counted: &Counted,
    actor: StaffId,
    (kind, details): (ClockEventKind, EventDetails),
) -> Result<(), Error> {
    let who = (Some(actor), tx.now());
    let mut stored = clock_store::event(tx, clock.id, kind, who, (clock.due_at, counted.due));
    stored.details = Set(Some(serde_json::to_value(&details).map_err(Error::bug)?));
    tx.insert(stored).await?;
    // What became late while it stood still in a merged case was told to nobody yet.
    let told_due = match kind {
        ClockEventKind::Restore if clock.breached_at.is_none() => None,
        _ => clock.due_at,
    };
    let calendar = counted.calendar.unwrap_or(clock.calendar_version_id);
    let updated = tx
        .update::<row::Entity>()
        .col_expr(row::Column::CalendarVersionId, Expr::value(calendar))
        .col_expr(row::Column::OfficeVersionId, Expr::value(counted.office))
        .col_expr(row::Column::DueAt, Expr::value(counted.due))
        .col_expr(row::Column::NominalOn, Expr::value(counted.nominal))
        .col_expr(row::Column::LegalOn, Expr::value(counted.legal))
        .col_expr(row::Column::SafeOn, Expr::value(counted.safe))
        .col_expr(
            row::Column::DueVersion,
            Expr::col(row::Column::DueVersion).add(1),
        )
        .col_expr(
            row::Column::NextAlertAt,
            Expr::value(counted.next_after_move(told_due, tx.now())),
        )
        .col_expr(row::Column::Level, Expr::value(Option::<String>::None))
        .filter(row::Column::Id.eq(clock.id))
        .filter(row::Column::StoppedAt.is_null())
        .filter(row::Column::DueVersion.eq(clock.due_version))
        .exec(tx)
        .await?;
    if updated.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    if let (ClockKind::Callback, Some(due)) = (clock.kind, counted.due) {
        cases::move_due(tx, vec![clock.case_id], due).await?;
    }
    // What moved nothing is told at the clock, not in the life of the case.
    if kind == ClockEventKind::Restart && clock.due_at == counted.due {
        return Ok(());
    }
    let told =
        json!({ "event": kind, "clock": clock.kind, "from": clock.due_at, "to": counted.due });
    cases::note_event(tx, clock.case_id, EventKind::Clock, Some(actor), told).await
}

/// Whether a clock ended without what it waits for: it was dropped, or was late when no promise held for its case any more.
async fn was_let_go(tx: &TenantTx, clock: &row::Model) -> Result<bool, Error> {
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
        if due_dates::event(stop)?.details.let_go == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Chooses the promises of a case again after its category or kind changed: what runs goes on under the promise that holds for it now,
/// counted from the same start; what no promise holds for any more is dropped; a promise that never had a clock here gets one from the
/// receipt on, and one whose clock was dropped goes on from where that began. Results stay, and so do the terms of the law.
pub(crate) async fn rechoose(tx: &TenantTx, case: &Case, actor: StaffId) -> Result<(), Error> {
    if !case.status.is_open() {
        return Ok(());
    }
    let rows = rows_of(tx, case.id).await?;
    let counting = Counting::now(tx).await?;
    let versions = rule_store::rules(tx).await?;
    let facts = Facts::of(tx, case).await?;
    let mut histories = histories(tx, &rows).await?;
    for clock in rows.iter().filter(|clock| clock.stopped_at.is_none()) {
        let Some(current) = clock.rule_version_id else {
            continue;
        };
        let day = counting.office.calendar.local_day(clock.started_at);
        let Some(rule) = rule_store::choose(&versions, clock.kind, &facts, (day, clock.started_at))
        else {
            let why = EventDetails {
                let_go: Some(true),
                ..EventDetails::default()
            };
            let (at, who) = (tx.now(), Some(actor));
            clock_store::stop_with(tx, clock, at, who, ClockOutcome::Dropped, Some(&why)).await?;
            continue;
        };
        if rule.id == current {
            continue;
        }
        let history = histories.remove(&clock.id).unwrap_or_default();
        let counted = counting.count(clock.kind, Some(rule.id), clock.started_at, &history)?;
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
        put(
            tx,
            clock,
            &counted,
            actor,
            (ClockEventKind::Retarget, details),
        )
        .await?;
    }
    let by = (&counting, versions.as_slice(), &facts);
    let to_call = case.contacted_at.is_none() && wants_answer(case.preference);
    for kind in [
        ClockKind::Acknowledgement,
        ClockKind::Resolution,
        ClockKind::Callback,
    ] {
        let last = last_of(&rows, kind);
        let again = match last {
            Some(clock) => was_let_go(tx, clock).await?,
            None => true,
        };
        if !again || (kind == ClockKind::Callback && !to_call) {
            continue;
        }
        let since = last.map_or(case.received_at, |clock| clock.started_at);
        promise(tx, case, &rows, (kind, since), by).await?;
    }
    confirmed(tx, case).await
}
