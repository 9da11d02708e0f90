//! Repetitions, as times of a wall clock: the library works them out without a zone.

use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency,
        ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
    },
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// Most times that one entry is repeated, those before the days that are read included: daily for half a century.
const TIMES_MAX: usize = 20_000;
/// Most times of one day at which an entry repeats.
const TIMES_OF_DAY_MAX: usize = 24;

/// A local time as a file writes it.
fn written(at: NaiveDateTime) -> PartialDateTime {
    let small = |number: u32| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        ..PartialDateTime::default()
    }
}

/// The last second of a day.
pub(super) fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399)
}

/// The rules of an entry. Gives the word for why one cannot be used: what repeats within days has no end that could be waited for.
pub(super) fn rules(
    entry: &ICalendarComponent,
) -> Result<Vec<ICalendarRecurrenceRule>, &'static str> {
    let entries = entry.entries.iter();
    let entries = entries.filter(|entry| entry.name == ICalendarProperty::Rrule);
    entries.map(rule).collect()
}

fn rule(entry: &ICalendarEntry) -> Result<ICalendarRecurrenceRule, &'static str> {
    let Some(ICalendarValue::RecurrenceRule(rule)) = entry.values.first() else {
        return Err("repetition");
    };
    let times = [&rule.byhour, &rule.byminute, &rule.bysecond];
    let times: usize = times.iter().map(|times| times.len().max(1)).product();
    let within_days = matches!(
        rule.freq,
        ICalendarFrequency::Hourly | ICalendarFrequency::Minutely | ICalendarFrequency::Secondly
    );
    if within_days || times > TIMES_OF_DAY_MAX {
        return Err("too_often");
    }
    Ok((**rule).clone())
}

/// The times from `start` until `until` at which a rule repeats.
pub(super) fn times(
    start: NaiveDateTime,
    rule: &ICalendarRecurrenceRule,
    until: NaiveDateTime,
) -> Result<Vec<NaiveDateTime>, &'static str> {
    let mut rule = rule.clone();
    rule.until = Some(written(until));
    let mut entry = ICalendarComponent::new(ICalendarComponentType::VEvent);
    entry.add_property(ICalendarProperty::Dtstart, written(start));
    entry.add_property(ICalendarProperty::Rrule, rule);
    let alone = ICalendar {
        components: vec![entry],
    };
    let expanded = alone.expand_dates(chrono_tz::UTC, TIMES_MAX);
    if !expanded.errors.is_empty() {
        return Err("repetition");
    }
    if expanded.events.len() >= TIMES_MAX {
        return Err("too_often");
    }
    let events = expanded.events.iter();
    Ok(events.map(|event| event.start.naive_utc()).collect())
}

/// The local times at which a part of a zone begins to hold, by the clock before it, in the years of `window`.
pub(super) fn onsets(
    part: &ICalendarComponent,
    before: TimeDelta,
    window: (NaiveDate, NaiveDate),
) -> Option<Vec<NaiveDateTime>> {
    let local = |written: &PartialDateTime| {
        let read = written.to_date_time()?;
        let is_utc = read.offset.is_some();
        Some(read.date_time + if is_utc { before } else { TimeDelta::zero() })
    };
    let entry = part.property(&ICalendarProperty::Dtstart)?;
    let start = local(entry.values.first()?.as_partial_date_time()?)?;
    let mut onsets = vec![start];
    let named = part.entries.iter();
    let named = named.filter(|entry| entry.name == ICalendarProperty::Rdate);
    let named = named.flat_map(|entry| &entry.values);
    onsets.extend(named.filter_map(|value| local(value.as_partial_date_time()?)));
    for rule in rules(part).ok()? {
        let last = end_of(window.1);
        let until = rule.until.as_ref().and_then(local);
        // Some programs let the rules of a zone begin in 1601. Every year again needs none of the years before.
        let every_year = rule.freq == ICalendarFrequency::Yearly
            && rule.interval.unwrap_or(1) == 1
            && rule.count.is_none()
            && until.is_none();
        let moved = start.with_year(start.year().max(window.0.year()));
        let from = moved.filter(|_| every_year).unwrap_or(start);
        onsets.extend(times(from, &rule, until.unwrap_or(last).min(last)).ok()?);
    }
    Some(onsets)
}
