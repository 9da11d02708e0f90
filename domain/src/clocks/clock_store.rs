//! The clocks of cases: they begin when a message arrives, and what people do stops them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, UpdateMany,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde_json::json;
use tenants::{StaffId, TenantTx, typed_id};

use super::{
    calendar_store::CalendarVersionId,
    clock::{self, ClockEventKind, EventDetails, History},
    due_dates::{self, DueCalculator, DueDates},
    entity::{clock as row, clock_event},
    moved_promises::{MovedPromise, TellMoved},
    rule_store::RuleVersionId,
    service_rule::{ClockKind, Facts},
    stopping::breach_after,
};
use crate::{
    Code, Error,
    cases::{self, CaseId, EventKind, Kind, Preference},
    jobs,
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
    pub(super) rule: Option<RuleVersionId>,
    pub(super) dates: DueDates,
}

impl NewClock {
    /// A clock of a kind that begins at an instant, under a promise or under the law.
    pub(super) fn new(
        calculator: &DueCalculator,
        (kind, rule): (ClockKind, Option<RuleVersionId>),
        started_at: DateTime<Utc>,
        history: &History,
    ) -> Result<Self, Error> {
        let dates = calculator.calculate(kind, rule, started_at, history)?;
        Ok(Self {
            kind,
            started_at,
            calendar: dates
                .calendar
                .ok_or_else(|| Error::bug("the law's calendar was not stored"))?,
            rule,
            dates,
        })
    }

    /// What it measures.
    #[must_use]
    pub fn kind(&self) -> ClockKind {
        self.kind
    }

    /// When it falls due, in UTC.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        self.dates.due
    }
}

/// The clocks of a message that came in at `received`: what was promised for such messages, and for a complaint what the law says.
///
/// # Errors
/// [`Error::NotFound`] without a calendar; a bug when a checked calendar does not open for five years.
pub(crate) async fn plan(
    tx: &TenantTx,
    facts: &Facts,
    received: DateTime<Utc>,
    wants_answer: bool,
) -> Result<Vec<NewClock>, Error> {
    let calculator = DueCalculator::load_for_start(tx).await?;
    let mut kinds = vec![ClockKind::Acknowledgement, ClockKind::Resolution];
    if wants_answer {
        kinds.push(ClockKind::Callback);
    }
    let promised = kinds.into_iter().filter_map(|kind| {
        let rule = calculator.choose_rule(kind, facts, received)?;
        Some((kind, Some(rule.id)))
    });
    let legal: &[ClockKind] = match facts.kind {
        Kind::Complaint => &ClockKind::LEGAL,
        _ => &[],
    };
    promised
        .chain(legal.iter().map(|kind| (*kind, None)))
        .map(|what| NewClock::new(&calculator, what, received, &History::default()))
        .collect()
}

/// Lets clocks of a case begin.
pub(crate) async fn start(
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
            (None, new.dates.due),
        ));
        rows.push(new_row(tx, id, case, round, &new));
    }
    tx.insert_all(rows).await?;
    Ok(tx.insert_all(events).await?)
}

/// The ids of cases whose complaint is being dealt with under the law (Awb art. 9:11), for another room's query.
pub(crate) fn cases_in_procedure(tx: &TenantTx) -> SelectStatement {
    complaints(tx)
        .filter(row::Column::StoppedAt.is_null())
        .into_query()
}

/// The ids of cases whose term of the law to deal with a complaint is not over, whether or not it was needed until the end.
pub(crate) fn cases_within_term(tx: &TenantTx) -> SelectStatement {
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
        office_version_id: Set(new.dates.office),
        rule_version_id: Set(new.rule),
        started_at: Set(new.started_at),
        due_at: Set(new.dates.due),
        nominal_on: Set(new.dates.nominal),
        legal_on: Set(new.dates.legal),
        safe_on: Set(new.dates.safe),
        due_version: Set(1),
        changes: Set(0),
        next_alert_at: Set(new.dates.next_alert(new.started_at)),
        level: Set(None),
        agreed: Set(None),
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

/// Something that happened to a running clock.
pub(super) struct Change {
    pub(super) kind: ClockEventKind,
    /// Nobody when the product did it.
    pub(super) actor: Option<StaffId>,
    pub(super) at: DateTime<Utc>,
    pub(super) details: EventDetails,
    pub(super) note: Option<String>,
}

impl Change {
    /// Something that `actor` does now.
    pub(super) fn now(tx: &TenantTx, kind: ClockEventKind, actor: StaffId) -> Self {
        Self {
            kind,
            actor: Some(actor),
            at: tx.now(),
            details: EventDetails::default(),
            note: None,
        }
    }
}

/// Stores an event that takes part in the computation, and what the clock comes to with it.
pub(super) async fn change(tx: &TenantTx, clock: &row::Model, change: Change) -> Result<(), Error> {
    let mut events = events_of(tx, clock.id).await?;
    events.push(clock::ClockEvent {
        kind: change.kind,
        at: change.at,
        details: change.details.clone(),
    });
    events.sort_by_key(|event| event.at);
    let calculator = DueCalculator::load(tx).await?;
    let dates = calculator.recalculate(clock, &History::of(&events))?;
    record_change(tx, clock, &dates, change).await
}

/// Stores what happened to a running clock with the dates it has now, and notes it in the case.
///
/// # Errors
/// [`Code::Changed`] when the clock fell due at another instant meanwhile, or stopped.
pub(super) async fn record_change(
    tx: &TenantTx,
    clock: &row::Model,
    dates: &DueDates,
    change: Change,
) -> Result<(), Error> {
    let kind = change.kind;
    let moved = (clock.due_at, dates.due);
    let mut stored = event(tx, clock.id, kind, (change.actor, change.at), moved);
    stored.details = Set(Some(
        serde_json::to_value(&change.details).map_err(Error::bug)?,
    ));
    stored.reason = Set(change.note);
    tx.insert(stored).await?;
    // What became late while it was paused in a merged case was announced to nobody yet.
    let announced_due = match kind {
        ClockEventKind::Restore if clock.breached_at.is_none() => None,
        _ => clock.due_at,
    };
    let breached = breach_after(clock, (kind, &change.details), dates, tx.now());
    let mut update = due_update(tx, dates, dates.next_after_move(announced_due, tx.now()))
        .col_expr(row::Column::BreachedAt, Expr::value(breached))
        .filter(row::Column::Id.eq(clock.id))
        .filter(row::Column::DueVersion.eq(clock.due_version));
    if kind.changes_computation() {
        update = update.col_expr(row::Column::Changes, Expr::value(clock.changes + 1));
    }
    if update.exec(tx).await?.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    if let (ClockKind::Callback, Some(due)) = (clock.kind, dates.due) {
        // A case that is late stays so in the list.
        let due = breached.map_or(due, |breached| Ord::min(breached, due));
        cases::move_due(tx, vec![clock.case_id], due).await?;
    }
    if let (ClockKind::Callback, Some(from), Some(to)) = (clock.kind, clock.due_at, dates.due)
        && from != to
        && breached.is_none()
    {
        let promises = vec![MovedPromise {
            case: clock.case_id,
            from,
            to,
        }];
        jobs::enqueue(tx, &TellMoved { promises }).await?;
    }
    let details = if kind.changes_computation() {
        json!({ "event": kind, "clock": clock.kind, "details": change.details })
    } else if kind == ClockEventKind::Restart && clock.due_at == dates.due {
        // What moved nothing stands at the clock alone, not in the timeline of the case.
        return Ok(());
    } else {
        json!({ "event": kind, "clock": clock.kind, "from": clock.due_at, "to": dates.due })
    };
    cases::record_event(tx, clock.case_id, EventKind::Clock, change.actor, details).await
}

/// The statement that gives running clocks other dates; the caller says which. They are explained by the calendars they were counted with.
pub(super) fn due_update(
    tx: &TenantTx,
    dates: &DueDates,
    next_alert: Option<DateTime<Utc>>,
) -> UpdateMany<row::Entity> {
    let update = tx
        .update::<row::Entity>()
        .col_expr(row::Column::DueAt, Expr::value(dates.due))
        .col_expr(row::Column::NominalOn, Expr::value(dates.nominal))
        .col_expr(row::Column::LegalOn, Expr::value(dates.legal))
        .col_expr(row::Column::SafeOn, Expr::value(dates.safe))
        .col_expr(row::Column::OfficeVersionId, Expr::value(dates.office))
        .col_expr(
            row::Column::DueVersion,
            Expr::col(row::Column::DueVersion).add(1),
        )
        .col_expr(row::Column::NextAlertAt, Expr::value(next_alert))
        .col_expr(row::Column::Level, Expr::value(Option::<String>::None))
        .filter(row::Column::StoppedAt.is_null());
    match dates.calendar {
        Some(calendar) => update.col_expr(row::Column::CalendarVersionId, Expr::value(calendar)),
        None => update,
    }
}

async fn events_of(tx: &TenantTx, id: ClockId) -> Result<Vec<clock::ClockEvent>, Error> {
    tx.find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.eq(id))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .all(tx)
        .await?
        .into_iter()
        .map(due_dates::clock_event)
        .collect()
}

/// Whether an answer is promised at all to somebody who wants to hear from us in this way.
#[must_use]
pub(crate) fn wants_answer(preference: Preference) -> bool {
    preference != Preference::None
}
