//! When a promise falls due, and why.

use chrono::{DateTime, NaiveDate, Utc};
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
    /// The local day of receipt, which does not count.
    Received(NaiveDate),
    /// Closed: does not count.
    Skipped(NaiveDate, Closed),
    /// The n-th working day.
    Counted(NaiveDate, u32),
}

/// When it falls due, with the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The instant, in UTC.
    pub at: DateTime<Utc>,
    /// Day by day.
    pub steps: Vec<Step>,
}

/// Days looked ahead before a calendar is called unusable: five years.
const HORIZON: usize = 5 * 366;

impl ServiceRule {
    /// When a promise made at `received` falls due; nothing when the calendar does not open often enough within five years.
    #[must_use]
    pub fn due(&self, calendar: &Calendar, received: DateTime<Utc>) -> Option<Due> {
        match *self {
            Self::WorkingDays { days } => working_days(calendar, received, days.max(1)),
            Self::BusinessMinutes { minutes } => {
                business_minutes(calendar, received, minutes.max(1))
            }
        }
    }
}

fn working_days(calendar: &Calendar, received: DateTime<Utc>, days: u32) -> Option<Due> {
    let mut day = calendar.local_day(received);
    let mut steps = vec![Step::Received(day)];
    let mut counted = 0;
    for _ in 0..HORIZON {
        day = day.succ_opt()?;
        if let Some(closed) = calendar.closed(day) {
            steps.push(Step::Skipped(day, closed));
            continue;
        }
        counted += 1;
        steps.push(Step::Counted(day, counted));
        if counted == days {
            return Some(Due {
                at: calendar.closing(day)?,
                steps,
            });
        }
    }
    None
}

fn business_minutes(calendar: &Calendar, received: DateTime<Utc>, minutes: u32) -> Option<Due> {
    let mut day = calendar.local_day(received);
    let mut steps = vec![Step::Received(day)];
    let mut left = i64::from(minutes) * 60;
    let mut counted = 0;
    for _ in 0..HORIZON {
        let mut used = false;
        for (from, to) in calendar.openings(day) {
            let begin = calendar.instant(day, *from)?.max(received);
            let end = calendar.instant(day, *to)?;
            // Real seconds between two instants: a block with a clock change in it is an hour shorter or longer.
            let open = (end - begin).num_seconds();
            if open <= 0 {
                continue;
            }
            used = true;
            if left <= open {
                steps.push(Step::Counted(day, counted + 1));
                return Some(Due {
                    at: begin + chrono::TimeDelta::seconds(left),
                    steps,
                });
            }
            left -= open;
        }
        if used {
            counted += 1;
            steps.push(Step::Counted(day, counted));
        } else if let Some(closed) = calendar.closed(day) {
            steps.push(Step::Skipped(day, closed));
        }
        day = day.succ_opt()?;
    }
    None
}
