//! The clocks of cases: they begin when a message arrives, and what people do stops them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde_json::json;
use tenants::{StaffId, TenantTx, typed_id};

use super::{
    calendar_store::{self, CalendarVersionId},
    clock::{self, ClockEventKind, ClockOutcome, EventDetails, History},
    due_dates::{self, Counted, Counting},
    entity::{clock as row, clock_event},
    rule_store::{self, RuleVersionId},
    service_rule::{ClockKind, Facts},
};
use crate::{
    Error,
    cases::{self, CaseId, EventKind, Kind, Preference},
};

pub use row::Model as ClockRow;

typed_id! {
    /// A clock.
    ClockId
}

/// A clock that is about to begin.
#[derive(Clone, Debug)]
pub struct NewClock {
    pub(super) kind: ClockKind,
    pub(super) started_at: DateTime<Utc>,
    pub(super) calendar: CalendarVersionId,
    pub(super) office: Option<CalendarVersionId>,
    pub(super) rule: Option<RuleVersionId>,
    pub(super) counted: Counted,
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
    let (law_version, _) = calendar_store::law_versioned(tx).await?;
    let counting = Counting::now(tx).await?;
    let versions = rule_store::rules(tx).await?;
    let day = counting.office.calendar.local_day(received);
    let mut kinds = vec![ClockKind::Acknowledgement, ClockKind::Resolution];
    if wants_answer {
        kinds.push(ClockKind::Callback);
    }
    let mut clocks = Vec::new();
    for kind in kinds {
        if let Some(rule) = rule_store::choose(&versions, kind, facts, (day, received)) {
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
        rows.push(new_row(tx, id, case, round, &new));
    }
    tx.insert_all(rows).await?;
    Ok(tx.insert_all(events).await?)
}

/// The ids of cases whose complaint is being dealt with under the law (Awb art. 9:11), for another room's query.
pub(crate) fn dealt_with_now(tx: &TenantTx) -> SelectStatement {
    complaints(tx)
        .filter(row::Column::StoppedAt.is_null())
        .into_query()
}

/// The ids of cases whose term of the law to deal with a complaint is not over, whether or not it was needed until the end.
pub(crate) fn within_term(tx: &TenantTx) -> SelectStatement {
    complaints(tx)
        .filter(row::Column::DueAt.gt(tx.now()))
        .into_query()
}

fn complaints(tx: &TenantTx) -> Select<row::Entity> {
    tx.find::<row::Entity>()
        .select_only()
        .column(row::Column::CaseId)
        .filter(row::Column::Kind.eq(ClockKind::DealtWith))
}

/// The row of a clock that begins.
pub(super) fn new_row(
    tx: &TenantTx,
    id: ClockId,
    case: CaseId,
    round: i64,
    new: &NewClock,
) -> row::ActiveModel {
    row::ActiveModel {
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
    }
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

pub(super) async fn rows_of(tx: &TenantTx, case: CaseId) -> Result<Vec<row::Model>, Error> {
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
        let mut stored = event(tx, clock.id, ClockEventKind::Stop, (actor, at), due);
        if let Some(proof) = proof {
            stored.details = Set(Some(serde_json::to_value(proof).map_err(Error::bug)?));
        }
        tx.insert(stored).await?;
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
    // It is explained by what it was counted with.
    let calendar = counted.calendar.unwrap_or(clock.calendar_version_id);
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
        .col_expr(row::Column::CalendarVersionId, Expr::value(calendar))
        .col_expr(row::Column::OfficeVersionId, Expr::value(counted.office))
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
        .map(due_dates::event)
        .collect()
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

/// Stops the clock of the confirmation of receipt: it was sent.
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

/// Whether an answer is promised at all to somebody who wants to hear from us in this way.
#[must_use]
pub(crate) fn wants_answer(preference: Preference) -> bool {
    preference != Preference::None
}
