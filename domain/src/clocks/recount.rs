//! What a new calendar does to open clocks: they are counted again, in batches, by the promise they were made under or by the law. What
//! has stopped keeps its result.

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Db, TenantId, TenantTx};

use super::{
    calendar_store::{self, CalendarVersionId, Law, Office},
    clock::ClockEventKind,
    clock_store::{self, ClockId},
    due_dates::{Counted, Counting, histories},
    entity::clock,
    service_rule::ClockKind,
};
use crate::{
    Error, audit,
    cases::{self, CaseId},
    deadlines::{Calendar, LegalCalendar},
    jobs::{self, Failure, Job},
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

/// Asks for the nightly check when it is the hour for it in the municipality's zone. It is asked for at most a few times a night, and
/// doing it twice does no more than doing it once.
pub async fn check_at_night(tx: &TenantTx) -> Result<(), Error> {
    let office = match calendar_store::newest(tx).await {
        // The platform's own organisation promises nothing.
        Err(Error::NotFound) => return Ok(()),
        newest => newest?,
    };
    if tx.now().with_timezone(&office.calendar.zone()).hour() != CHECK_HOUR {
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Of which case.
    pub case: CaseId,
    /// What it measures.
    pub kind: ClockKind,
    /// When it was due, in UTC; none when that was not known.
    pub from: Option<DateTime<Utc>>,
    /// When it is due now, in UTC; none when that is not known.
    pub to: Option<DateTime<Utc>>,
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
    counting: &Counting,
    clocks: Vec<clock::Model>,
) -> Result<Vec<(clock::Model, Counted)>, Error> {
    let mut histories = histories(tx, &clocks).await?;
    let mut differing = Vec::new();
    for clock in clocks {
        let history = histories.remove(&clock.id).unwrap_or_default();
        let counted = counting.recount(&clock, &history)?;
        let stored = (
            clock.due_at,
            clock.nominal_on,
            clock.legal_on,
            clock.safe_on,
        );
        if stored != (counted.due, counted.nominal, counted.legal, counted.safe) {
            differing.push((clock, counted));
        }
    }
    Ok(differing)
}

fn moved(clock: &clock::Model, counted: &Counted) -> Option<Moved> {
    (clock.due_at != counted.due).then_some(Moved {
        case: clock.case_id,
        kind: clock.kind,
        from: clock.due_at,
        to: counted.due,
    })
}

async fn previewed(tx: &TenantTx, counting: &Counting) -> Result<Vec<Moved>, Error> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let clocks = open_clocks(tx, after, BATCH).await?;
        after = clocks.last().map(|clock| clock.id);
        let full = u64::try_from(clocks.len()).is_ok_and(|count| count == BATCH);
        let differing = differing(tx, counting, clocks).await?;
        all.extend(
            differing
                .iter()
                .filter_map(|(clock, counted)| moved(clock, counted)),
        );
        if !full {
            break;
        }
    }
    all.sort_by_key(|moved| (moved.from, moved.case, moved.kind));
    Ok(all)
}

/// Which open clocks would move if this were the municipality's calendar, in the order in which they fall due now. Changes nothing.
pub async fn preview(tx: &TenantTx, calendar: &Calendar) -> Result<Vec<Moved>, Error> {
    let mut counting = Counting::now(tx).await?;
    counting.office = Office {
        calendar: std::sync::Arc::new(calendar.clone()),
        ..counting.office
    };
    previewed(tx, &counting).await
}

/// Which open clocks would move if this were the law's calendar, as [`preview`].
pub async fn preview_law(tx: &TenantTx, calendar: LegalCalendar) -> Result<Vec<Moved>, Error> {
    let mut counting = Counting::now(tx).await?;
    counting.law = Law {
        calendar,
        ..counting.law
    };
    previewed(tx, &counting).await
}

/// Counts one batch again. Gives back the last clock when there may be more.
async fn recount(tx: &TenantTx, job: &RecountClocks) -> Result<Option<ClockId>, Error> {
    let (law, _) = calendar_store::law_versioned(tx).await?;
    let counting = Counting::now(tx).await?;
    let office = counting.office.version;
    if job.calendar != office && job.calendar != law {
        return Ok(None);
    }
    let clocks = open_clocks(tx, job.after, BATCH).await?;
    let last = clocks.last().map(|clock| clock.id);
    let full = u64::try_from(clocks.len()).is_ok_and(|count| count == BATCH);
    let differing = differing(tx, &counting, clocks).await?;
    let now = tx.now();
    // Clocks that fall due together move together: one statement for each new instant, not for each clock.
    let mut groups: BTreeMap<_, (Counted, Vec<ClockId>)> = BTreeMap::new();
    let mut promised: BTreeMap<DateTime<Utc>, Vec<CaseId>> = BTreeMap::new();
    let mut events = Vec::new();
    let mut told = Vec::new();
    for (clock, counted) in differing {
        let next = counted.next_after_move(clock.due_at, now);
        let key = (
            clock.kind.is_legal(),
            counted.due,
            counted.nominal,
            counted.legal,
            counted.safe,
            next,
        );
        if let Some(moved) = moved(&clock, &counted) {
            let mut event = clock_store::event(
                tx,
                clock.id,
                ClockEventKind::Move,
                (None, now),
                (moved.from, moved.to),
            );
            let version = if clock.kind.is_legal() { law } else { office };
            event.calendar_version_id = Set(Some(version));
            events.push(event);
            told.push(moved);
        }
        if let (ClockKind::Callback, Some(due)) = (clock.kind, counted.due) {
            promised.entry(due).or_default().push(clock.case_id);
        }
        groups
            .entry(key)
            .or_insert_with(|| (counted, Vec::new()))
            .1
            .push(clock.id);
    }
    for ((is_legal, _, _, _, _, next), (counted, clocks)) in groups {
        let mut update = tx
            .update::<clock::Entity>()
            .col_expr(clock::Column::DueAt, Expr::value(counted.due))
            .col_expr(clock::Column::NextAlertAt, Expr::value(next))
            .col_expr(clock::Column::Level, Expr::value(Option::<String>::None))
            .col_expr(
                clock::Column::DueVersion,
                Expr::col(clock::Column::DueVersion).add(1),
            );
        update = if is_legal {
            update
                .col_expr(clock::Column::NominalOn, Expr::value(counted.nominal))
                .col_expr(clock::Column::LegalOn, Expr::value(counted.legal))
                .col_expr(clock::Column::SafeOn, Expr::value(counted.safe))
                .col_expr(clock::Column::CalendarVersionId, Expr::value(law))
                .col_expr(clock::Column::OfficeVersionId, Expr::value(office))
        } else {
            update.col_expr(clock::Column::CalendarVersionId, Expr::value(office))
        };
        update
            .filter(clock::Column::Id.is_in(clocks))
            .filter(clock::Column::StoppedAt.is_null())
            .exec(tx)
            .await?;
    }
    for (due, moved) in promised {
        cases::move_due(tx, moved, due).await?;
    }
    if job.check && !told.is_empty() {
        tracing::error!(
            tenant = %tx.tenant(),
            clocks = told.len(),
            "the nightly check found clocks that fell due at a wrong instant, and set them right"
        );
        audit::record(
            tx,
            None,
            audit::Action::ClockCorrect,
            ("calendar", Some(job.calendar.0)),
            json!({ "clocks": told.len() }),
        )
        .await?;
    }
    tx.insert_all(events).await?;
    let moves = told.iter().map(|moved| {
        let details = json!({ "clock": moved.kind, "from": moved.from, "to": moved.to });
        (moved.case, details)
    });
    cases::note_due_moves(tx, moves).await?;
    Ok(last.filter(|_| full))
}

impl Job for RecountClocks {
    const KIND: &'static str = "clocks.recount";
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
