//! The simulator against a slow oracle, on a hundred thousand random questions.
//!
//! The oracle knows nothing of the engine's arithmetic. It has a table with one entry for each minute of a window, made by looking at the
//! clock on the wall and the calendar's definition, and walks through it minute by minute, and second by second through a minute in which
//! something begins or ends. Holidays come from a literal table.

mod questions;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::holidays;
use crate::deadlines::{Block, CalendarDefinition, Level, ServiceRule, Warnings};

/// Minutes that the oracle knows.
const MINUTES: usize = 110 * 24 * 60;
/// Days before the clock change at which a window begins.
const AHEAD: TimeDelta = TimeDelta::days(25);

/// What the clock on the wall shows, minute by minute.
struct Window {
    start: DateTime<Utc>,
    first: NaiveDate,
    /// The local day, counted from the first, and how far it has come. A clock that goes back does not open again what was closed: what
    /// counts is the latest time that it showed on that day.
    wall: Vec<(usize, usize)>,
}

impl Window {
    fn around(zone: Tz, day: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        let start = day.and_hms_opt(9, 0, 0).unwrap().and_utc() - AHEAD;
        let first = start.with_timezone(&zone).date_naive();
        let mut wall: Vec<(usize, usize)> = Vec::with_capacity(MINUTES);
        let mut at = start;
        for _ in 0..MINUTES {
            let local = at.with_timezone(&zone);
            let day = usize::try_from((local.date_naive() - first).num_days()).unwrap();
            let shown = usize::try_from(local.hour() * 60 + local.minute()).unwrap();
            let reached = match wall.last() {
                Some((before, reached)) if *before == day => shown.max(*reached),
                _ => shown,
            };
            wall.push((day, reached));
            at += TimeDelta::minutes(1);
        }
        Self { start, first, wall }
    }

    fn at(&self, second: usize) -> DateTime<Utc> {
        self.start + TimeDelta::seconds(i64::try_from(second).unwrap())
    }

    fn day(&self, index: usize) -> NaiveDate {
        self.first + chrono::Days::new(u64::try_from(index).unwrap())
    }
}

/// Minutes since midnight of a written time.
fn minutes(text: &str) -> usize {
    let (hours, minutes) = text.split_once(':').unwrap();
    hours.parse::<usize>().unwrap() * 60 + minutes.parse::<usize>().unwrap()
}

/// What the definition says of a day, as it is written.
fn written(definition: &CalendarDefinition, day: NaiveDate) -> &[Block] {
    if let Some(exception) = definition.exceptions.get(&day) {
        return &exception.blocks;
    }
    if holidays::listed(day).is_some_and(|holiday| definition.holidays.contains(&holiday)) {
        return &[];
    }
    &definition.week[usize::try_from(day.weekday().num_days_from_monday()).unwrap()]
}

/// The plain way to a deadline. Instants are seconds since the beginning of the window.
struct Oracle<'a> {
    window: &'a Window,
    definition: &'a CalendarDefinition,
    open: Vec<bool>,
}

type Still = (usize, usize);

fn runs(pauses: &[Still], second: usize) -> bool {
    !pauses
        .iter()
        .any(|(from, to)| *from <= second && second < *to)
}

/// A stretch within one minute.
#[derive(Clone, Copy, PartialEq)]
enum Stretch {
    /// The clock runs.
    Runs,
    /// It is paused.
    Still,
    /// It stops or goes on somewhere in it: look second by second.
    Both,
}

fn stretch(pauses: &[Still], from: usize, to: usize) -> Stretch {
    let mut found = Stretch::Runs;
    for (begin, end) in pauses {
        if *begin <= from && to <= *end {
            return Stretch::Still;
        }
        if *begin < to && from < *end {
            found = Stretch::Both;
        }
    }
    found
}

impl<'a> Oracle<'a> {
    fn new(window: &'a Window, definition: &'a CalendarDefinition) -> Self {
        let mut days: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
        let mut open = Vec::with_capacity(MINUTES);
        for (day, reached) in &window.wall {
            let table = days.entry(*day).or_insert_with(|| {
                let blocks = written(definition, window.day(*day));
                (0..24 * 60)
                    .map(|minute| {
                        blocks
                            .iter()
                            .any(|Block(from, to)| (minutes(from)..minutes(to)).contains(&minute))
                    })
                    .collect()
            });
            open.push(table[*reached]);
        }
        Self {
            window,
            definition,
            open,
        }
    }

    /// Where so many open seconds after `from` have passed, leaving out pauses; nothing when that lies beyond the window.
    fn walk(&self, from: usize, amount: usize, pauses: &[Still]) -> Option<usize> {
        let mut left = amount;
        let mut at = from;
        while at / 60 < MINUTES {
            let next = (at / 60 + 1) * 60;
            if !self.open[at / 60] {
                at = next;
                continue;
            }
            match stretch(pauses, at, next) {
                Stretch::Still => at = next,
                Stretch::Runs if left <= next - at => return Some(at + left),
                Stretch::Runs => {
                    left -= next - at;
                    at = next;
                }
                Stretch::Both => {
                    while at < next {
                        left -= usize::from(runs(pauses, at));
                        at += 1;
                        if left == 0 {
                            return Some(at);
                        }
                    }
                }
            }
        }
        None
    }

    /// Where so many open seconds before `to` begin; nothing when that is not after `first`.
    fn back(&self, to: usize, amount: usize, pauses: &[Still], first: usize) -> Option<usize> {
        let mut left = amount;
        let mut at = to;
        while at > first {
            let before = (at - 1) / 60 * 60;
            if !self.open[(at - 1) / 60] {
                at = before;
                continue;
            }
            match stretch(pauses, before, at) {
                Stretch::Still => at = before,
                Stretch::Runs if left <= at - before => {
                    return (at - left > first).then_some(at - left);
                }
                Stretch::Runs => {
                    left -= at - before;
                    at = before;
                }
                Stretch::Both => {
                    while at > before {
                        at -= 1;
                        left -= usize::from(runs(pauses, at));
                        if left == 0 {
                            return (at > first).then_some(at);
                        }
                    }
                }
            }
        }
        None
    }

    /// Open seconds between two instants that pass a test.
    fn count(&self, from: usize, to: usize, pauses: &[Still], still: bool) -> usize {
        let mut amount = 0;
        let mut at = from;
        while at < to {
            let next = ((at / 60 + 1) * 60).min(to);
            if self.open[at / 60] {
                amount += match stretch(pauses, at, next) {
                    Stretch::Runs if still => 0,
                    Stretch::Still if !still => 0,
                    Stretch::Runs | Stretch::Still => next - at,
                    Stretch::Both => (at..next)
                        .filter(|second| runs(pauses, *second) != still)
                        .count(),
                };
            }
            at = next;
        }
        amount
    }

    /// Closing time of the n-th working day after the local day of an instant, and those days.
    fn closing(&self, from: usize, days: u32) -> Option<(usize, Vec<NaiveDate>)> {
        let mut day = self.window.wall.get(from / 60)?.0;
        let mut counted = Vec::new();
        while counted.len() < usize::try_from(days).unwrap() {
            day += 1;
            if !written(self.definition, self.window.day(day)).is_empty() {
                counted.push(self.window.day(day));
            }
        }
        let ends = written(self.definition, *counted.last()?)
            .iter()
            .map(|Block(_, to)| minutes(to))
            .max()?;
        // The first minute at which the wall shows closing time or later, of that day or the next.
        let minute =
            (from / 60..MINUTES).find(|minute| self.window.wall[*minute] >= (day, ends))?;
        Some((minute * 60, counted))
    }

    /// When it falls due, how long the clock was paused, and which working days were counted.
    fn due(
        &self,
        received: usize,
        rule: &ServiceRule,
        pauses: &[Still],
    ) -> Option<(usize, usize, Vec<NaiveDate>)> {
        let (due, days) = match *rule {
            ServiceRule::BusinessMinutes { minutes } => {
                let amount = usize::try_from(minutes).unwrap() * 60;
                (self.walk(received, amount, pauses)?, Vec::new())
            }
            ServiceRule::WorkingDays { days } => {
                let (closing, days) = self.closing(received, days)?;
                // Whatever opening time lies before closing time is left when the clock goes on.
                let amount = self.count(received, closing, &[], false);
                let due = if amount == 0 {
                    closing
                } else {
                    self.walk(received, amount, pauses)?.max(closing)
                };
                (due, days)
            }
        };
        Some((due, self.count(received, due, pauses, true), days))
    }

    fn warnings(
        &self,
        received: usize,
        due: usize,
        rules: &Warnings,
        pauses: &[Still],
    ) -> Option<Vec<(DateTime<Utc>, Level)>> {
        let seconds = |minutes: u32| usize::try_from(minutes).unwrap() * 60;
        let mut warnings = vec![(self.window.at(due), Level::Due)];
        for minutes in &rules.before {
            if let Some(at) = self.back(due, seconds(*minutes), pauses, received) {
                warnings.push((self.window.at(at), Level::Before(*minutes)));
            }
        }
        for minutes in &rules.after {
            let at = self.walk(due, seconds(*minutes), &[])?;
            warnings.push((self.window.at(at), Level::After(*minutes)));
        }
        warnings.sort_unstable();
        warnings.dedup();
        Some(warnings)
    }

    /// Nominal, legal and safe day of a term of the law, day by day.
    fn legal(&self, received: NaiveDate, weeks: u64, agreed: Option<NaiveDate>) -> [NaiveDate; 3] {
        let rests = |day: NaiveDate| {
            matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                || holidays::listed(day).is_some()
                || DECREED.contains(&day.to_string().as_str())
        };
        let mut nominal = received;
        for _ in 0..weeks * 7 {
            nominal = nominal.succ_opt().unwrap();
        }
        nominal = agreed.unwrap_or(nominal);
        let mut legal = nominal;
        // Nothing rolls a term of more than twelve weeks for certain (Atw art. 4).
        while agreed.is_none() && weeks <= 12 && rests(legal) {
            legal = legal.succ_opt().unwrap();
        }
        let mut safe = nominal;
        while safe > received && (rests(safe) || written(self.definition, safe).is_empty()) {
            safe = safe.pred_opt().unwrap();
        }
        [nominal, legal, safe]
    }
}

/// Days of 2026 and 2027 equated by royal decree.
const DECREED: [&str; 3] = ["2026-01-02", "2026-05-15", "2027-05-07"];
