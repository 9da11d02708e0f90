//! When somebody is warned of something that falls due.

use chrono::{DateTime, NaiveDate, Utc};

use super::{calendar::Calendar, due::Pause, legal_term::LegalDates};

/// When somebody is warned of a promise, in minutes of opening time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    /// Before it falls due.
    pub before: Vec<u32>,
    /// After it fell due.
    pub after: Vec<u32>,
}

/// A moment at which somebody is warned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// So many open days before the day to work towards, of a term of the law.
    Safe(u32),
    /// So many minutes of opening time before it falls due.
    Before(u32),
    /// The instant it falls due.
    Due,
    /// So many minutes of opening time after it fell due.
    After(u32),
}

impl std::fmt::Display for Level {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Safe(days) => write!(formatter, "safe:{days}"),
            Self::Before(minutes) => write!(formatter, "before:{minutes}"),
            Self::Due => formatter.write_str("due"),
            Self::After(minutes) => write!(formatter, "after:{minutes}"),
        }
    }
}

impl std::str::FromStr for Level {
    type Err = tenants::UnknownText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || tenants::UnknownText {
            kind: "Level",
            value: text.to_owned(),
        };
        let (word, number) = text.split_once(':').unwrap_or((text, "0"));
        let number = number.parse().map_err(|_| unknown())?;
        match word {
            "safe" => Ok(Self::Safe(number)),
            "before" => Ok(Self::Before(number)),
            "due" => Ok(Self::Due),
            "after" => Ok(Self::After(number)),
            _ => Err(unknown()),
        }
    }
}

/// Open days before the day to work towards on which somebody is warned of a term of the law.
const SAFE_DAYS: [u32; 3] = [10, 3, 0];

/// When somebody is warned of a promise that falls due at `due`, in order. What lies before it began is left out.
#[must_use]
pub fn promise_levels(
    warnings: &Warnings,
    calendar: &Calendar,
    started: DateTime<Utc>,
    due: DateTime<Utc>,
    pauses: &[Pause],
) -> Vec<(DateTime<Utc>, Level)> {
    let before = warnings.before.iter().filter_map(|minutes| {
        let amount = chrono::TimeDelta::minutes(i64::from(*minutes));
        let at = calendar.before_pauses(due, amount, pauses)?;
        (at > started).then_some((at, Level::Before(*minutes)))
    });
    let after = warnings.after.iter().filter_map(|minutes| {
        let amount = chrono::TimeDelta::minutes(i64::from(*minutes));
        Some((calendar.after(due, amount)?, Level::After(*minutes)))
    });
    let mut levels: Vec<_> = before.chain([(due, Level::Due)]).chain(after).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// When somebody is warned of a term of the law, in order: at opening time of the last open days before the day to work towards, and
/// when the law's last day is over.
#[must_use]
pub fn legal_levels(
    dates: &LegalDates,
    office: &Calendar,
    started: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, Level)> {
    let mut levels = safe_levels(dates.safe, office, started);
    levels.push((due, Level::Due));
    levels.sort_unstable();
    levels
}

/// When somebody is warned of a day to work towards, in order.
#[must_use]
pub fn safe_levels(
    safe: NaiveDate,
    office: &Calendar,
    started: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, Level)> {
    let mut levels = Vec::new();
    let mut day = safe;
    let mut back = 0;
    let first = office.local_day(started);
    while day > first {
        if let Some((from, _)) = office.openings(day).first() {
            if SAFE_DAYS.contains(&back)
                && let Some(at) = office.instant(day, *from)
            {
                levels.push((at, Level::Safe(back)));
            }
            back += 1;
        }
        if SAFE_DAYS.iter().all(|days| *days < back) {
            break;
        }
        let Some(before) = day.pred_opt() else { break };
        day = before;
    }
    levels.sort_unstable();
    levels
}
