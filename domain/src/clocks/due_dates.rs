//! Counting clocks: from a row with its events to when it falls due and when somebody is warned, by what holds now.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::TenantTx;

use super::{
    calendar_store::{self, CalendarVersionId, LegalCalendarVersion, OfficeCalendar},
    clock::{self, ClockEvent, ClockEventKind, History},
    clock_store::ClockId,
    entity::{clock as row, clock_event},
    rule_store::{self, RuleVersion, RuleVersionId},
    service_rule::{ClockKind, Facts, RuleTerms},
};
use crate::{
    Error,
    deadlines::{
        Calendar, Due, LegalDates, LegalProblem, Level, legal_levels, promise_levels, safe_levels,
    },
};

/// What clocks are counted by.
pub(super) struct DueCalculator {
    /// The municipality's calendar.
    pub office: OfficeCalendar,
    /// The law's calendar.
    pub law: LegalCalendarVersion,
    /// Every promise that was ever made, the newest first.
    pub rules: Vec<RuleVersion>,
}

/// What counting a clock gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DueDates {
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

impl DueDates {
    /// The first warning after an instant.
    pub(super) fn next_alert(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.levels.iter().map(|(at, _)| *at).find(|at| *at > after)
    }

    /// The next warning of a clock that falls due at another instant than before. What has passed is not announced again, except that it
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

impl DueCalculator {
    /// What holds now.
    pub(super) async fn load(tx: &TenantTx) -> Result<Self, Error> {
        let (office, law) = calendar_store::current(tx).await?;
        Ok(Self {
            office,
            law,
            rules: rule_store::rules(tx).await?,
        })
    }

    /// As [`DueCalculator::load`], for clocks that begin: each names the law's calendar it is counted by, so that is written down.
    pub(super) async fn load_for_start(tx: &TenantTx) -> Result<Self, Error> {
        let mut calculator = Self::load(tx).await?;
        calendar_store::store_law(tx, &mut calculator.law).await?;
        Ok(calculator)
    }

    /// A promise by its id.
    pub(super) fn rule(&self, id: Option<RuleVersionId>) -> Option<&RuleVersion> {
        rule_store::by_id(&self.rules, id)
    }

    /// The promise of a kind for a message, for a clock that begins at an instant.
    pub(super) fn choose_rule(
        &self,
        kind: ClockKind,
        facts: &Facts,
        at: DateTime<Utc>,
    ) -> Option<&RuleVersion> {
        let day = self.office.calendar.local_day(at);
        rule_store::choose_rule(&self.rules, kind, facts, (day, at))
    }

    /// Counts a clock of a kind that began at an instant, under a promise or under the law.
    pub(super) fn calculate(
        &self,
        kind: ClockKind,
        rule: Option<RuleVersionId>,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<DueDates, Error> {
        match rule {
            None if kind == ClockKind::Agreement => self.agreement_due(started, history),
            None => Ok(DueDates {
                calendar: self.law.version,
                office: Some(self.office.version),
                ..self.legal_due(kind, started, history)?
            }),
            Some(rule) => {
                let rule = self
                    .rule(Some(rule))
                    .ok_or_else(|| Error::bug("a clock without its promise"))?;
                Ok(DueDates {
                    calendar: Some(self.office.version),
                    ..self.promise_due(rule, started, history)?
                })
            }
        }
    }

    /// What was agreed is due when the office closes on the day that was named, or on the last open day before it.
    fn agreement_due(&self, started: DateTime<Utc>, history: &History) -> Result<DueDates, Error> {
        let calendar = &self.office.calendar;
        let due = history
            .agreed_until
            .and_then(|day| end_of_day(calendar, day, started))
            .ok_or_else(|| Error::bug("an agreement without a day"))?;
        let warnings = RuleTerms::default().warnings();
        Ok(DueDates {
            due: Some(due),
            levels: promise_levels(&warnings, calendar, started, due, &[]),
            calendar: Some(self.office.version),
            ..DueDates::default()
        })
    }

    fn promise_due(
        &self,
        rule: &RuleVersion,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<DueDates, Error> {
        let calendar = &self.office.calendar;
        let due = due(rule, calendar, started, history)?.at;
        Ok(DueDates {
            due: Some(due),
            levels: promise_levels(
                &rule.terms.warnings(),
                calendar,
                started,
                due,
                &history.pauses,
            ),
            ..DueDates::default()
        })
    }

    fn legal_due(
        &self,
        kind: ClockKind,
        started: DateTime<Utc>,
        history: &History,
    ) -> Result<DueDates, Error> {
        let office = &self.office.calendar;
        let legal = clock::legal_dates(kind, started, history, office, &self.law.calendar);
        let warns = warns(kind, history);
        match legal {
            Ok(dates) => {
                let due = end_of_term(&dates, office)?;
                Ok(DueDates {
                    due: Some(due),
                    nominal: Some(dates.nominal),
                    legal: Some(dates.legal),
                    safe: Some(dates.safe),
                    levels: if warns {
                        legal_levels(&dates, office, started, due)
                    } else {
                        Vec::new()
                    },
                    ..DueDates::default()
                })
            }
            Err(LegalProblem::UnknownYear { .. }) => {
                // Nobody knows the last day yet; whoever works towards the end of the weeks is never late.
                let (term, weeks) = (clock::legal_term(kind, history.advised), history.adjourned);
                let safe = term.nominal_safe(started, weeks, office, &self.law.calendar);
                let levels = safe
                    .filter(|_| warns)
                    .map(|safe| safe_levels(safe, office, started));
                Ok(DueDates {
                    nominal: term.nominal(started, office.zone(), weeks),
                    safe,
                    levels: levels.unwrap_or_default(),
                    ..DueDates::default()
                })
            }
            Err(problem) => Err(Error::bug(problem)),
        }
    }

    /// Counts a clock again.
    pub(super) fn recalculate(
        &self,
        clock: &row::Model,
        history: &History,
    ) -> Result<DueDates, Error> {
        self.calculate(clock.kind, clock.rule_version_id, clock.started_at, history)
    }
}

/// Longest row of days on which the office is closed that is looked back over.
const CLOSED_MAX: usize = 60;

/// When a day ends for whoever agreed to do something until then, as it was said at `since`: when the office closes, on that day or the last
/// open one before it. A day without such a one ends at midnight.
fn end_of_day(calendar: &Calendar, day: NaiveDate, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let closing = std::iter::successors(Some(day), NaiveDate::pred_opt)
        .take(CLOSED_MAX)
        .find_map(|day| calendar.closing(day))
        .filter(|at| *at > since);
    closing.or_else(|| {
        let midnight = calendar.instant(day.succ_opt()?, 0)?;
        Some(midnight - TimeDelta::microseconds(1))
    })
}

/// Whether somebody is warned of a clock: of the four weeks to refuse a complaint only whoever means to refuse it (Awb art. 9:8).
pub(super) fn warns(kind: ClockKind, history: &History) -> bool {
    kind != ClockKind::NotDealtWith || history.refusing
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

fn end_of_term(dates: &LegalDates, office: &Calendar) -> Result<DateTime<Utc>, Error> {
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
        .filter(clock_event::Column::Kind.is_in(ClockEventKind::COMPUTED))
        .order_by_asc(clock_event::Column::At)
        .order_by_asc(clock_event::Column::Id)
        .all(tx)
        .await?;
    let mut events: HashMap<ClockId, Vec<ClockEvent>> = HashMap::new();
    for row in rows {
        let clock = row.clock_id;
        events.entry(clock).or_default().push(clock_event(row)?);
    }
    Ok(events
        .into_iter()
        .map(|(clock, events)| (clock, History::of(&events)))
        .collect())
}

/// As [`histories`], of one clock.
pub(super) async fn history(tx: &TenantTx, clock: &row::Model) -> Result<History, Error> {
    let mut histories = histories(tx, std::slice::from_ref(clock)).await?;
    Ok(histories.remove(&clock.id).unwrap_or_default())
}

/// An event for the computation.
pub(super) fn clock_event(row: clock_event::Model) -> Result<ClockEvent, Error> {
    Ok(ClockEvent {
        kind: row.kind,
        at: row.at,
        details: match row.details {
            Some(details) => serde_json::from_value(details).map_err(Error::bug)?,
            None => clock::EventDetails::default(),
        },
    })
}
