//! Closing days from a calendar file (iCalendar, RFC 5545), to be confirmed one by one: such files also name days on which nobody closes.
//! What a stranger wrote costs a bounded time: an entry repeats at most a few times a day, and steps and time are counted.

mod entry;

use std::{
    collections::{BTreeMap, HashSet},
    time::{Duration, Instant},
};

use calcard::{
    Entry, Parser,
    common::timezone::Tz as FileZone,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty,
        ICalendarTransparency,
        dates::{CalendarErrorType, TimeOrDelta},
    },
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use self::entry::{excluded, is_cancelled, prepare};
use super::calendar::{Block, Calendar, Exception, REASON_MAX};

/// Largest file, in bytes.
pub const FILE_MAX: usize = 200_000;
/// Most days taken from a file.
const DAYS_MAX: usize = 1_000;
/// Years ahead that are read.
const YEARS_AHEAD: i32 = 5;
/// Most occurrences and days that are looked at for one file.
const STEPS_MAX: usize = 100_000;
/// Longest time that reading a file takes; after it no further entry is begun.
const TIME_MAX: Duration = Duration::from_millis(500);

/// A day that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingDay {
    /// The local day.
    pub day: NaiveDate,
    /// From when to when, in minutes since local midnight; the whole day when absent.
    pub part: Option<(u32, u32)>,
    /// What the file calls it.
    pub reason: String,
    /// Whether the file itself says that nobody is kept busy by it, so it is probably no closing day.
    pub is_free: bool,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarFile {
    /// The days from today on, in order.
    pub days: Vec<ClosingDay>,
    /// Entries that could not be used, with the word for why.
    pub left_out: Vec<(String, &'static str)>,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFileProblem {
    /// Too many bytes.
    #[error("the file is larger than {FILE_MAX} bytes")]
    TooLarge,
    /// Not UTF-8.
    #[error("the file is no text in UTF-8")]
    NotText,
    /// Not an iCalendar file.
    #[error("the file is no calendar")]
    NotACalendar,
    /// It holds no day from today on.
    #[error("the file names no day from today on")]
    NoDays,
    /// It names more days than a calendar holds.
    #[error("the file names more than {DAYS_MAX} days")]
    TooMany,
    /// Its entries repeat so often, or in such a way, that reading them takes too long.
    #[error("reading the file takes too long")]
    TooSlow,
}

impl CalendarFileProblem {
    /// The word under which locale files know it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "import_too_large",
            Self::NotText => "file_not_text",
            Self::NotACalendar => "file_no_calendar",
            Self::NoDays => "file_no_days",
            Self::TooMany => "file_too_many_days",
            Self::TooSlow => "file_too_slow",
        }
    }
}

impl CalendarFile {
    /// Reads a file. Days are local to `home`, the municipality's zone; days before `today` are left out.
    ///
    /// # Errors
    /// [`CalendarFileProblem`]; an entry that cannot be used is no error but is named in `left_out`.
    pub fn read(bytes: &[u8], home: Tz, today: NaiveDate) -> Result<Self, CalendarFileProblem> {
        if bytes.len() > FILE_MAX {
            return Err(CalendarFileProblem::TooLarge);
        }
        let text = String::from_utf8(unfold(bytes)).map_err(|_| CalendarFileProblem::NotText)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        let upper = text.to_ascii_uppercase();
        if !upper.starts_with("BEGIN:VCALENDAR") || !upper.ends_with("END:VCALENDAR") {
            return Err(CalendarFileProblem::NotACalendar);
        }
        let last = NaiveDate::from_ymd_opt(today.year() + YEARS_AHEAD, 12, 31).unwrap_or(today);
        let mut reader = Reader {
            home,
            window: (today, last),
            began: Instant::now(),
            steps: 0,
            found: BTreeMap::new(),
            left_out: Vec::new(),
        };
        let mut parser = Parser::new(text);
        loop {
            match parser.entry() {
                Entry::ICalendar(calendar) => reader.read(calendar)?,
                Entry::InvalidLine(_) => {}
                Entry::Eof => break,
                _ => return Err(CalendarFileProblem::NotACalendar),
            }
        }
        if reader.found.is_empty() && reader.left_out.is_empty() {
            return Err(CalendarFileProblem::NoDays);
        }
        Ok(Self {
            days: reader.found.into_values().collect(),
            left_out: reader.left_out,
        })
    }
}

/// Long lines are folded after so many bytes, also within a letter (RFC 5545, 3.1).
fn unfold(bytes: &[u8]) -> Vec<u8> {
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    for byte in bytes {
        if matches!(byte, b' ' | b'\t') && plain.last() == Some(&b'\n') {
            plain.pop();
            if plain.last() == Some(&b'\r') {
                plain.pop();
            }
        } else {
            plain.push(*byte);
        }
    }
    plain
}

/// Collects the days of the entries of a file.
struct Reader {
    home: Tz,
    /// The first and the last day that are read.
    window: (NaiveDate, NaiveDate),
    began: Instant,
    steps: usize,
    found: BTreeMap<(NaiveDate, Option<(u32, u32)>), ClosingDay>,
    left_out: Vec<(String, &'static str)>,
}

impl Reader {
    fn read(&mut self, calendar: ICalendar) -> Result<(), CalendarFileProblem> {
        let zones = calendar.build_owned_tz_resolver().with_default(self.home);
        let mut events = Vec::new();
        let mut unusable_overrides = Vec::new();
        for mut event in calendar.components {
            if event.component_type == ICalendarComponentType::VEvent {
                match prepare(&mut event, &zones, self.window.1) {
                    Ok(()) => events.push(event),
                    Err(why) => {
                        self.left_out.push((reason(&event), why));
                        if event.is_recurrence_override() {
                            unusable_overrides.push(event);
                        }
                    }
                }
            }
        }
        events.sort_by(|one, other| one.uid().cmp(&other.uid()));
        let is_same = |one: &ICalendarComponent, other: &ICalendarComponent| {
            one.uid().is_some() && one.uid() == other.uid()
        };
        for series in events.chunk_by(is_same) {
            let uid = series.first().and_then(ICalendarComponent::uid);
            let unusable = unusable_overrides.iter();
            let overrides = series
                .iter()
                .filter(|event| event.is_recurrence_override())
                .chain(unusable.filter(|event| uid.is_some() && event.uid() == uid));
            let entry = series.iter().find(|event| !event.is_recurrence_override());
            let excluded = entry.map(|entry| excluded(entry, overrides, &zones));
            let components = series.to_vec();
            self.read_series(ICalendar { components }, &excluded.unwrap_or_default())?;
        }
        Ok(())
    }

    /// Reads an entry, with those that replace single occurrences of it. At the `excluded` instants it has none itself.
    fn read_series(
        &mut self,
        series: ICalendar,
        excluded: &HashSet<DateTime<Utc>>,
    ) -> Result<(), CalendarFileProblem> {
        if self.began.elapsed() > TIME_MAX {
            return Err(CalendarFileProblem::TooSlow);
        }
        let expanded = series.expand_dates(self.home, STEPS_MAX);
        for error in expanded.errors {
            let why = match error.error {
                CalendarErrorType::RRule(_) => "repetition",
                _ => "no_start",
            };
            if let Some(event) = series.component_by_id(error.comp_id) {
                self.left_out.push((reason(event), why));
            }
        }
        for event in series.components.iter().filter(|event| is_cancelled(event)) {
            self.left_out.push((reason(event), "cancelled"));
        }
        for occurrence in expanded.events {
            self.step()?;
            let (from, zone) = (occurrence.start, occurrence.start.timezone());
            // What lasts so many hours of the wall clock ends there, also over a clock change.
            let to = match occurrence.end {
                TimeOrDelta::Time(to) => Some(to),
                TimeOrDelta::Delta(lasts) => from
                    .naive_local()
                    .checked_add_signed(lasts)
                    .and_then(|local| local.and_local_timezone(zone).earliest())
                    .or_else(|| from.checked_add_signed(lasts)),
            };
            let event = series.component_by_id(occurrence.comp_id).filter(|event| {
                event.is_recurrence_override() || !excluded.contains(&from.to_utc())
            });
            if let (Some(to), Some(event)) = (to, event.filter(|event| !is_cancelled(event))) {
                self.add(event, from, to)?;
            }
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), CalendarFileProblem> {
        self.steps += 1;
        if self.steps < STEPS_MAX {
            Ok(())
        } else {
            Err(CalendarFileProblem::TooSlow)
        }
    }

    /// Adds the local days that one occurrence touches, each with the part of it.
    fn add(
        &mut self,
        event: &ICalendarComponent,
        from: DateTime<FileZone>,
        to: DateTime<FileZone>,
    ) -> Result<(), CalendarFileProblem> {
        let from = from.with_timezone(&self.home).naive_local();
        let to = to.with_timezone(&self.home).naive_local();
        let (first, last) = self.window;
        let minutes = |time: NaiveTime| time.num_seconds_from_midnight() / 60;
        for day in from.date().max(first).iter_days() {
            if day > to.date().min(last) {
                break;
            }
            self.step()?;
            let begins = if day == from.date() {
                minutes(from.time())
            } else {
                0
            };
            let ends = if day == to.date() {
                minutes(to.time())
            } else {
                24 * 60
            };
            if begins >= ends {
                continue;
            }
            let part = (begins > 0 || ends < 24 * 60).then_some((begins, ends));
            self.found.entry((day, part)).or_insert_with(|| ClosingDay {
                day,
                part,
                reason: reason(event),
                is_free: event.transparency() == Some(&ICalendarTransparency::Transparent),
            });
            if self.found.len() > DAYS_MAX {
                return Err(CalendarFileProblem::TooMany);
            }
        }
        Ok(())
    }
}

fn reason(event: &ICalendarComponent) -> String {
    let summary = event
        .property(&ICalendarProperty::Summary)
        .and_then(|entry| entry.values.first()?.as_text());
    let text = crate::text::clean_line(summary.unwrap_or_default());
    text.chars().take(REASON_MAX).collect()
}

impl ClosingDay {
    /// The day as the calendar would hold it, when it changes something: a day that is closed already stays as it is.
    #[must_use]
    pub fn exception(&self, calendar: &Calendar) -> Option<Exception> {
        let open = calendar.openings(self.day);
        let left: Vec<(u32, u32)> = match self.part {
            None => Vec::new(),
            Some((from, to)) => open
                .iter()
                .flat_map(|(begin, end)| [(*begin, (*end).min(from)), ((*begin).max(to), *end)])
                .filter(|(begin, end)| begin < end)
                .collect(),
        };
        if open == left.as_slice() {
            return None;
        }
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Some(Exception {
            blocks: left
                .into_iter()
                .map(|(from, to)| Block(clock(from), clock(to)))
                .collect(),
            reason: self.reason.clone(),
        })
    }
}
