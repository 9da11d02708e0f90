//! When a promise falls due, and why.

use std::iter::successors;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Closed};

/// What a municipality promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "target", rename_all = "camelCase", deny_unknown_fields)]
pub enum ServiceRule {
    /// We call by closing time of the n-th working day after the local date of receipt.
    WorkingDays {
        /// How many, at least 1.
        days: u32,
    },
    /// We call within so many minutes of opening time.
    BusinessMinutes {
        /// How many, at least 1.
        minutes: u32,
    },
}

/// A day on the way from receipt to due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The local day of receipt, which does not count among working days.
    Received(NaiveDate),
    /// The local day of receipt of a promise in hours, which run at once when it is open.
    Arrived(NaiveDate),
    /// Closed: does not count.
    Skipped(NaiveDate, Closed),
    /// The n-th working day.
    Counted(NaiveDate, u32),
    /// So much opening time of this day.
    Used(NaiveDate, TimeDelta),
}

/// When it falls due, with the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The instant, in UTC.
    pub at: DateTime<Utc>,
    /// Day by day, as if the clock had never been paused.
    pub steps: Vec<Step>,
    /// Opening time during which the clock was paused, and by which `at` is later.
    pub paused: TimeDelta,
}

/// Days searched before a calendar counts as unusable: five years.
pub(super) const HORIZON: usize = 5 * 366;

/// From when until when a clock was paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pause {
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Until this instant.
    pub to: DateTime<Utc>,
}

impl ServiceRule {
    /// Whether it is a promise somebody could keep and would wait for: 1 to 60 working days, or 15 minutes to 600 hours of opening time.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        match *self {
            Self::WorkingDays { days } => days >= 1 && days <= 60,
            Self::BusinessMinutes { minutes } => minutes >= 15 && minutes <= 36_000,
        }
    }

    /// When a promise made at `received` falls due; nothing when the calendar does not open often enough within five years.
    #[must_use]
    pub fn due(&self, calendar: &Calendar, received: DateTime<Utc>) -> Option<Due> {
        let (at, steps) = match *self {
            Self::WorkingDays { days } => working_days(calendar, received, days.max(1)),
            Self::BusinessMinutes { minutes } => {
                business_minutes(calendar, received, minutes.max(1))
            }
        }?;
        Some(Due {
            at,
            steps,
            paused: TimeDelta::zero(),
        })
    }

    /// As [`ServiceRule::due`], for a clock that was paused. What was left of the opening time when it stopped is left when it goes on;
    /// pauses may overlap, and one outside of opening hours gives nothing.
    #[must_use]
    pub fn due_after(
        &self,
        calendar: &Calendar,
        received: DateTime<Utc>,
        pauses: &[Pause],
    ) -> Option<Due> {
        let mut due = self.due(calendar, received)?;
        let pauses = merge_pauses(pauses, received);
        if pauses.first().is_none_or(|pause| pause.from >= due.at) {
            return Some(due);
        }
        let amount = calendar.open_between(received, due.at);
        if amount.is_zero() {
            return Some(due);
        }
        let at = calendar.after_pauses(received, amount, &pauses)?;
        due.paused = calendar.open_between(due.at, at);
        // Closing time of a day whose only opening a clock change skips comes after the last opening time that was counted.
        due.at = at.max(due.at);
        Some(due)
    }
}

/// Pauses in order, cut at the beginning, those that touch as one.
pub(super) fn merge_pauses(pauses: &[Pause], from: DateTime<Utc>) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = pauses
        .iter()
        .map(|pause| Pause {
            from: pause.from.max(from),
            to: pause.to,
        })
        .filter(|pause| pause.from < pause.to)
        .collect();
    pauses.sort_by_key(|pause| pause.from);
    let mut merged: Vec<Pause> = Vec::with_capacity(pauses.len());
    for pause in pauses {
        match merged.last_mut() {
            Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
            _ => merged.push(pause),
        }
    }
    merged
}

type DueWithSteps = (DateTime<Utc>, Vec<Step>);

fn working_days(calendar: &Calendar, received: DateTime<Utc>, days: u32) -> Option<DueWithSteps> {
    let first = calendar.local_day(received);
    let mut steps = vec![Step::Received(first)];
    let mut counted = 0;
    for day in successors(first.succ_opt(), NaiveDate::succ_opt).take(HORIZON) {
        if let Some(closed) = calendar.closed(day) {
            steps.push(Step::Skipped(day, closed));
            continue;
        }
        counted += 1;
        steps.push(Step::Counted(day, counted));
        if counted == days {
            return Some((calendar.closing(day)?, steps));
        }
    }
    None
}

fn business_minutes(
    calendar: &Calendar,
    received: DateTime<Utc>,
    minutes: u32,
) -> Option<DueWithSteps> {
    let first = calendar.local_day(received);
    let mut steps = vec![Step::Arrived(first)];
    let mut left = TimeDelta::minutes(i64::from(minutes));
    for day in successors(Some(first), NaiveDate::succ_opt).take(HORIZON) {
        let mut used = TimeDelta::zero();
        for (begin, end) in calendar.open_on(day, received) {
            // Real time between two instants: a block with a clock change in it is an hour shorter or longer.
            let part = left.min(end - begin);
            left -= part;
            used += part;
            if left.is_zero() {
                steps.push(Step::Used(day, used));
                return Some((begin + part, steps));
            }
        }
        if used > TimeDelta::zero() {
            steps.push(Step::Used(day, used));
        } else if let Some(closed) = calendar.closed(day) {
            steps.push(Step::Skipped(day, closed));
        }
    }
    None
}
