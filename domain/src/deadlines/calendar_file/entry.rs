//! An entry of a calendar file, parsed once.

use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarPeriod,
        ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency,
        ICalendarValue,
    },
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{
    super::calendar::REASON_MAX,
    repeat,
    zone::{Zone, Zones},
};

/// Longest time that an entry lasts, in days: longer than any file is read ahead.
const LASTS_MAX: i64 = 36_500;

/// When an entry begins or ends: local to its own zone.
#[derive(Clone)]
pub(super) struct Moment {
    pub(super) local: NaiveDateTime,
    pub(super) zone: Zone,
    has_time: bool,
}

impl Moment {
    /// A moment as it is written; without a sign for UTC it is local to `zone`.
    fn read(written: &PartialDateTime, zone: &Zone) -> Option<Self> {
        let read = written.to_date_time()?;
        let (local, zone) = match read.offset {
            Some(offset) => (
                read.date_time - TimeDelta::seconds(i64::from(offset.local_minus_utc())),
                Zone::Known(Tz::UTC),
            ),
            None => (read.date_time, zone.clone()),
        };
        Some(Self {
            local,
            zone,
            has_time: written.has_time(),
        })
    }

    /// The same instant on the clock of another zone; a day is the same everywhere.
    pub(super) fn local_to(&self, zone: &Zone) -> NaiveDateTime {
        let instant = self.zone.instant(self.local).filter(|_| self.has_time);
        let there = instant.and_then(|at| zone.local(at));
        there.unwrap_or(self.local)
    }

    /// The start of the occurrence that it names, of an entry that begins at `start`. Some programs name it by its day, or by midnight.
    pub(super) fn as_start(&self, start: &Self) -> Option<DateTime<Utc>> {
        let local = self.local_beside(start);
        let is_day = local.time() == NaiveTime::MIN;
        start.zone.instant(if is_day {
            local.date().and_time(start.local.time())
        } else {
            local
        })
    }

    /// The time at which an occurrence starts that was added to an entry that begins at `start`: a day has the time of the entry.
    pub(super) fn local_beside(&self, start: &Self) -> NaiveDateTime {
        let local = self.local_to(&start.zone);
        if self.has_time == start.has_time {
            local
        } else {
            local.date().and_time(start.local.time())
        }
    }
}

/// Which occurrences of another entry an entry replaces.
pub(super) struct Replaced {
    /// The first of them.
    pub(super) at: Moment,
    /// All that follow too.
    pub(super) and_future: bool,
}

/// An entry that can be used.
pub(super) struct Event {
    pub(super) reason: String,
    pub(super) is_free: bool,
    pub(super) is_cancelled: bool,
    pub(super) start: Moment,
    pub(super) lasts: TimeDelta,
    /// How it repeats, and until when on the clock of its zone.
    pub(super) rules: Vec<(ICalendarRecurrenceRule, NaiveDateTime)>,
    /// Starts that are added, with how long each lasts where that differs.
    pub(super) added: Vec<(Moment, Option<TimeDelta>)>,
    /// Starts that are left out.
    pub(super) without: Vec<Moment>,
}

/// What the file calls an entry.
pub(super) fn reason(event: &ICalendarComponent) -> String {
    let summary = event.property(&ICalendarProperty::Summary);
    let texts = summary.iter().flat_map(|entry| &entry.values);
    let text: Vec<&str> = texts.filter_map(ICalendarValue::as_text).collect();
    let text = crate::text::clean_line(&text.join(", "));
    text.chars().take(REASON_MAX).collect()
}

/// The entry that a component replaces, whether or not the rest of it can be used.
pub(super) fn replaced(event: &ICalendarComponent, zones: &Zones) -> Option<Replaced> {
    let entry = event.property(&ICalendarProperty::RecurrenceId)?;
    let zone = zones.find(entry.tz_id()).unwrap_or(zones.home.clone());
    let written = entry.values.first()?.as_partial_date_time()?;
    let mut params = entry.params.iter();
    Some(Replaced {
        at: Moment::read(written, &zone)?,
        and_future: params.any(|param| param.name == ICalendarParameterName::Range),
    })
}

impl Event {
    /// Reads an entry that repeats until the end of the `last` day at most. Gives the word for why it cannot be used.
    pub(super) fn read(
        event: &ICalendarComponent,
        zones: &Zones,
        last: NaiveDate,
    ) -> Result<Self, &'static str> {
        let is_cancelled = event.status() == Some(&ICalendarStatus::Cancelled);
        let is_override = event.property(&ICalendarProperty::RecurrenceId).is_some();
        if is_cancelled && !is_override {
            return Err("cancelled");
        }
        let zone_of = |entry: &ICalendarEntry| zones.find(entry.tz_id()).ok_or("zone");
        let moment = |property: &ICalendarProperty| -> Result<Option<Moment>, &'static str> {
            let Some(entry) = event.property(property) else {
                return Ok(None);
            };
            let zone = zone_of(entry)?;
            let written = entry.values.first();
            let written = written.and_then(ICalendarValue::as_partial_date_time);
            Ok(written.and_then(|written| Moment::read(written, &zone)))
        };
        let start = moment(&ICalendarProperty::Dtstart)?.ok_or("no_start")?;
        let end = moment(&ICalendarProperty::Dtend)?;
        if end.is_none() && event.property(&ICalendarProperty::Dtend).is_some() {
            return Err("no_end");
        }
        let duration = event.property(&ICalendarProperty::Duration);
        let lasts = match (end, duration.and_then(|entry| entry.values.first())) {
            (Some(end), _) => end.local_to(&start.zone) - start.local,
            (None, Some(ICalendarValue::Duration(lasts))) => {
                lasts.to_time_delta().ok_or("no_end")?
            }
            (None, Some(_)) => return Err("no_end"),
            (None, None) => TimeDelta::zero(),
        };
        if lasts < TimeDelta::zero() {
            return Err("backwards");
        }
        let mut rules = Vec::new();
        for rule in repeat::rules(event)? {
            let until = match &rule.until {
                None => repeat::end_of(last),
                Some(written) => match Moment::read(written, &start.zone) {
                    Some(until) if until.has_time => until.local_to(&start.zone),
                    Some(until) => repeat::end_of(until.local.date()),
                    None => return Err("repetition"),
                },
            };
            rules.push((rule, until.min(repeat::end_of(last))));
        }
        if start.has_time && lasts.is_zero() && !is_cancelled {
            return Err("no_end");
        }
        let shortest = TimeDelta::days(i64::from(!start.has_time));
        let mut read = Self {
            reason: reason(event),
            is_free: event.transparency() == Some(&ICalendarTransparency::Transparent),
            is_cancelled,
            lasts: lasts.clamp(shortest, TimeDelta::days(LASTS_MAX)),
            start,
            rules,
            added: Vec::new(),
            without: Vec::new(),
        };
        for entry in &event.entries {
            let is_added = match entry.name {
                ICalendarProperty::Rdate => true,
                ICalendarProperty::Exdate => false,
                _ => continue,
            };
            let zone = zone_of(entry)?;
            let values = entry.values.iter();
            let moments = values.filter_map(|value| with_length(value, &zone));
            if is_added {
                read.added.extend(moments);
            } else {
                read.without.extend(moments.map(|(moment, _)| moment));
            }
        }
        Ok(read)
    }
}

/// A moment, or a period with how long it lasts.
fn with_length(value: &ICalendarValue, zone: &Zone) -> Option<(Moment, Option<TimeDelta>)> {
    match value {
        ICalendarValue::PartialDateTime(written) => Some((Moment::read(written, zone)?, None)),
        ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
            let start = Moment::read(start, zone)?;
            let lasts = Moment::read(end, zone)?.local_to(&start.zone) - start.local;
            (lasts > TimeDelta::zero()).then_some((start, Some(lasts)))
        }
        ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
            Some((Moment::read(start, zone)?, duration.to_time_delta()))
        }
        _ => None,
    }
}
