//! What a new calendar does to open clocks: they are counted again, in batches, by the promise they were made under or by the law. What
//! has stopped keeps its result.

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Db, TenantId, TenantTx};
use utoipa::ToSchema;

use super::{
    calendar_store::{self, CalendarVersionId, LegalCalendarVersion, OfficeCalendar},
    clock::{ClockEventKind, EventDetails},
    clock_store::{self, ClockId},
    due_dates::{DueCalculator, DueDates, histories},
    entity::clock,
    moved_promises::{MovedPromise, TellMoved},
    service_rule::ClockKind,
    stopping,
};
use crate::{
    Error, audit,
    cases::{self, CaseId, Viewer},
    deadlines::{Calendar, LegalCalendar},
    jobs::{self, Failure, Job, JobKind},
};

/// Clocks counted in one transaction.
const BATCH: u64 = 1_000;

/// Counts the open clocks again after a change of the calendar.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecountClocks {
    /// The calendar to count by. When there is a newer one, its own job does the work.
    pub calendar: CalendarVersionId,
    /// The last clock that was counted.
    pub after: Option<ClockId>,
    /// Whether this is the nightly check: then nothing should move, and what does is reported.
    #[serde(default)]
    pub check: bool,
}

/// The local hour at which every open clock is counted again, to be sure.
const CHECK_HOUR: u32 = 3;

/// Whether it is the hour for the nightly check in a zone.
pub(crate) fn is_check_hour(now: DateTime<Utc>, zone: Tz) -> bool {
    now.with_timezone(&zone).hour() == CHECK_HOUR
}

/// Asks for the nightly check when it is the hour for it in the municipality's zone. It is asked for at most a few times a night, and
/// doing it twice does no more than doing it once.
pub async fn schedule_nightly_check(tx: &TenantTx) -> Result<(), Error> {
    let office = match calendar_store::current_office(tx).await {
        // The platform's own organisation promises nothing.
        Err(Error::NotFound) => return Ok(()),
        newest => newest?,
    };
    if !is_check_hour(tx.now(), office.calendar.zone()) {
        return Ok(());
    }
    let job = RecountClocks {
        calendar: office.version,
        after: None,
        check: true,
    };
    jobs::enqueue(tx, &job).await
}

/// An open clock that falls due at another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MoveItem)]
pub struct Moved {
    /// Reference of the case, where moves of several cases are told.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Of which case.
    #[serde(skip)]
    pub case: CaseId,
    /// What it measures.
    pub kind: ClockKind,
    /// When it was due, in UTC; none when that was not known.
    pub from: Option<DateTime<Utc>>,
    /// When it is due now, in UTC; none when that is not known.
    pub to: Option<DateTime<Utc>>,
}

/// Moves that are told one by one.
const MOVES_TOLD: usize = 50;

/// What a calendar would move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MoveList)]
pub struct Moves {
    /// How many open clocks would move.
    pub count: usize,
    /// The first fifty, what falls due first on top.
    pub items: Vec<Moved>,
}

async fn open_clocks(
    tx: &TenantTx,
    after: Option<ClockId>,
    limit: u64,
) -> Result<Vec<clock::Model>, Error> {
    let mut query = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null());
    if let Some(after) = after {
        query = query.filter(clock::Column::Id.gt(after));
    }
    Ok(query
        .order_by_asc(clock::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// A clock with what it counts to now, when that differs from what is stored.
async fn differing(
    tx: &TenantTx,
    calculator: &DueCalculator,
    clocks: Vec<clock::Model>,
) -> Result<Vec<(clock::Model, DueDates)>, Error> {
    let mut histories = histories(tx, &clocks).await?;
    let mut differing = Vec::new();
    for clock in clocks {
        let history = histories.remove(&clock.id).unwrap_or_default();
        let dates = calculator.recalculate(&clock, &history)?;
        let stored = (
            clock.due_at,
            clock.nominal_on,
            clock.legal_on,
            clock.safe_on,
        );
        if stored != (dates.due, dates.nominal, dates.legal, dates.safe) {
            differing.push((clock, dates));
        }
    }
    Ok(differing)
}

fn moved(clock: &clock::Model, dates: &DueDates) -> Option<Moved> {
    (clock.due_at != dates.due).then_some(Moved {
        reference: String::new(),
        case: clock.case_id,
        kind: clock.kind,
        from: clock.due_at,
        to: dates.due,
    })
}

async fn previewed(
    tx: &TenantTx,
    viewer: Viewer,
    calculator: &DueCalculator,
) -> Result<Moves, Error> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let clocks = open_clocks(tx, after, BATCH).await?;
        after = clocks.last().map(|clock| clock.id);
        let full = u64::try_from(clocks.len()).is_ok_and(|count| count == BATCH);
        let differing = differing(tx, calculator, clocks).await?;
        all.extend(
            differing
                .iter()
                .filter_map(|(clock, dates)| moved(clock, dates)),
        );
        if !full {
            break;
        }
    }
    all.sort_by_key(|moved| (moved.from, moved.case, moved.kind));
    let unseen = cases::unseen_ids(tx, viewer).await?;
    all.retain(|moved| !unseen.contains(&moved.case));
    let count = all.len();
    all.truncate(MOVES_TOLD);
    let references = cases::references(tx, viewer, all.iter().map(|moved| moved.case)).await?;
    for moved in &mut all {
        moved.reference = references.get(&moved.case).cloned().unwrap_or_default();
    }
    Ok(Moves { count, items: all })
}

/// Which open clocks would move if this were the municipality's calendar, in the order in which they fall due now. Changes nothing.
pub async fn preview_calendar(
    tx: &TenantTx,
    viewer: Viewer,
    calendar: &Calendar,
) -> Result<Moves, Error> {
    let mut calculator = DueCalculator::load(tx).await?;
    calculator.office = OfficeCalendar {
        calendar: std::sync::Arc::new(calendar.clone()),
        ..calculator.office
    };
    previewed(tx, viewer, &calculator).await
}

/// Which open clocks would move if this were the law's calendar, as [`preview`].
pub async fn preview_legal_calendar(
    tx: &TenantTx,
    viewer: Viewer,
    calendar: LegalCalendar,
) -> Result<Moves, Error> {
    let mut calculator = DueCalculator::load(tx).await?;
    calculator.law = LegalCalendarVersion {
        calendar,
        ..calculator.law
    };
    previewed(tx, viewer, &calculator).await
}

/// Counts one batch again. Gives back the last clock when there may be more.
async fn recount(tx: &TenantTx, job: &RecountClocks) -> Result<Option<ClockId>, Error> {
    let (law, _) = calendar_store::stored_legal_calendar(tx).await?;
    let calculator = DueCalculator::load(tx).await?;
    let office = calculator.office.version;
    if job.calendar != office && job.calendar != law {
        return Ok(None);
    }
    let clocks = open_clocks(tx, job.after, BATCH).await?;
    let last = clocks.last().map(|clock| clock.id);
    let full = u64::try_from(clocks.len()).is_ok_and(|count| count == BATCH);
    let differing = differing(tx, &calculator, clocks).await?;
    let now = tx.now();
    // Clocks that fall due together move together: one statement for each new instant, not for each clock.
    let mut groups: BTreeMap<_, (Vec<ClockId>, Vec<CaseId>)> = BTreeMap::new();
    let mut events = Vec::new();
    let mut moves = Vec::new();
    for (clock, mut dates) in differing {
        if let Some(moved) = moved(&clock, &dates) {
            let (who, due) = ((None, now), (moved.from, moved.to));
            let mut event = clock_store::event(tx, clock.id, ClockEventKind::Move, who, due);
            event.calendar_version_id = Set(dates.calendar);
            events.push(event);
            moves.push(moved);
        }
        let next = dates.next_after_move(clock.due_at, now);
        let why = (ClockEventKind::Move, &EventDetails::default());
        let breached = stopping::breach_after(&clock, why, &dates, now);
        dates.levels.clear();
        let (clocks, called) = groups.entry((dates, next, breached)).or_default();
        clocks.push(clock.id);
        if clock.kind == ClockKind::Callback {
            called.push(clock.case_id);
        }
    }
    for ((dates, next, breached), (clocks, called)) in groups {
        clock_store::due_update(tx, &dates, next)
            .col_expr(clock::Column::BreachedAt, Expr::value(breached))
            .filter(clock::Column::Id.is_in(clocks))
            .exec(tx)
            .await?;
        if let Some(due) = dates.due
            && !called.is_empty()
        {
            let due = breached.map_or(due, |breached| breached.min(due));
            cases::move_due(tx, called, due).await?;
        }
    }
    if job.check && !moves.is_empty() {
        tracing::error!(
            tenant = %tx.tenant(),
            clocks = moves.len(),
            "the nightly check found clocks that fell due at a wrong instant, and set them right"
        );
        audit::record(
            tx,
            None,
            audit::Action::ClockCorrect,
            ("calendar", Some(job.calendar.0)),
            json!({ "clocks": moves.len() }),
        )
        .await?;
    }
    tx.insert_all(events).await?;
    let promises: Vec<MovedPromise> = moves
        .iter()
        .filter(|moved| moved.kind == ClockKind::Callback)
        .filter_map(|moved| {
            Some(MovedPromise {
                case: moved.case,
                from: moved.from?,
                to: moved.to?,
            })
        })
        .collect();
    if !promises.is_empty() {
        jobs::enqueue(tx, &TellMoved { promises }).await?;
    }
    let moves = moves.iter().map(|moved| {
        let details = json!({ "clock": moved.kind, "from": moved.from, "to": moved.to });
        (moved.case, details)
    });
    cases::record_due_moves(tx, moves).await?;
    Ok(last.filter(|_| full))
}

impl Job for RecountClocks {
    const KIND: JobKind = JobKind::RecountClocks;
    type Context = Db;

    async fn run(&self, owner: TenantId, db: &Db) -> Result<(), Failure> {
        let tx = db.write(owner).await?;
        if let Some(last) = recount(&tx, self).await? {
            let next = Self {
                calendar: self.calendar,
                after: Some(last),
                check: self.check,
            };
            jobs::enqueue(&tx, &next).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
