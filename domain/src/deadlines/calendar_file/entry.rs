//! An entry of a calendar file, made fit to be repeated.

use std::collections::HashSet;

use calcard::{
    common::{PartialDateTime, timezone::Tz as FileZone},
    icalendar::{
        ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarFrequency,
        ICalendarParameter, ICalendarParameterName, ICalendarProperty, ICalendarRecurrenceRule,
        ICalendarStatus, ICalendarValue, timezone::TzResolver,
    },
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

/// Longest time that an entry lasts, in days: longer than any file is read ahead.
const LASTS_MAX: i64 = 36_500;
/// Most times of one day at which an entry repeats.
const TIMES_OF_DAY_MAX: usize = 24;

/// Whether an entry was called off.
pub(super) fn is_cancelled(event: &ICalendarComponent) -> bool {
    event.status() == Some(&ICalendarStatus::Cancelled)
}

/// When an entry begins or ends: local to its own zone.
#[derive(Clone, Copy)]
struct Moment {
    local: NaiveDateTime,
    zone: FileZone,
    has_time: bool,
}

impl Moment {
    /// The moment that a property names.
    fn of(
        event: &ICalendarComponent,
        property: &ICalendarProperty,
        zones: &TzResolver<String>,
    ) -> Option<Self> {
        let entry = event.property(property)?;
        let written = entry.values.first()?.as_partial_date_time()?;
        Self::read(written, zones.resolve_or_default(entry.tz_id()))
    }

    fn read(written: &PartialDateTime, zone: FileZone) -> Option<Self> {
        let read = written.to_date_time()?;
        Some(Self {
            local: read.date_time,
            zone: read.tz().unwrap_or(zone),
            has_time: written.has_time(),
        })
    }

    /// The same instant on the clock of another zone.
    fn local_to(self, zone: FileZone) -> NaiveDateTime {
        match self.local.and_local_timezone(self.zone).earliest() {
            Some(at) if self.has_time && zone != self.zone => at.with_timezone(&zone).naive_local(),
            _ => self.local,
        }
    }

    /// The start of the occurrence that it names, of an entry that begins at `start`.
    fn as_start(self, start: Self) -> Option<DateTime<Utc>> {
        let mut local = self.local_to(start.zone);
        if self.has_time != start.has_time {
            local = local.date().and_time(start.local.time());
        }
        let at = local.and_local_timezone(start.zone).earliest()?;
        Some(at.to_utc())
    }
}

/// The instants at which `entry` has no occurrence: those that it leaves out itself, and those that `overrides` replace, readable or not.
pub(super) fn excluded<'e>(
    entry: &ICalendarComponent,
    overrides: impl Iterator<Item = &'e ICalendarComponent>,
    zones: &TzResolver<String>,
) -> HashSet<DateTime<Utc>> {
    let Some(start) = Moment::of(entry, &ICalendarProperty::Dtstart, zones) else {
        return HashSet::new();
    };
    let named = |of: &ICalendarComponent, property: ICalendarProperty| {
        let entries = of.entries.iter().filter(|one| one.name == property);
        let moments = entries.flat_map(|one| {
            let zone = zones.resolve_or_default(one.tz_id());
            let values = one.values.iter();
            values.filter_map(move |value| Moment::read(value.as_partial_date_time()?, zone))
        });
        moments
            .filter_map(|moment| moment.as_start(start))
            .collect::<Vec<_>>()
    };
    let mut excluded: HashSet<_> = named(entry, ICalendarProperty::Exdate)
        .into_iter()
        .collect();
    for replacement in overrides {
        excluded.extend(named(replacement, ICalendarProperty::RecurrenceId));
    }
    excluded
}

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

/// Makes an entry fit to be repeated until the end of the `last` day: its zones have their own names, it says how long it lasts, and days
/// that are left out or replaced are named as the entry itself names them. Gives the word for why it cannot be used.
pub(super) fn prepare(
    event: &mut ICalendarComponent,
    zones: &TzResolver<String>,
    last: NaiveDate,
) -> Result<(), &'static str> {
    if is_cancelled(event) && !event.is_recurrence_override() {
        return Err("cancelled");
    }
    let of_event = event.entries.iter_mut();
    for param in of_event.flat_map(|entry| &mut entry.params) {
        if param.name == ICalendarParameterName::Tzid {
            let name = param.value.as_text().unwrap_or_default();
            let zone = zones.resolve(name).and_then(|zone| zone.name());
            param.value = zone.ok_or("zone")?.into_owned().into();
        }
    }
    let start = Moment::of(event, &ICalendarProperty::Dtstart, zones).ok_or("no_start")?;
    let lasts = match Moment::of(event, &ICalendarProperty::Dtend, zones) {
        Some(end) => end.local_to(start.zone) - start.local,
        None => match event
            .property(&ICalendarProperty::Duration)
            .and_then(|entry| entry.values.first())
        {
            Some(ICalendarValue::Duration(lasts)) => lasts.to_time_delta().ok_or("no_start")?,
            _ => TimeDelta::zero(),
        },
    };
    if lasts < TimeDelta::zero() {
        return Err("backwards");
    }
    let shortest = TimeDelta::days(i64::from(!start.has_time));
    let lasts = lasts.clamp(shortest, TimeDelta::days(LASTS_MAX));
    event.entries.retain(|entry| {
        !matches!(
            entry.name,
            ICalendarProperty::Dtend | ICalendarProperty::Duration | ICalendarProperty::Sequence
        ) && (entry.name != ICalendarProperty::Rrule || start.local.date() <= last)
    });
    let lasts = ICalendarDuration::from_seconds(lasts.num_seconds());
    event.add_property(ICalendarProperty::Duration, lasts);
    for entry in &mut event.entries {
        match entry.name {
            ICalendarProperty::Rrule => {
                for value in &mut entry.values {
                    let ICalendarValue::RecurrenceRule(rule) = value else {
                        return Err("repetition");
                    };
                    limit(rule, start, last)?;
                }
            }
            ICalendarProperty::Exdate
            | ICalendarProperty::Rdate
            | ICalendarProperty::RecurrenceId => {
                name_days_as(start, entry, zones);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Ends a repetition with the `last` day, on the wall clock of its own zone. One within days has no end that could be waited for.
fn limit(
    rule: &mut ICalendarRecurrenceRule,
    start: Moment,
    last: NaiveDate,
) -> Result<(), &'static str> {
    let times = [&rule.byhour, &rule.byminute, &rule.bysecond];
    let times: usize = times.iter().map(|times| times.len().max(1)).product();
    let within_days = matches!(
        rule.freq,
        ICalendarFrequency::Hourly | ICalendarFrequency::Minutely | ICalendarFrequency::Secondly
    );
    if within_days || times > TIMES_OF_DAY_MAX {
        return Err("too_often");
    }
    let end_of = |day: NaiveDate| day.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399);
    let until = match &rule.until {
        Some(until) => {
            let until = Moment::read(until, start.zone).ok_or("repetition")?;
            if until.has_time {
                until.local_to(start.zone)
            } else {
                end_of(until.local.date())
            }
        }
        None => end_of(last),
    };
    rule.until = Some(written(until.min(end_of(last))));
    Ok(())
}

/// Some programs name the days of a repetition, or those that are left out, by day when it has times, or by an instant when it has days.
fn name_days_as(start: Moment, entry: &mut ICalendarEntry, zones: &TzResolver<String>) {
    let zone = zones.resolve_or_default(entry.tz_id());
    let mut renamed = false;
    for value in &mut entry.values {
        if let ICalendarValue::PartialDateTime(named) = value
            && let Some(moment) = Moment::read(named, zone)
            && moment.has_time != start.has_time
        {
            let day = moment.local_to(start.zone).date();
            **named = written(day.and_time(start.local.time()));
            renamed = true;
        }
    }
    if renamed && let Some(zone) = start.zone.name() {
        let params = &mut entry.params;
        params.retain(|param| param.name != ICalendarParameterName::Tzid);
        let name = ICalendarParameterName::Tzid;
        params.push(ICalendarParameter::new(name, zone.into_owned()));
    }
}
