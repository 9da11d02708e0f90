//! Counting clocks: from a row with its events to when it falls due and when somebody is warned, by what holds now.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::TenantTx;

use super::{
    calendar_store::{self, CalendarVersionId, Law, Office},
    clock::{self, ClockEvent, ClockEventKind, History},
    clock_store::ClockId,
    entity::{clock as row, clock_event},
    rule_store::{self, RuleVersion, RuleVersionId},
    service_rule::ClockKind,
};
use crate::{
    Error,
    deadlines::{Calendar, Due, LegalDates, LegalProblem, Level, legal_levels, promise_levels},
};

/// What clocks are counted by.
pub(super) struct Counting {
    /// The municipality's calendar.
    pub office: Office,
    /// The law's calendar.
    pub law: Law,
    /// Every promise that was ever made.
    pub rules: HashMap<RuleVersionId, RuleVersion>,
}

/// What counting a clock gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// When it falls due; nothing while the law's calendar does not reach that far.
    pub due: Option<DateTime<Utc>>,
    /// The day on which the weeks of a term of the law end.
    pub nominal: Option<NaiveDate>,
    /// The last day that the law gives.
    pub legal: Option<NaiveDate>,
    /// The day to work towards.
    pub safe: Option<NaiveDate>,
    /// When somebody is warned, in order.
    pub levels: Vec<(DateTime<Utc>, Level)>,
    /// The calendar it was counted by, the law's for its terms: what explains it. Nothing while the law's was never written down.
    pub calendar: Option<CalendarVersionId>,
    /// The office's calendar beside that of the law.
    pub office: Option<CalendarVersionId>,
}

impl Counted {
    /// The first warning after an instant.
    pub(super) fn next_alert(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.levels.iter().map(|(at, _)| *at).find(|at| *at > after)
    }

    /// The next warning of a clock that falls due at another instant than before. What lies behind now is not told again, except that it
    /// is late when it was not before: a change of the calendar is no storm of messages.
    pub(super) fn next_after_move(
        &self,
        before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let was_late = before.is_some_and(|due| due <= now);
        match self.due {
            Some(due) if due <= now && !was_late => Some(due),
            _ => self.next_alert(now),
        }
    }
}

impl Counting {
    /// What holds now.
    pub(super) async fn now(tx: &TenantTx) -> Result<Self, Error> {
        Ok(Self {
            office: calendar_store::newest(tx).await?,
            law: calendar_store::law_now(tx).await?,
            rules: rule_store::rules_by_id(tx).await?,
        })
    }

    /// Counts a clock of a kind that began at an instant, under a promise or under the law.
    pub(super) fn count(
        &self,
        kind: ClockKind,
        rule: Option<RuleVersionId>,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<Counted, Error> {
        match rule {
            None => Ok(Counted {
                calendar: self.law.version,
                office: Some(self.office.version),
                ..self.law(kind, started, history)?
            }),
            Some(rule) => {
                let rule = self
                    .rules
                    .get(&rule)
                    .ok_or_else(|| Error::bug("a clock without its promise"))?;
                Ok(Counted {
                    calendar: Some(self.office.version),
                    ..self.promise(rule, started, history)?
                })
            }
        }
    }

    fn promise(
        &self,
        rule: &RuleVersion,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<Counted, Error> {
        let calendar = &self.office.calendar;
        let due = due(rule, calendar, started, history)?.at;
        Ok(Counted {
            due: Some(due),
            levels: promise_levels(
                &rule.terms.warnings(),
                calendar,
                started,
                due,
                &history.pauses,
            ),
            ..Counted::default()
        })
    }

    fn law(
        &self,
        kind: ClockKind,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<Counted, Error> {
        let office = &self.office.calendar;
        let dates = clock::legal_dates(kind, started, history, office, &self.law.calendar);
        match dates {
            Ok(dates) => {
                let due = ends(&dates, office)?;
                Ok(Counted {
                    due: Some(due),
                    nominal: Some(dates.nominal),
                    legal: Some(dates.legal),
                    safe: Some(dates.safe),
                    levels: legal_levels(&dates, office, started, due),
                    ..Counted::default()
                })
            }
            Err(LegalProblem::UnknownYear { .. }) => Ok(Counted {
                nominal: clock::legal_term(kind, history.advised).nominal(
                    started,
                    office.zone(),
                    history.adjourned,
                ),
                ..Counted::default()
            }),
            Err(problem) => Err(Error::bug(problem)),
        }
    }

    /// Counts a clock again.
    pub(super) fn recount(&self, clock: &row::Model, history: &History) -> Result<Counted, Error> {
        self.count(clock.kind, clock.rule_version_id, clock.started_at, history)
    }
}

/// When a promise falls due, with the way there.
pub(super) fn due(
    rule: &RuleVersion,
    calendar: &Calendar,
    started: DateTime<Utc>,
    history: &History,
) -> Result<Due, Error> {
    rule.rule
        .due_after(calendar, started, &history.pauses)
        .ok_or_else(|| Error::bug("the calendar does not open within five years"))
}

fn ends(dates: &LegalDates, office: &Calendar) -> Result<DateTime<Utc>, Error> {
    dates
        .ends(office)
        .ok_or_else(|| Error::bug("a day without an end"))
}

/// The events that change how clocks are counted, by clock. Clocks without such events are not asked for.
pub(super) async fn histories(
    tx: &TenantTx,
    clocks: &[row::Model],
) -> Result<HashMap<ClockId, History>, Error> {
    let changed: Vec<ClockId> = clocks
        .iter()
        .filter(|clock| clock.changes > 0)
        .map(|clock| clock.id)
        .collect();
    if changed.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::ClockId.is_in(changed))
        .filter(clock_event::Column::Kind.is_in([
            ClockEventKind::Pause,
            ClockEventKind::Resume,
            ClockEventKind::Adjourn,
            ClockEventKind::Agree,
            ClockEventKind::Advise,
        ]))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .all(tx)
        .await?;
    let mut events: HashMap<ClockId, Vec<ClockEvent>> = HashMap::new();
    for row in rows {
        let clock = row.clock_id;
        events.entry(clock).or_default().push(event(row)?);
    }
    Ok(events
        .into_iter()
        .map(|(clock, events)| (clock, History::of(&events)))
        .collect())
}

/// An event for the computation.
pub(super) fn event(row: clock_event::Model) -> Result<ClockEvent, Error> {
    Ok(ClockEvent {
        kind: row.kind,
        at: row.at,
        details: match row.details {
            Some(details) => serde_json::from_value(details).map_err(Error::bug)?,
            None => clock::EventDetails::default(),
        },
    })
}
