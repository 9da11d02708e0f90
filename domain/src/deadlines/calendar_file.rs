//! Closing days from a calendar file (iCalendar, RFC 5545), to be confirmed one by one: such files also name days on which nobody closes.

use std::collections::{BTreeMap, HashSet};

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;
use icalendar::{
    CalendarDateTime, Component, DatePerhapsTime, Event, EventStatus,
    rrule::{self, RRule, Unvalidated},
};

use super::calendar::{Block, Calendar, Exception, REASON_MAX};

/// Largest file, in bytes.
pub const FILE_MAX: usize = 200_000;
/// Most days taken from a file.
const DAYS_MAX: usize = 1_000;
/// Years ahead that are read.
const YEARS_AHEAD: i32 = 5;
/// Most days of one entry that lasts.
const LASTS_MAX: u64 = 400;

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

/// A local day with the part of it; the whole day when there is none.
type Touched = (NaiveDate, Option<(u32, u32)>);

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
}

impl CalendarFileProblem {
    /// The word under which locale files know it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "import_too_large",
            Self::NotText => "file_not_text",
            Self::NotACalendar => "file_no_calendar",
            Self::NoDays => "file_no_days",
            Self::TooMany => "file_too_many_days",
        }
    }
}

/// A zone by its IANA name, or by the names that Outlook writes for ours.
fn zone_named(name: &str) -> Option<Tz> {
    let name = name.trim_matches('"').trim_start_matches('/');
    name.parse().ok().or(match name {
        "W. Europe Standard Time" | "Romance Standard Time" => Some(chrono_tz::Europe::Amsterdam),
        "UTC" | "GMT" => Some(chrono_tz::UTC),
        _ => None,
    })
}

/// When an entry begins or ends: local to its own zone.
#[derive(Clone, Copy)]
struct Moment {
    local: NaiveDateTime,
    zone: Tz,
    is_day: bool,
}

fn moment(at: DatePerhapsTime, home: Tz) -> Result<Moment, &'static str> {
    let (local, zone, is_day) = match at {
        DatePerhapsTime::Date(day) => (day.and_time(NaiveTime::MIN), home, true),
        DatePerhapsTime::DateTime(CalendarDateTime::Floating(local)) => (local, home, false),
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => {
            (at.with_timezone(&home).naive_local(), home, false)
        }
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
            (date_time, zone_named(&tzid).ok_or("zone")?, false)
        }
    };
    Ok(Moment {
        local,
        zone,
        is_day,
    })
}

/// A local time that a clock change skips means the first instant after the gap; one that exists twice the first.
fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    (0..4).find_map(|halves| {
        let local = local + TimeDelta::minutes(30 * halves);
        zone.from_local_datetime(&local)
            .earliest()
            .map(|at| at.to_utc())
    })
}

/// A rule of repetition whose end is written as the wall clock of the entry's own zone, which stands in for UTC while it is expanded.
fn rule_text(text: &str, zone: Tz) -> String {
    text.split(';')
        .map(|part| match part.split_once('=') {
            Some((name, until)) if name.eq_ignore_ascii_case("UNTIL") => {
                let end = if let Ok(at) = NaiveDateTime::parse_from_str(until, "%Y%m%dT%H%M%SZ") {
                    at.and_utc().with_timezone(&zone).naive_local()
                } else if let Ok(at) = NaiveDateTime::parse_from_str(until, "%Y%m%dT%H%M%S") {
                    at
                } else if let Ok(day) = NaiveDate::parse_from_str(until, "%Y%m%d") {
                    day.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399)
                } else {
                    return part.to_owned();
                };
                format!("UNTIL={}", end.format("%Y%m%dT%H%M%SZ"))
            }
            _ => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(";")
}

/// The days that a property names, such as the exceptions of a repetition.
fn days_of(event: &Event, name: &str) -> Vec<NaiveDate> {
    let several = event.multi_properties().get(name).into_iter().flatten();
    let one = event.properties().get(name);
    several
        .chain(one)
        .flat_map(|property| property.value().split(','))
        .filter_map(|value| NaiveDate::parse_from_str(value.trim().get(..8)?, "%Y%m%d").ok())
        .collect()
}

/// The beginnings of an entry within a window, local to its own zone.
fn beginnings(
    event: &Event,
    start: Moment,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<NaiveDateTime>, &'static str> {
    let except: HashSet<NaiveDate> = days_of(event, "EXDATE").into_iter().collect();
    let mut found = match event.property_value("RRULE") {
        None => vec![start.local],
        Some(text) => {
            let rule: RRule<Unvalidated> = rule_text(text, start.zone)
                .parse()
                .map_err(|_| "repetition")?;
            let begin = rrule::Tz::UTC.from_utc_datetime(&start.local);
            let edge =
                |day: NaiveDate| rrule::Tz::UTC.from_utc_datetime(&day.and_time(NaiveTime::MIN));
            let limit = u16::try_from(DAYS_MAX).unwrap_or(u16::MAX);
            rule.build(begin)
                .map_err(|_| "repetition")?
                .after(edge(first - Days::new(LASTS_MAX)))
                .before(edge(last))
                .all(limit)
                .dates
                .into_iter()
                .map(|at| at.naive_utc())
                .collect()
        }
    };
    for day in days_of(event, "RDATE") {
        found.push(day.and_time(start.local.time()));
    }
    found.retain(|at| !except.contains(&at.date()));
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The local days that one occurrence touches, each with the part of it.
fn touched(begin: NaiveDateTime, start: Moment, lasts: TimeDelta, home: Tz) -> Vec<Touched> {
    if start.is_day {
        let days = u64::try_from(lasts.num_days().max(1)).unwrap_or(1);
        return begin
            .date()
            .iter_days()
            .take(usize::try_from(days.min(LASTS_MAX)).unwrap_or(1))
            .map(|day| (day, None))
            .collect();
    }
    // What lasts so many hours of the wall clock ends there, also over a clock change.
    let (Some(from), Some(to)) = (
        instant(begin, start.zone),
        instant(begin + lasts, start.zone),
    ) else {
        return Vec::new();
    };
    let (from, to) = (
        from.with_timezone(&home).naive_local(),
        to.with_timezone(&home).naive_local(),
    );
    let minutes = |time: NaiveTime| chrono::Timelike::num_seconds_from_midnight(&time) / 60;
    from.date()
        .iter_days()
        .take(usize::try_from(LASTS_MAX).unwrap_or(1))
        .take_while(|day| *day <= to.date())
        .filter_map(|day| {
            let begin = if day == from.date() {
                minutes(from.time())
            } else {
                0
            };
            let end = if day == to.date() {
                minutes(to.time())
            } else {
                24 * 60
            };
            (begin < end).then_some((day, (begin > 0 || end < 24 * 60).then_some((begin, end))))
        })
        .collect()
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
        let text = std::str::from_utf8(bytes).map_err(|_| CalendarFileProblem::NotText)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        let framed = text
            .get(..15)
            .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
            && text.to_ascii_uppercase().ends_with("END:VCALENDAR");
        if !framed {
            return Err(CalendarFileProblem::NotACalendar);
        }
        let parsed: icalendar::Calendar = text
            .parse()
            .map_err(|_| CalendarFileProblem::NotACalendar)?;
        let last = NaiveDate::from_ymd_opt(today.year() + YEARS_AHEAD, 12, 31).unwrap_or(today);
        let events: Vec<&Event> = parsed
            .components
            .iter()
            .filter_map(|component| component.as_event())
            .collect();
        // An entry that stands for one occurrence of a repetition takes its place.
        let replaced: HashSet<(String, NaiveDate)> = events
            .iter()
            .filter_map(|event| {
                let day = days_of(event, "RECURRENCE-ID").first().copied()?;
                Some((event.get_uid()?.to_owned(), day))
            })
            .collect();
        let mut found: BTreeMap<Touched, ClosingDay> = BTreeMap::new();
        let mut left_out = Vec::new();
        for event in events {
            let reason = reason(event);
            match days(event, &replaced, home, (today, last)) {
                Ok(days) => {
                    for (day, part) in days {
                        found.entry((day, part)).or_insert_with(|| ClosingDay {
                            day,
                            part,
                            reason: reason.clone(),
                            is_free: is_free(event),
                        });
                    }
                }
                Err(why) => left_out.push((reason, why)),
            }
            if found.len() > DAYS_MAX {
                return Err(CalendarFileProblem::TooMany);
            }
        }
        if found.is_empty() && left_out.is_empty() {
            return Err(CalendarFileProblem::NoDays);
        }
        Ok(Self {
            days: found.into_values().collect(),
            left_out,
        })
    }
}

fn reason(event: &Event) -> String {
    let text = crate::text::clean_line(event.get_summary().unwrap_or_default());
    text.chars().take(REASON_MAX).collect()
}

fn is_free(event: &Event) -> bool {
    event
        .property_value("TRANSP")
        .is_some_and(|value| value.eq_ignore_ascii_case("TRANSPARENT"))
}

fn days(
    event: &Event,
    replaced: &HashSet<(String, NaiveDate)>,
    home: Tz,
    window: (NaiveDate, NaiveDate),
) -> Result<Vec<Touched>, &'static str> {
    if event.get_status() == Some(EventStatus::Cancelled) {
        return Err("cancelled");
    }
    let start = moment(event.get_start().ok_or("no_start")?, home)?;
    let lasts = match event.get_end() {
        Some(end) => {
            let end = moment(end, home)?;
            // Both ends on the clock of the beginning.
            let end = if end.zone == start.zone {
                end.local
            } else {
                let at = instant(end.local, end.zone).ok_or("no_start")?;
                at.with_timezone(&start.zone).naive_local()
            };
            end - start.local
        }
        None if start.is_day => TimeDelta::days(1),
        None => TimeDelta::zero(),
    };
    if lasts < TimeDelta::zero() {
        return Err("backwards");
    }
    let own = event.property_value("RECURRENCE-ID").is_some();
    let uid = event.get_uid().unwrap_or_default();
    Ok(beginnings(event, start, window)?
        .into_iter()
        .filter(|begin| own || !replaced.contains(&(uid.to_owned(), begin.date())))
        .flat_map(|begin| touched(begin, start, lasts, home))
        .filter(|(day, _)| *day >= window.0 && *day <= window.1)
        .collect())
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
