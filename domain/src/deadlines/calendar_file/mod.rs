//! Closing days from a calendar file (iCalendar, RFC 5545), to be confirmed one by one: such files also name days on which nobody closes.
//! What a stranger wrote costs a bounded time: an entry repeats at most a few times a day, and steps and time are
//! counted. The library reads the lines and works out repetitions on a wall clock; zones and what is left out, added or replaced are ours.

mod entry;
mod repeat;
mod series;
mod zone;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use calcard::{
    Entry, Parser,
    icalendar::{ICalendar, ICalendarComponentType},
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use chrono_tz::Tz;

use self::{
    entry::{Event, reason, replaced},
    series::{Occurrence, Part, occurrences},
    zone::{Zone, Zones},
};
use super::calendar::{Block, Calendar, Exception};

/// Largest file, in bytes.
pub const FILE_MAX: usize = 200_000;
/// Most days taken from a file.
const DAYS_MAX: usize = 1_000;
/// Years ahead that are read.
const YEARS_AHEAD: i32 = 5;
/// Most days that are looked at for one entry.
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
        let text = crate::text::decode(&unfold(bytes));
        let text = text.map_err(|_| CalendarFileProblem::NotACalendar)?;
        // Exchange does not put these names between quotation marks, so that their colon would end them.
        let text = text.replace("tzone://Microsoft/", "tzone Microsoft ");
        let text = text.trim();
        let upper = text.to_ascii_uppercase();
        if !upper.starts_with("BEGIN:VCALENDAR") || !upper.ends_with("END:VCALENDAR") {
            return Err(CalendarFileProblem::NotACalendar);
        }
        let last = NaiveDate::from_ymd_opt(today.year() + YEARS_AHEAD, 12, 31).unwrap_or(today);
        let mut reader = Reader {
            home,
            window: (today, last),
            began: Instant::now(),
            found: BTreeMap::new(),
            left_out: Vec::new(),
        };
        let mut parser = Parser::new(text);
        loop {
            match parser.entry() {
                Entry::ICalendar(calendar) => reader.read(&calendar)?,
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
    found: Days,
    left_out: Vec<(String, &'static str)>,
}

/// Days with the part of each.
type Days = BTreeMap<(NaiveDate, Option<(u32, u32)>), ClosingDay>;

impl Reader {
    fn read(&mut self, calendar: &ICalendar) -> Result<(), CalendarFileProblem> {
        let zones = Zones::of(&calendar.components, self.home, self.window);
        let mut parts = Vec::new();
        for component in &calendar.components {
            if component.component_type != ICalendarComponentType::VEvent {
                continue;
            }
            let event = match Event::read(component, &zones, self.window.1) {
                Ok(event) => {
                    if event.is_cancelled {
                        self.left_out.push((event.reason.clone(), "cancelled"));
                    }
                    Some(event)
                }
                Err(why) => {
                    self.left_out.push((reason(component), why));
                    None
                }
            };
            parts.push(Part {
                uid: component.uid().map(str::to_owned),
                replaced: replaced(component, &zones),
                event,
            });
        }
        parts.sort_by(|one, other| one.uid.cmp(&other.uid));
        for series in parts.chunk_by(|one, other| one.uid.is_some() && one.uid == other.uid) {
            self.read_series(series)?;
        }
        Ok(())
    }

    /// Reads an entry, with those that replace occurrences of it. One that cannot be read is named, and spoils nothing else.
    fn read_series(&mut self, series: &[Part]) -> Result<(), CalendarFileProblem> {
        for part in series {
            if self.began.elapsed() > TIME_MAX {
                return Err(CalendarFileProblem::TooSlow);
            }
            let Some(event) = part.event.as_ref().filter(|event| !event.is_cancelled) else {
                continue;
            };
            let replacing = if part.replaced.is_none() { series } else { &[] };
            let days =
                occurrences(event, replacing, self.window.0).and_then(|all| self.days_of(&all));
            match days {
                Ok(days) => self.add(days)?,
                Err(why) => self.left_out.push((event.reason.clone(), why)),
            }
        }
        Ok(())
    }

    /// The local days that occurrences touch, each with the part of it.
    fn days_of(&self, occurrences: &[Occurrence]) -> Result<Days, &'static str> {
        let home = Zone::Known(self.home);
        let mut days = Days::new();
        let mut steps = 0;
        for occurrence in occurrences {
            let Some((from, to)) = occurrence.on_clock_of(&home) else {
                continue;
            };
            let (first, last) = self.window;
            for day in from.date().max(first).iter_days() {
                if day > to.date().min(last) {
                    break;
                }
                steps += 1;
                if steps > STEPS_MAX {
                    return Err("too_slow");
                }
                let Some(part) = part_of(day, from, to) else {
                    continue;
                };
                let event = occurrence.event;
                let part = (part != (0, DAY)).then_some(part);
                days.entry((day, part)).or_insert_with(|| ClosingDay {
                    day,
                    part,
                    reason: event.reason.clone(),
                    is_free: event.is_free,
                });
                if days.len() > DAYS_MAX {
                    return Err("too_many_days");
                }
            }
        }
        Ok(days)
    }

    /// Adds the days of an entry. Of two for the same time, one that keeps people busy counts.
    fn add(&mut self, days: Days) -> Result<(), CalendarFileProblem> {
        for (time, day) in days {
            let known = self.found.entry(time).or_insert_with(|| day.clone());
            if known.is_free && !day.is_free {
                *known = day;
            }
        }
        if self.found.len() > DAYS_MAX {
            return Err(CalendarFileProblem::TooMany);
        }
        Ok(())
    }
}

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// The minutes of a day that lie between two times, if any.
fn part_of(day: NaiveDate, from: NaiveDateTime, to: NaiveDateTime) -> Option<(u32, u32)> {
    let minutes = |at: NaiveDateTime, otherwise: u32| {
        if day == at.date() {
            at.num_seconds_from_midnight() / 60
        } else {
            otherwise
        }
    };
    let (begins, ends) = (minutes(from, 0), minutes(to, DAY));
    (begins < ends).then_some((begins, ends))
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
