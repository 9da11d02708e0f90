//! The clocks of a case with everything that explains them.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::Serialize;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    calendar_store::{self, CalendarVersionId, LegalCalendarVersion, OfficeCalendar},
    clock::{self, ClockEventKind, EventDetails, History, legal_dates, legal_term},
    clock_store::{ClockId, get, rows_of},
    due_dates,
    entity::{clock as row, clock_event},
    rule_store::{self, RuleVersion},
    service_rule::ClockKind,
};
use crate::{
    Error,
    cases::{self, CaseId},
    deadlines::Explanation,
};

/// A clock with everything that explains it.
#[derive(Clone, Debug)]
pub struct CaseClock {
    /// The clock as it is stored.
    pub clock: row::Model,
    /// Why it falls due when it does.
    pub why: Explanation,
    /// What its events amount to.
    pub history: History,
    /// Its promise; none for a term of the law.
    pub rule: Option<RuleVersion>,
    /// What happened to it, oldest first.
    pub events: Vec<EventRow>,
    /// Reference of the case that it is of, when that was merged into the one that it is shown with.
    pub merged: Option<String>,
}

/// What happened to a clock.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClockEventItem)]
pub struct EventRow {
    /// `start`, `pause`, `resume`, `adjourn`, `agree`, `advise`, `refuse`, `move`, `restart`, `retarget`, `restore` or `stop`.
    pub kind: ClockEventKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; nobody when the product did.
    pub actor_id: Option<StaffId>,
    /// What was noted.
    #[serde(skip)]
    pub reason: Option<String>,
    /// What it says.
    #[serde(skip)]
    pub details: EventDetails,
    /// When it fell due before.
    pub due_before: Option<DateTime<Utc>>,
    /// When it fell due after.
    pub due_after: Option<DateTime<Utc>>,
}

/// The clocks of a case, each explained by the calendar and the promise it was counted by; then the terms of the law and the agreements of
/// cases that were merged into it, which go on by themselves.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<CaseClock>, Error> {
    let merged: HashMap<CaseId, String> = cases::merged_cases(tx, case)
        .await?
        .into_iter()
        .map(|other| (other.id, other.reference))
        .collect();
    let mut rows = rows_of(tx, case).await?;
    if !merged.is_empty() {
        let of_others = tx
            .find::<row::Entity>()
            .filter(row::Column::CaseId.is_in(merged.keys().copied()))
            .filter(row::Column::Kind.is_in(ClockKind::LASTING))
            .order_by_asc(row::Column::StartedAt)
            .order_by_asc(row::Column::Id)
            .all(tx)
            .await?;
        rows.extend(of_others);
    }
    let mut clocks = explain(tx, rows).await?;
    for clock in &mut clocks {
        clock.merged = merged.get(&clock.clock.case_id).cloned();
    }
    Ok(clocks)
}

async fn explain(tx: &TenantTx, rows: Vec<row::Model>) -> Result<Vec<CaseClock>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let rules = rule_store::rules(tx).await?;
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
    let mut offices: HashMap<CalendarVersionId, OfficeCalendar> = HashMap::new();
    let mut laws: HashMap<CalendarVersionId, LegalCalendarVersion> = HashMap::new();
    let mut clocks = Vec::new();
    for clock in rows {
        let office_version = clock.office_version_id.unwrap_or(clock.calendar_version_id);
        if let Entry::Vacant(place) = offices.entry(office_version) {
            place.insert(calendar_store::office_at(tx, office_version).await?);
        }
        if clock.kind.is_legal()
            && let Entry::Vacant(place) = laws.entry(clock.calendar_version_id)
        {
            place.insert(calendar_store::legal_calendar_at(tx, clock.calendar_version_id).await?);
        }
        let office = offices
            .get(&office_version)
            .ok_or_else(|| Error::bug("just put there"))?;
        clocks.push(explained(clock, office, &laws, &rules, &mut events)?);
    }
    Ok(clocks)
}

/// One clock, explained.
pub async fn get_explained(tx: &TenantTx, id: ClockId) -> Result<CaseClock, Error> {
    let case = get(tx, id).await?.case_id;
    of_case(tx, case)
        .await?
        .into_iter()
        .find(|clock| clock.clock.id == id)
        .ok_or(Error::NotFound)
}

fn explained(
    clock: row::Model,
    office: &OfficeCalendar,
    laws: &HashMap<CalendarVersionId, LegalCalendarVersion>,
    rules: &[RuleVersion],
    events: &mut HashMap<ClockId, Vec<clock_event::Model>>,
) -> Result<CaseClock, Error> {
    let events = events.remove(&clock.id).unwrap_or_default();
    let history: Vec<clock::ClockEvent> = events
        .iter()
        .cloned()
        .map(due_dates::clock_event)
        .collect::<Result<_, _>>()?;
    let history = History::of(&history);
    let rule = rule_store::by_id(rules, clock.rule_version_id).cloned();
    let why = if let Some(rule) = &rule {
        Explanation::Promise(
            due_dates::due(rule, &office.calendar, clock.started_at, &history)?,
            rule.rule.clone(),
        )
    } else if let (ClockKind::Agreement, Some(day)) = (clock.kind, history.agreed_until) {
        Explanation::Agreed(day)
    } else {
        let law = laws
            .get(&clock.calendar_version_id)
            .ok_or_else(|| Error::bug("a term of the law without its calendar"))?;
        Explanation::Law(
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
        merged: None,
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
        actor_id: row.actor_id,
        reason: row.reason.clone(),
        due_before: row.due_before,
        due_after: row.due_after,
        details: due_dates::clock_event(row)?.details,
    })
}

/// Erases what staff wrote about people in the events of the clocks of a case: reasons, and where an agreement is kept. Instants stay.
pub(crate) async fn erase_words(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let clocks = rows_of(tx, case).await?;
    let events = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.is_in(clocks.iter().map(|clock| clock.id)))
        .all(tx)
        .await?;
    for event in events {
        let mut details = event.details.clone();
        if let Some(serde_json::Value::Object(values)) = &mut details {
            values.remove("keptAt");
        }
        if event.reason.is_none() && details == event.details {
            continue;
        }
        tx.update::<clock_event::Entity>()
            .col_expr(clock_event::Column::Reason, Expr::value(None::<String>))
            .col_expr(clock_event::Column::Details, Expr::value(details))
            .filter(clock_event::Column::Id.eq(event.id))
            .exec(tx)
            .await?;
    }
    tx.update::<row::Entity>()
        .col_expr(row::Column::Agreed, Expr::value(""))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Agreed.is_not_null())
        .exec(tx)
        .await?;
    Ok(())
}
