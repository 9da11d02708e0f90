//! When to try next: in the resident's own window, and on another part of the day than before.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use tenants::text_enum;

use crate::{
    cases::{Case, ContactMoment, ContactResult},
    deadlines::Calendar,
};

text_enum! {
    /// A part of the day on which somebody may be at home or not.
    DayPart {
        /// Before noon.
        Morning = "morning",
        /// From noon to five.
        Afternoon = "afternoon",
        /// After five.
        Evening = "evening",
    }
}

impl DayPart {
    /// The part in which an instant lies.
    #[must_use]
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        match at.with_timezone(&zone).hour() {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// Its first and last minute of the day.
    const fn minutes(self) -> (u32, u32) {
        match self {
            Self::Morning => (0, 12 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening => (17 * 60, 24 * 60),
        }
    }
}

/// The parts of the day on which a call suits, by the words of the form's options; any part when they name none.
#[must_use]
pub fn call_windows(case: &Case) -> Vec<DayPart> {
    let part = |key: &str| match key {
        "ochtend" | "morning" => Some(DayPart::Morning),
        "middag" | "afternoon" => Some(DayPart::Afternoon),
        "avond" | "evening" => Some(DayPart::Evening),
        _ => None,
    };
    let keys = case.call_times.as_array();
    let keys = keys.into_iter().flatten().filter_map(|key| key.as_str());
    let named: Vec<Option<DayPart>> = keys.map(part).collect();
    if named.iter().any(Option::is_none) {
        return Vec::new();
    }
    named.into_iter().flatten().collect()
}

/// When to try next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextTry {
    /// From this instant on, in UTC.
    pub from: DateTime<Utc>,
    /// In this part of the day.
    pub part: DayPart,
    /// Whether the resident asked for this moment.
    pub asked: bool,
}

/// Furthest day that is looked at, in days.
const DAYS: usize = 30;

/// When to try next to reach somebody: at the moment they asked for, or else at the first time the office is open in one of their windows, on a
/// part of the day on which nobody tried yet, or on another day than the last try when all were tried. Nothing when the number is somebody
/// else's, or the office does not open within a month.
#[must_use]
pub fn next_try(
    windows: &[DayPart],
    moments: &[ContactMoment],
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Option<NextTry> {
    let zone = calendar.zone();
    let last = moments
        .iter()
        .filter(|moment| moment.result != ContactResult::MailSent)
        .max_by_key(|moment| moment.at);
    match last.map(|last| (last.result, last.call_at)) {
        Some((ContactResult::WrongNumber, _)) => return None,
        Some((ContactResult::CallLater, Some(at))) => {
            return Some(NextTry {
                from: at,
                part: DayPart::of(at, zone),
                asked: true,
            });
        }
        _ => {}
    }
    let tries: Vec<(NaiveDate, DayPart)> = (moments.iter())
        .filter(|moment| moment.result.is_try())
        .map(|moment| (calendar.local_day(moment.at), DayPart::of(moment.at, zone)))
        .collect();
    let suits = |part: DayPart| windows.is_empty() || windows.contains(&part);
    let slots = || {
        std::iter::successors(Some(calendar.local_day(now)), NaiveDate::succ_opt)
            .take(DAYS)
            .flat_map(|day| parts_of(calendar, day))
            .filter(|(_, end, _)| *end > now)
            .filter(|(_, _, part)| suits(*part))
    };
    let fresh = slots().find(|(_, _, part)| tries.iter().all(|(_, tried)| tried != part));
    let found = fresh.or_else(|| {
        let again = |at, part| tries.contains(&(calendar.local_day(at), part));
        slots().find(|(from, _, part)| !again(*from, *part))
    });
    let (from, _, part) = found?;
    Some(NextTry {
        from: from.max(now),
        part,
        asked: false,
    })
}

/// The opening hours of a day, cut at the parts of the day.
fn parts_of(
    calendar: &Calendar,
    day: NaiveDate,
) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>, DayPart)> {
    let blocks: Vec<(u32, u32)> = calendar.openings(day).to_vec();
    blocks
        .into_iter()
        .flat_map(|(begin, end)| {
            DayPart::ALL.iter().map(move |part| {
                let (first, last) = part.minutes();
                (begin.max(first), end.min(last), *part)
            })
        })
        .filter(|(begin, end, _)| begin < end)
        .filter_map(|(begin, end, part)| {
            Some((
                calendar.instant(day, begin)?,
                calendar.instant(day, end)?,
                part,
            ))
        })
        .collect::<Vec<_>>()
        .into_iter()
}
