//! What a contact with the resident does to the clocks of a case.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter};
use tenants::{StaffId, TenantTx};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{Change, NewClock, change, rows_of, start},
    due_dates::{DueCalculator, histories},
    entity::{clock as row, clock_event},
    rule_store,
    service_rule::{ClockKind, Facts, PauseReason, attempted, tried},
    stopping::stop,
};
use crate::{
    Error,
    cases::{self, Case, CaseId, ContactResult},
};

/// What a contact does to the clocks of a case. A conversation keeps the promise and ends every wait for the resident; so does a sign of
/// life of the resident, which asks for an answer in its turn; a try may be the last one that a promise asks for.
pub(crate) async fn apply_contact(
    tx: &TenantTx,
    case: &Case,
    actor: impl Into<Option<StaffId>>,
    (result, at, call_at): (ContactResult, DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<(), Error> {
    let actor = actor.into();
    let rows = rows_of(tx, case.id).await?;
    let open: Vec<&row::Model> = rows
        .iter()
        .filter(|clock| clock.stopped_at.is_none())
        .collect();
    let reached = result.keeps_promise(case.preference);
    if let Some(until) = call_at {
        wait_until_called(tx, &open, actor, until).await?;
    }
    if reached {
        for clock in open
            .iter()
            .filter(|clock| matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse))
        {
            stop(tx, clock, at, actor, ClockOutcome::Kept).await?;
        }
    }
    if reached || result == ContactResult::ResidentReplied {
        end_waits(tx, &rows, reached, actor, at).await?;
    }
    match result {
        ContactResult::ResidentReplied => next_response(tx, case, &rows, at).await,
        ContactResult::NoAnswer | ContactResult::MessageLeft | ContactResult::MailSent
            if !reached =>
        {
            enough_tried(tx, case, &open, actor).await
        }
        _ => Ok(()),
    }
}

/// Whoever asked to be called later waits for that moment of their own will: the promise stands still until then, when it may be paused for
/// that.
async fn wait_until_called(
    tx: &TenantTx,
    open: &[&row::Model],
    actor: Option<StaffId>,
    until: DateTime<Utc>,
) -> Result<(), Error> {
    let rules = rule_store::rules(tx).await?;
    for clock in open {
        let answers = matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse);
        let may_wait = rule_store::by_id(&rules, clock.rule_version_id).is_some_and(|rule| {
            let reasons = &rule.terms.pause_reasons;
            reasons.contains(&PauseReason::ResidentAsked)
        });
        if answers && may_wait && clock.due_at.is_some_and(|due| due > tx.now()) {
            let details = EventDetails {
                until: Some(until),
                pause: Some(PauseReason::ResidentAsked),
                ..EventDetails::default()
            };
            let pause = Change {
                kind: ClockEventKind::Pause,
                actor,
                at: tx.now(),
                details,
                note: None,
            };
            change(tx, clock, pause).await?;
        }
    }
    Ok(())
}

async fn end_waits(
    tx: &TenantTx,
    rows: &[row::Model],
    reached: bool,
    actor: Option<StaffId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let histories = histories(tx, rows).await?;
    for clock in rows.iter().filter(|clock| clock.stopped_at.is_none()) {
        let stops_now =
            reached && matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse);
        let waits = histories.get(&clock.id).is_some_and(|history| {
            history.pause_at(at).is_some() && history.reason.is_none_or(PauseReason::ends_by_answer)
        });
        if waits && !stops_now {
            let resume = Change {
                at,
                ..Change::now(tx, ClockEventKind::Resume, actor)
            };
            change(tx, clock, resume).await?;
        }
    }
    Ok(())
}

/// Starts the clock of our next answer, when the first was given, a promise says so and none runs: until the first contact, that promise
/// comes first.
async fn next_response(
    tx: &TenantTx,
    case: &Case,
    rows: &[row::Model],
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let of_kind = || {
        rows.iter()
            .filter(|clock| clock.kind == ClockKind::NextResponse)
    };
    let is_trial = cases::is_trial(&case.reference);
    if is_trial || case.contacted_at.is_none() || of_kind().any(|clock| clock.stopped_at.is_none())
    {
        return Ok(());
    }
    let calculator = DueCalculator::load(tx).await?;
    let facts = Facts::of(tx, case).await?;
    let Some(rule) = calculator.choose_rule(ClockKind::NextResponse, &facts, at) else {
        return Ok(());
    };
    let round = of_kind().map(|clock| clock.round).max().unwrap_or_default() + 1;
    let what = (ClockKind::NextResponse, Some(rule.id));
    let new = NewClock::new(&calculator, what, at, &History::default())?;
    start(tx, case.id, round, vec![new]).await
}

/// When the promise to call or mail fell due as it was made, in UTC; nothing when there was none.
pub(crate) async fn first_promised(
    tx: &TenantTx,
    case: CaseId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let rows = rows_of(tx, case).await?;
    let first = rows
        .iter()
        .filter(|clock| clock.kind == ClockKind::Callback)
        .min_by_key(|clock| clock.round);
    let Some(first) = first.filter(|clock| clock.due_version > 1) else {
        return Ok(None);
    };
    let start = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.eq(first.id))
        .filter(clock_event::Column::Kind.eq(ClockEventKind::Start))
        .one(tx)
        .await?;
    Ok(start.and_then(|start| start.due_after))
}

/// Tries that are asked for where no promise says how many.
const TRIES: u32 = 2;

/// Whether somebody was tried to be reached as often as the promise says, on different parts of the day and with a message that was left.
pub(crate) async fn tried_enough(tx: &TenantTx, case: &Case) -> Result<bool, Error> {
    tried_with(tx, case, true).await
}

/// As [`tried_enough`], whether or not a message was left.
pub(crate) async fn tries_made(tx: &TenantTx, case: &Case) -> Result<bool, Error> {
    tried_with(tx, case, false).await
}

async fn tried_with(tx: &TenantTx, case: &Case, with_message: bool) -> Result<bool, Error> {
    let rules = rule_store::rules(tx).await?;
    let zone = calendar_store::current_office(tx).await?.calendar.zone();
    let rows = rows_of(tx, case.id).await?;
    let promised = rows
        .iter()
        .filter(|clock| clock.kind == ClockKind::Callback)
        .max_by_key(|clock| clock.round)
        .and_then(|clock| {
            rule_store::by_id(&rules, clock.rule_version_id)?
                .terms
                .tries
        });
    let contacts: Vec<_> = cases::contact_moments(tx, case.id)
        .await?
        .iter()
        .map(|moment| (moment.at, moment.result))
        .collect();
    Ok(tried(&contacts, promised.unwrap_or(TRIES), zone, with_message).is_some())
}

/// Whether a contact at `at` would take back that a promise is late: then it is said why it is written down only now.
pub(crate) async fn undoes_lateness(
    tx: &TenantTx,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let rows = rows_of(tx, case).await?;
    Ok(rows.iter().any(|clock| {
        let answers = matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse);
        answers && clock.stopped_at.is_none() && would_undo(clock, at, tx.now())
    }))
}

/// Whether what is written down now as done at `at` takes back that a clock is late, or was before it fell due later.
pub(super) fn would_undo(clock: &row::Model, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let late_since = clock.breached_at.into_iter().chain(clock.due_at).min();
    late_since.is_some_and(|since| since < now && at <= since)
}

/// Stops clocks whose promise asks for so many tries, once they were made. That is an outcome of its own: nobody was reached.
async fn enough_tried(
    tx: &TenantTx,
    case: &Case,
    open: &[&row::Model],
    actor: Option<StaffId>,
) -> Result<(), Error> {
    let rules = rule_store::rules(tx).await?;
    let zone = calendar_store::current_office(tx).await?.calendar.zone();
    let moments = cases::contact_moments(tx, case.id).await?;
    for clock in open {
        let tries =
            rule_store::by_id(&rules, clock.rule_version_id).and_then(|rule| rule.terms.tries);
        let Some(tries) = tries else { continue };
        let contacts: Vec<_> = moments
            .iter()
            .filter(|moment| moment.at >= clock.started_at)
            .map(|moment| (moment.at, moment.result))
            .collect();
        if let Some(at) = attempted(&contacts, tries, zone) {
            stop(tx, clock, at, actor, ClockOutcome::Attempted).await?;
            if clock.kind == ClockKind::Callback {
                cases::tried_enough(tx, case.id).await?;
            }
        }
    }
    Ok(())
}
