//! When a municipality is open.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::holidays::Holiday;
use crate::{Error, FieldErrors};

/// Longest reason for a day that differs, in characters.
pub(crate) const REASON_MAX: usize = 200;
/// Most days that differ.
const EXCEPTIONS_MAX: usize = 1_000;
/// Years around today in which a day may differ and a promise may begin.
pub(crate) const YEARS_MAX: i32 = 10;

/// A calendar as an administrator writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CalendarDefinition {
    /// IANA zone.
    pub zone: Tz,
    /// Opening blocks of each weekday, Monday first, as `["08:30", "17:00"]`; `24:00` may end a day.
    pub week: [Vec<Block>; 7],
    /// Holidays on which it is closed.
    pub holidays: Vec<Holiday>,
    /// Single days that differ: their own blocks (none: closed), and why.
    pub exceptions: BTreeMap<NaiveDate, Exception>,
}

/// From when to when, local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block(pub String, pub String);

/// A day that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Exception {
    /// Its opening blocks; none when closed.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Why, for residents and colleagues.
    pub reason: String,
}

impl Exception {
    /// The day on which both hold: open when both are open.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = |one: &Block, other: &Block| {
            let from = one.0.clone().max(other.0.clone());
            let to = one.1.clone().min(other.1.clone());
            (from < to).then_some(Block(from, to))
        };
        let blocks = self.blocks.iter();
        let blocks = blocks.flat_map(|one| other.blocks.iter().filter_map(|two| both(one, two)));
        let blocks = blocks.collect();
        let reason = if self.reason == other.reason {
            self.reason
        } else {
            let both = format!("{}; {}", self.reason, other.reason);
            both.chars().take(REASON_MAX).collect()
        };
        Self { blocks, reason }
    }
}

/// Why a calendar cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// Not a time of day.
    #[error("{0} is not a time such as 08:30")]
    Time(String),
    /// Ends before it begins; a block over midnight has to be split.
    #[error("the block {0}-{1} ends before it begins")]
    Backwards(String, String),
    /// Two blocks of a day share time.
    #[error("the blocks of a day overlap")]
    Overlap,
    /// There is no opening, ever: every deadline would be nonsense.
    #[error("the calendar has no future opening")]
    NeverOpen,
}

impl CalendarProblem {
    /// The word under which locale files know it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Time(_) => "not_a_time",
            Self::Backwards(..) => "block_backwards",
            Self::Overlap => "blocks_overlap",
            Self::NeverOpen => "never_open",
        }
    }

    /// What it is about, as it was written.
    #[must_use]
    pub fn about(&self) -> String {
        match self {
            Self::Time(text) => text.clone(),
            Self::Backwards(from, to) => format!("{from}-{to}"),
            Self::Overlap | Self::NeverOpen => String::new(),
        }
    }
}

/// Minutes since midnight.
type Minutes = u32;

/// A calendar made fit to count with.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Tz,
    week: [Vec<(Minutes, Minutes)>; 7],
    /// The days of the holidays in the years around its making, in order: looking a day up is far cheaper than computing Easter.
    holidays: Vec<(NaiveDate, Holiday)>,
    exceptions: BTreeMap<NaiveDate, (Vec<(Minutes, Minutes)>, String)>,
}

/// Years before and after its making for which a calendar knows its holidays: longer than anything is ever due.
const HOLIDAY_YEARS: i32 = 30;

/// Most minutes that a clock change skips: a zone may even skip a whole day, when it changes sides of the date line.
const SKIPPED_MAX: i64 = 24 * 60;

/// Why it is closed on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// A weekday without opening.
    Weekday,
    /// A holiday.
    Holiday(Holiday),
    /// A decision of the municipality, with its reason.
    Exception(String),
}

impl CalendarDefinition {
    /// What most town halls keep: Monday to Friday 08:30-17:00, closed on the holidays of the Cao Gemeenten.
    #[must_use]
    pub fn office_hours(zone: Tz) -> Self {
        let day = || vec![Block("08:30".to_owned(), "17:00".to_owned())];
        Self {
            zone,
            week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
            holidays: Holiday::CAO.to_vec(),
            exceptions: BTreeMap::new(),
        }
    }

    /// Checks a calendar that is to hold from now on. What is wrong with its hours is told at `field`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a calendar that cannot be used.
    pub fn check(&self, today: NaiveDate, field: &str) -> Result<Calendar, Error> {
        let mut errors = FieldErrors::default();
        for (day, exception) in &self.exceptions {
            let reason = exception.reason.trim().chars().count();
            if reason == 0 {
                errors.add("reason", "required");
            } else if reason > REASON_MAX {
                errors.add_with("reason", "too_long", "max", REASON_MAX);
            }
            if (day.year() - today.year()).abs() > YEARS_MAX {
                errors.add("day", "not_a_date");
            }
        }
        if self.exceptions.len() > EXCEPTIONS_MAX {
            errors.add_with(field, "too_many", "max", EXCEPTIONS_MAX);
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        Calendar::prepare(self, today).map_err(|problem| {
            let mut errors = FieldErrors::default();
            errors.add_with(field, problem.code(), "about", problem.about());
            Error::Invalid(errors)
        })
    }
}

fn minutes(text: &str) -> Result<Minutes, CalendarProblem> {
    if text == "24:00" {
        return Ok(24 * 60);
    }
    NaiveTime::parse_from_str(text, "%H:%M")
        .map(|time| chrono::Timelike::num_seconds_from_midnight(&time) / 60)
        .map_err(|_| CalendarProblem::Time(text.to_owned()))
}

fn blocks(written: &[Block]) -> Result<Vec<(Minutes, Minutes)>, CalendarProblem> {
    let mut blocks = Vec::with_capacity(written.len());
    for Block(from, to) in written {
        let block = (minutes(from)?, minutes(to)?);
        if block.0 >= block.1 {
            return Err(CalendarProblem::Backwards(from.clone(), to.clone()));
        }
        blocks.push(block);
    }
    blocks.sort_unstable();
    let overlaps = blocks
        .iter()
        .zip(blocks.iter().skip(1))
        .any(|(earlier, later)| earlier.1 > later.0);
    if overlaps {
        return Err(CalendarProblem::Overlap);
    }
    Ok(blocks)
}

impl Calendar {
    /// Checks a definition. It must open some day after `today`, or nothing could ever fall due.
    ///
    /// # Errors
    /// [`CalendarProblem`].
    pub fn prepare(
        definition: &CalendarDefinition,
        today: NaiveDate,
    ) -> Result<Self, CalendarProblem> {
        let mut week: [Vec<(Minutes, Minutes)>; 7] = Default::default();
        for (day, written) in week.iter_mut().zip(&definition.week) {
            *day = blocks(written)?;
        }
        let mut exceptions = BTreeMap::new();
        for (day, exception) in &definition.exceptions {
            exceptions.insert(*day, (blocks(&exception.blocks)?, exception.reason.clone()));
        }
        let years = today.year() - HOLIDAY_YEARS..=today.year() + HOLIDAY_YEARS;
        let mut holidays: Vec<(NaiveDate, Holiday)> = years
            .flat_map(|year| {
                definition
                    .holidays
                    .iter()
                    .filter_map(move |holiday| Some((holiday.day(year)?, *holiday)))
            })
            .collect();
        holidays.sort_unstable();
        let calendar = Self {
            zone: definition.zone,
            week,
            holidays,
            exceptions,
        };
        if calendar.next_open_day(today).is_none() {
            return Err(CalendarProblem::NeverOpen);
        }
        Ok(calendar)
    }

    /// Its zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The local date of an instant.
    #[must_use]
    pub fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// Why a day is closed; nothing when it is open for a part at least.
    #[must_use]
    pub fn closed(&self, day: NaiveDate) -> Option<Closed> {
        if let Some((blocks, reason)) = self.exceptions.get(&day) {
            return blocks.is_empty().then(|| Closed::Exception(reason.clone()));
        }
        if let Some(holiday) = self.holiday(day) {
            return Some(Closed::Holiday(holiday));
        }
        self.blocks(day).is_empty().then_some(Closed::Weekday)
    }

    fn holiday(&self, day: NaiveDate) -> Option<Holiday> {
        let at = self.holidays.partition_point(|(other, _)| *other < day);
        self.holidays
            .get(at)
            .filter(|(found, _)| *found == day)
            .map(|(_, holiday)| *holiday)
    }

    /// Why a day differs from its weekday by a decision of the municipality, if it does.
    #[must_use]
    pub fn exception_reason(&self, day: NaiveDate) -> Option<&str> {
        self.exceptions.get(&day).map(|(_, reason)| reason.as_str())
    }

    fn blocks(&self, day: NaiveDate) -> &[(Minutes, Minutes)] {
        if let Some((blocks, _)) = self.exceptions.get(&day) {
            return blocks;
        }
        self.weekly(day)
    }

    fn weekly(&self, day: NaiveDate) -> &[(Minutes, Minutes)] {
        let weekday = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
        self.week.get(weekday).map_or(&[], Vec::as_slice)
    }

    /// Opening blocks of a day, in minutes since local midnight; none when closed.
    #[must_use]
    pub fn openings(&self, day: NaiveDate) -> &[(Minutes, Minutes)] {
        match self.exceptions.get(&day) {
            Some((blocks, _)) => blocks,
            None if self.holiday(day).is_some() => &[],
            None => self.weekly(day),
        }
    }

    /// The first open day after `day`. A calendar that opens on some weekday opens within a few weeks, whatever the holidays; one that
    /// opens on single days only is searched through those days.
    #[must_use]
    pub fn next_open_day(&self, day: NaiveDate) -> Option<NaiveDate> {
        let last_exception = self
            .exceptions
            .keys()
            .next_back()
            .copied()
            .unwrap_or(day)
            .max(day);
        let end = last_exception.checked_add_days(Days::new(60))?;
        let mut next = day.succ_opt()?;
        while next <= end {
            if !self.openings(next).is_empty() {
                return Some(next);
            }
            next = next.succ_opt()?;
        }
        None
    }

    /// The instant of a local time: the first at which the clock on the wall shows it, or a later time when a clock change skips it
    /// (spring). A time that exists twice (autumn) means the first, so what closed in the hour that comes again stays closed, and what
    /// was open at its end stays open.
    #[must_use]
    pub fn instant(&self, day: NaiveDate, minutes: Minutes) -> Option<DateTime<Utc>> {
        let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes));
        (0..=SKIPPED_MAX)
            .find_map(|skipped| {
                let local = local + TimeDelta::minutes(skipped);
                self.zone.from_local_datetime(&local).earliest()
            })
            .map(|found| found.to_utc())
    }

    /// Closing time of a day; nothing when it is closed.
    #[must_use]
    pub fn closing(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let (_, end) = *self.openings(day).last()?;
        self.instant(day, end)
    }
}
