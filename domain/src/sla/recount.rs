//! What a new calendar does to open clocks: they are counted again, in batches, by the promise they were made under. What has stopped
//! keeps its result.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Timelike, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{TenantId, TenantTx};

use super::{
    calendar::Calendar,
    due::ServiceRule,
    entity::{clock, clock_event, service_rule_version},
    store::{self, CALLBACK, CalendarVersionId, ClockId, RuleVersionId},
};
use crate::{
    Error, audit,
    cases::{self, CaseId},
    jobs::{self, Failure, Job, Tools},
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
///
/// # Errors
/// When the database does not answer.
pub async fn check_at_night(tx: &TenantTx) -> Result<(), Error> {
    let (calendar, _, prepared, _) = match store::newest(tx).await {
        // The platform's own organisation promises nothing.
        Err(Error::NotFound) => return Ok(()),
        newest => newest?,
    };
    if tx.now().with_timezone(&prepared.zone()).hour() != CHECK_HOUR {
        return Ok(());
    }
    let job = RecountClocks {
        calendar,
        after: None,
        check: true,
    };
    jobs::enqueue(tx, &job).await
}

/// An open clock that falls due at another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Whose promise.
    pub case: CaseId,
    /// When it was due, in UTC.
    pub from: DateTime<Utc>,
    /// When it is due now, in UTC.
    pub to: DateTime<Utc>,
}

type Rules = HashMap<RuleVersionId, ServiceRule>;

async fn rules(tx: &TenantTx) -> Result<Rules, Error> {
    tx.find::<service_rule_version::Entity>()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| {
            let rule = serde_json::from_value(row.definition).map_err(Error::bug)?;
            Ok((row.id, rule))
        })
        .collect()
}

async fn open_clocks(
    tx: &TenantTx,
    after: Option<ClockId>,
    limit: u64,
) -> Result<Vec<clock::Model>, Error> {
    let mut query = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::Kind.eq(CALLBACK));
    if let Some(after) = after {
        query = query.filter(clock::Column::Id.gt(after));
    }
    Ok(query
        .order_by_asc(clock::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// When a clock falls due by another calendar; nothing when that is when it did.
fn moved(clock: &clock::Model, rules: &Rules, calendar: &Calendar) -> Result<Option<Moved>, Error> {
    let due = rules
        .get(&clock.rule_version_id)
        .and_then(|rule| rule.due(calendar, clock.started_at))
        .ok_or_else(|| Error::bug("the calendar does not open within five years"))?;
    Ok((due.at != clock.due_at).then_some(Moved {
        case: clock.case_id,
        from: clock.due_at,
        to: due.at,
    }))
}

/// Which open clocks would move if this were the calendar, in the order in which they fall due now. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn preview(tx: &TenantTx, calendar: &Calendar) -> Result<Vec<Moved>, Error> {
    let rules = rules(tx).await?;
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let clocks = open_clocks(tx, after, BATCH).await?;
        for clock in &clocks {
            all.extend(moved(clock, &rules, calendar)?);
        }
        after = clocks.last().map(|clock| clock.id);
        if u64::try_from(clocks.len()).is_ok_and(|count| count < BATCH) {
            break;
        }
    }
    all.sort_by_key(|moved| (moved.from, moved.case));
    Ok(all)
}

/// Counts one batch again. Gives back the last clock when there may be more.
async fn recount(tx: &TenantTx, job: &RecountClocks) -> Result<Option<ClockId>, Error> {
    let (version, _, calendar, _) = store::newest(tx).await?;
    if version != job.calendar {
        return Ok(None);
    }
    let rules = rules(tx).await?;
    let clocks = open_clocks(tx, job.after, BATCH).await?;
    // Clocks that fall due together move together: one statement for each new instant, not for each clock.
    let mut groups: BTreeMap<DateTime<Utc>, (Vec<ClockId>, Vec<CaseId>)> = BTreeMap::new();
    let mut events = Vec::new();
    let mut told = Vec::new();
    for clock in &clocks {
        let Some(moved) = moved(clock, &rules, &calendar)? else {
            continue;
        };
        let group = groups.entry(moved.to).or_default();
        group.0.push(clock.id);
        group.1.push(clock.case_id);
        events.push(clock_event::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            clock_id: Set(clock.id),
            kind: Set("move".to_owned()),
            actor_id: Set(None),
            reason: Set(None),
            at: Set(tx.now()),
            due_before: Set(Some(moved.from)),
            due_after: Set(Some(moved.to)),
            calendar_version_id: Set(Some(version)),
        });
        told.push(moved);
    }
    for (due, (clocks, cases)) in groups {
        tx.update::<clock::Entity>()
            .col_expr(clock::Column::DueAt, Expr::value(due))
            .col_expr(clock::Column::CalendarVersionId, Expr::value(version))
            .filter(clock::Column::Id.is_in(clocks))
            .filter(clock::Column::StoppedAt.is_null())
            .exec(tx)
            .await?;
        cases::move_due(tx, cases, due).await?;
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
            "clock.correct",
            ("calendar", Some(version.0)),
            json!({ "clocks": told.len() }),
        )
        .await?;
    }
    tx.insert_all(events).await?;
    cases::note_moved(tx, &told).await?;
    let full = u64::try_from(clocks.len()).is_ok_and(|count| count == BATCH);
    Ok(clocks.last().filter(|_| full).map(|clock| clock.id))
}

impl Job for RecountClocks {
    const KIND: &'static str = "sla.recount";

    async fn run(&self, owner: TenantId, tools: &Tools) -> Result<(), Failure> {
        let tx = tools.db.write(owner).await?;
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
