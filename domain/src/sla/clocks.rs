//! The clocks of cases: they begin when a message arrives, and what people do stops them.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{StaffId, TenantTx, typed_id};

use super::{
    calendars::{self, CalendarVersionId, Law, Office},
    clock::{
        self, ClockEventKind, ClockOutcome, EventDetails, History, Why, legal_dates, legal_term,
    },
    counting::{self, Counted, Counting, histories},
    entity::{clock as row, clock_event},
    rule::{ClockKind, Facts, attempted},
    rules::{self, RuleVersion, RuleVersionId},
};
use crate::{
    Error,
    cases::{self, Case, CaseId, ContactResult, EventKind, Kind, Preference},
};

pub use row::Model as ClockRow;

typed_id! {
    /// A clock.
    ClockId
}

/// A clock that is about to begin.
#[derive(Clone, Debug)]
pub struct NewClock {
    kind: ClockKind,
    started_at: DateTime<Utc>,
    calendar: CalendarVersionId,
    office: Option<CalendarVersionId>,
    rule: Option<RuleVersionId>,
    counted: Counted,
}

impl NewClock {
    /// What it measures.
    #[must_use]
    pub fn kind(&self) -> ClockKind {
        self.kind
    }

    /// When it falls due, in UTC.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        self.counted.due
    }
}

/// The clocks of a message that came in at `received`: what was promised for such messages, and for a complaint what the law says.
///
/// # Errors
/// [`Error::NotFound`] without a calendar; a bug when a checked calendar does not open for five years.
pub(crate) async fn prepare(
    tx: &TenantTx,
    facts: &Facts,
    received: DateTime<Utc>,
    wants_answer: bool,
) -> Result<Vec<NewClock>, Error> {
    let (law_version, _) = calendars::law_versioned(tx).await?;
    let counting = Counting::now(tx).await?;
    let versions = rules::rules(tx).await?;
    let day = counting.office.calendar.local_day(received);
    let mut kinds = vec![ClockKind::Acknowledgement, ClockKind::Resolution];
    if wants_answer {
        kinds.push(ClockKind::Callback);
    }
    let mut clocks = Vec::new();
    for kind in kinds {
        if let Some(rule) = rules::choose(&versions, kind, facts, day) {
            clocks.push(NewClock {
                kind,
                started_at: received,
                calendar: counting.office.version,
                office: None,
                rule: Some(rule.id),
                counted: counting.count(kind, Some(rule.id), received, &History::default())?,
            });
        }
    }
    if facts.kind == Kind::Complaint {
        for kind in [ClockKind::NotDealtWith, ClockKind::DealtWith] {
            clocks.push(NewClock {
                kind,
                started_at: received,
                calendar: law_version,
                office: Some(counting.office.version),
                rule: None,
                counted: counting.count(kind, None, received, &History::default())?,
            });
        }
    }
    Ok(clocks)
}

/// Lets clocks of a case begin.
pub(crate) async fn begin(
    tx: &TenantTx,
    case: CaseId,
    round: i64,
    clocks: Vec<NewClock>,
) -> Result<(), Error> {
    let mut rows = Vec::new();
    let mut events = Vec::new();
    for new in clocks {
        let id: ClockId = tx.new_id();
        events.push(event(
            tx,
            id,
            ClockEventKind::Start,
            (None, new.started_at),
            (None, new.counted.due),
        ));
        rows.push(row::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            case_id: Set(case),
            kind: Set(new.kind),
            round: Set(round),
            calendar_version_id: Set(new.calendar),
            office_version_id: Set(new.office),
            rule_version_id: Set(new.rule),
            started_at: Set(new.started_at),
            due_at: Set(new.counted.due),
            nominal_on: Set(new.counted.nominal),
            legal_on: Set(new.counted.legal),
            safe_on: Set(new.counted.safe),
            due_version: Set(1),
            changes: Set(0),
            next_alert_at: Set(new.counted.next_alert(new.started_at)),
            level: Set(None),
            breached_at: Set(None),
            stopped_at: Set(None),
            outcome: Set(None),
        });
    }
    tx.insert_all(rows).await?;
    Ok(tx.insert_all(events).await?)
}

/// An event to store: who did it and when it was, when the clock was due before and after.
pub(super) fn event(
    tx: &TenantTx,
    clock: ClockId,
    kind: ClockEventKind,
    (actor, at): (Option<StaffId>, DateTime<Utc>),
    (due_before, due_after): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> clock_event::ActiveModel {
    clock_event::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        clock_id: Set(clock),
        kind: Set(kind),
        actor_id: Set(actor),
        reason: Set(None),
        at: Set(at),
        due_before: Set(due_before),
        due_after: Set(due_after),
        calendar_version_id: Set(None),
        details: Set(None),
    }
}

async fn rows_of(tx: &TenantTx, case: CaseId) -> Result<Vec<row::Model>, Error> {
    Ok(tx
        .find::<row::Entity>()
        .filter(row::Column::CaseId.eq(case))
        .order_by_asc(row::Column::StartedAt)
        .order_by_asc(row::Column::Id)
        .all(tx)
        .await?)
}

/// One clock by its id.
pub(super) async fn get(tx: &TenantTx, id: ClockId) -> Result<row::Model, Error> {
    tx.find::<row::Entity>()
        .filter(row::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Stops a clock, once: of two who stop it at once the first counts.
pub(super) async fn stop(
    tx: &TenantTx,
    clock: &row::Model,
    at: DateTime<Utc>,
    actor: Option<StaffId>,
    in_time: ClockOutcome,
) -> Result<(), Error> {
    let outcome = clock::outcome(clock.due_at, at, in_time);
    let breached = match (clock.breached_at, outcome, clock.due_at) {
        (None, ClockOutcome::Late, due) => due,
        (known, _, _) => known,
    };
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
        let due = (clock.due_at, clock.due_at);
        tx.insert(event(tx, clock.id, ClockEventKind::Stop, (actor, at), due))
            .await?;
    }
    Ok(())
}

/// Counts a clock again after something happened to it that changes how it is counted, and stores the event.
pub(super) async fn change(
    tx: &TenantTx,
    clock: &row::Model,
    kind: ClockEventKind,
    (actor, at): (Option<StaffId>, DateTime<Utc>),
    (details, reason): (EventDetails, Option<String>),
) -> Result<(), Error> {
    let mut stored = event(tx, clock.id, kind, (actor, at), (clock.due_at, None));
    stored.details = Set(Some(serde_json::to_value(&details).map_err(Error::bug)?));
    stored.reason = Set(reason);
    // The event itself takes part in the computation.
    let mut changed = clock.clone();
    changed.changes += 1;
    let counting = Counting::now(tx).await?;
    let mut events = events_of(tx, clock.id).await?;
    events.push(clock::ClockEvent {
        kind,
        at,
        details: details.clone(),
    });
    events.sort_by_key(|event| event.at);
    let counted = counting.recount(clock, &History::of(&events))?;
    stored.due_after = Set(counted.due);
    tx.insert(stored).await?;
    let updated = tx
        .update::<row::Entity>()
        .col_expr(row::Column::DueAt, Expr::value(counted.due))
        .col_expr(row::Column::NominalOn, Expr::value(counted.nominal))
        .col_expr(row::Column::LegalOn, Expr::value(counted.legal))
        .col_expr(row::Column::SafeOn, Expr::value(counted.safe))
        .col_expr(
            row::Column::DueVersion,
            Expr::col(row::Column::DueVersion).add(1),
        )
        .col_expr(row::Column::Changes, Expr::value(changed.changes))
        .col_expr(
            row::Column::NextAlertAt,
            Expr::value(counted.next_after_move(clock.due_at, tx.now())),
        )
        .col_expr(row::Column::Level, Expr::value(Option::<String>::None))
        .filter(row::Column::Id.eq(clock.id))
        .filter(row::Column::StoppedAt.is_null())
        .filter(row::Column::DueVersion.eq(clock.due_version))
        .exec(tx)
        .await?;
    if updated.rows_affected == 0 {
        return Err(Error::refused(crate::Code::Changed));
    }
    if let (ClockKind::Callback, Some(due)) = (clock.kind, counted.due) {
        cases::move_due(tx, vec![clock.case_id], due).await?;
    }
    cases::note_event(
        tx,
        clock.case_id,
        EventKind::Clock,
        actor,
        json!({ "event": kind, "clock": clock.kind, "details": details }),
    )
    .await
}

async fn events_of(tx: &TenantTx, id: ClockId) -> Result<Vec<clock::ClockEvent>, Error> {
    tx.find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.eq(id))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .all(tx)
        .await?
        .into_iter()
        .map(counting::event)
        .collect()
}

/// What a contact does to the clocks of a case. A conversation keeps the promise and ends every wait for the resident; so does a sign of
/// life of the resident, which asks for an answer in its turn; a try may be the last one that a promise asks for.
pub(crate) async fn contact(
    tx: &TenantTx,
    case: &Case,
    actor: StaffId,
    result: ContactResult,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let rows = rows_of(tx, case.id).await?;
    let open: Vec<&row::Model> = rows
        .iter()
        .filter(|clock| clock.stopped_at.is_none())
        .collect();
    let reached = result.keeps_promise(case.preference);
    if reached {
        for clock in open
            .iter()
            .filter(|clock| matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse))
        {
            stop(tx, clock, at, Some(actor), ClockOutcome::Kept).await?;
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

async fn end_waits(
    tx: &TenantTx,
    rows: &[row::Model],
    reached: bool,
    actor: StaffId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let histories = histories(tx, rows).await?;
    for clock in rows.iter().filter(|clock| clock.stopped_at.is_none()) {
        let stops_now =
            reached && matches!(clock.kind, ClockKind::Callback | ClockKind::NextResponse);
        let waits = histories.get(&clock.id).is_some_and(|history| {
            history.pause_at(at).is_some()
                && history
                    .reason
                    .is_none_or(super::PauseReason::ends_by_answer)
        });
        if waits && !stops_now {
            let said = (EventDetails::default(), None);
            change(tx, clock, ClockEventKind::Resume, (Some(actor), at), said).await?;
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
    if case.contacted_at.is_none() || of_kind().any(|clock| clock.stopped_at.is_none()) {
        return Ok(());
    }
    let counting = Counting::now(tx).await?;
    let versions = rules::rules(tx).await?;
    let facts = cases::facts(tx, case).await?;
    let day = counting.office.calendar.local_day(at);
    let Some(rule) = rules::choose(&versions, ClockKind::NextResponse, &facts, day) else {
        return Ok(());
    };
    let round = of_kind().map(|clock| clock.round).max().unwrap_or_default() + 1;
    let new = NewClock {
        kind: ClockKind::NextResponse,
        started_at: at,
        calendar: counting.office.version,
        office: None,
        rule: Some(rule.id),
        counted: counting.count(
            ClockKind::NextResponse,
            Some(rule.id),
            at,
            &History::default(),
        )?,
    };
    begin(tx, case.id, round, vec![new]).await
}

/// Stops clocks whose promise asks for so many tries, once they were made. That is an outcome of its own: nobody was reached.
async fn enough_tried(
    tx: &TenantTx,
    case: &Case,
    open: &[&row::Model],
    actor: StaffId,
) -> Result<(), Error> {
    let rules = rules::rules_by_id(tx).await?;
    let zone = calendars::newest(tx).await?.calendar.zone();
    let moments = cases::contact_moments(tx, case.id).await?;
    for clock in open {
        let tries = clock
            .rule_version_id
            .and_then(|rule| rules.get(&rule))
            .and_then(|rule| rule.terms.tries);
        let Some(tries) = tries else { continue };
        let contacts: Vec<_> = moments
            .iter()
            .filter(|moment| moment.at >= clock.started_at)
            .map(|moment| (moment.at, moment.result))
            .collect();
        if let Some(at) = attempted(&contacts, tries, zone) {
            stop(tx, clock, at, Some(actor), ClockOutcome::Attempted).await?;
            if clock.kind == ClockKind::Callback {
                cases::tried_enough(tx, case.id).await?;
            }
        }
    }
    Ok(())
}

/// Stops what still runs when a case is closed: it is resolved and dealt with; what was not needed any more before it fell due is dropped.
pub(crate) async fn close(
    tx: &TenantTx,
    case: CaseId,
    at: DateTime<Utc>,
    actor: StaffId,
) -> Result<(), Error> {
    for clock in rows_of(tx, case).await? {
        if clock.stopped_at.is_some() {
            continue;
        }
        let in_time = match clock.kind {
            ClockKind::Resolution | ClockKind::DealtWith => ClockOutcome::Kept,
            ClockKind::Callback
            | ClockKind::NextResponse
            | ClockKind::Acknowledgement
            | ClockKind::NotDealtWith => ClockOutcome::Dropped,
        };
        stop(tx, &clock, at, Some(actor), in_time).await?;
    }
    Ok(())
}

/// Stops the clock of the confirmation of receipt: it was written.
pub(crate) async fn acknowledged(
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

/// A clock with everything that explains it.
#[derive(Clone, Debug)]
pub struct CaseClock {
    /// The clock as it is stored.
    pub clock: row::Model,
    /// Why it falls due when it does.
    pub why: Why,
    /// What its events amount to.
    pub history: History,
    /// Its promise; none for a term of the law.
    pub rule: Option<RuleVersion>,
    /// What happened to it, oldest first.
    pub events: Vec<EventRow>,
}

/// What happened to a clock, for a list.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// What.
    pub kind: ClockEventKind,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Who did it; nobody when the product did.
    pub actor: Option<StaffId>,
    /// What was noted.
    pub reason: Option<String>,
    /// What it says.
    pub details: EventDetails,
    /// When it was due before.
    pub due_before: Option<DateTime<Utc>>,
    /// When it was due after.
    pub due_after: Option<DateTime<Utc>>,
}

/// The clocks of a case, each explained by the calendar and the promise it was counted by.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<CaseClock>, Error> {
    let rows = rows_of(tx, case).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let rules = rules::rules_by_id(tx).await?;
    let mut events: HashMap<ClockId, Vec<clock_event::Model>> = HashMap::new();
    let stored = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .all(tx)
        .await?;
    for event in stored {
        events.entry(event.clock_id).or_default().push(event);
    }
    let mut offices: HashMap<CalendarVersionId, Office> = HashMap::new();
    let mut laws: HashMap<CalendarVersionId, Law> = HashMap::new();
    let mut clocks = Vec::new();
    for clock in rows {
        let office_version = clock.office_version_id.unwrap_or(clock.calendar_version_id);
        if let Entry::Vacant(place) = offices.entry(office_version) {
            place.insert(calendars::office_at(tx, office_version).await?);
        }
        if clock.kind.is_legal() && !laws.contains_key(&clock.calendar_version_id) {
            let law = calendars::law_at(tx, clock.calendar_version_id).await?;
            laws.insert(clock.calendar_version_id, law);
        }
        let office = offices
            .get(&office_version)
            .ok_or_else(|| Error::bug("just put there"))?;
        clocks.push(explained(clock, office, &laws, &rules, &mut events)?);
    }
    Ok(clocks)
}

/// One clock, explained.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn one(tx: &TenantTx, id: ClockId) -> Result<CaseClock, Error> {
    let case = get(tx, id).await?.case_id;
    of_case(tx, case)
        .await?
        .into_iter()
        .find(|clock| clock.clock.id == id)
        .ok_or(Error::NotFound)
}

fn explained(
    clock: row::Model,
    office: &Office,
    laws: &HashMap<CalendarVersionId, Law>,
    rules: &HashMap<RuleVersionId, RuleVersion>,
    events: &mut HashMap<ClockId, Vec<clock_event::Model>>,
) -> Result<CaseClock, Error> {
    let events = events.remove(&clock.id).unwrap_or_default();
    let history: Vec<clock::ClockEvent> = events
        .iter()
        .cloned()
        .map(counting::event)
        .collect::<Result<_, _>>()?;
    let history = History::of(&history);
    let rule = clock.rule_version_id.and_then(|id| rules.get(&id)).cloned();
    let why = if let Some(rule) = &rule {
        Why::Promise(
            counting::due(rule, &office.calendar, clock.started_at, &history)?,
            rule.rule.clone(),
        )
    } else {
        let law = laws
            .get(&clock.calendar_version_id)
            .ok_or_else(|| Error::bug("a term of the law without its calendar"))?;
        Why::Law(
            legal_term(clock.kind, history.advised),
            legal_dates(
                clock.kind,
                clock.started_at,
                &history,
                &office.calendar,
                &law.calendar,
            ),
        )
    };
    Ok(CaseClock {
        why,
        history,
        rule,
        events: events
            .into_iter()
            .map(event_row)
            .collect::<Result<_, _>>()?,
        clock,
    })
}

fn event_row(row: clock_event::Model) -> Result<EventRow, Error> {
    Ok(EventRow {
        kind: row.kind,
        at: row.at,
        actor: row.actor_id,
        reason: row.reason.clone(),
        due_before: row.due_before,
        due_after: row.due_after,
        details: counting::event(row)?.details,
    })
}

/// Whether an answer is promised at all to somebody who wants to hear from us in this way.
#[must_use]
pub(crate) fn wants_answer(preference: Preference) -> bool {
    preference != Preference::None
}
