//! The zones of a calendar file: known ones by their names, others by the rules that the file brings (RFC 5545, 3.6.5).

use std::{collections::HashMap, str::FromStr, sync::Arc};

use calcard::{
    common::timezone::Tz as NamedZone,
    icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue},
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::repeat;

/// Most zones with rules of their own that are read from one file.
const OWN_ZONES_MAX: usize = 20;
/// Years before the first day that is read from which on the rules of a zone are worked out.
const YEARS_BEFORE: i32 = 3;
/// Hours that a change of the clock skips at most: an island that crosses the date line skips a day.
const SKIPPED_HOURS_MAX: i64 = 25;

/// The clock of a place.
#[derive(Clone)]
pub(super) enum Zone {
    Known(Tz),
    Own(Arc<Rules>),
}

/// Instants at which the distance from UTC changes, in order.
pub(super) struct Rules {
    /// Before the first change.
    first: TimeDelta,
    changes: Vec<(NaiveDateTime, TimeDelta)>,
}

impl Rules {
    fn offset(&self, utc: NaiveDateTime) -> TimeDelta {
        let passed = self.changes.partition_point(|(at, _)| *at <= utc);
        let last = passed.checked_sub(1).and_then(|at| self.changes.get(at));
        last.map_or(self.first, |(_, offset)| *offset)
    }

    /// The first instant at which the clock shows `local`.
    fn earliest(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let day = TimeDelta::days(1);
        let around = [
            local.checked_sub_signed(day)?,
            local.checked_add_signed(day)?,
        ];
        let instants = around.into_iter().filter_map(|near| {
            let offset = self.offset(near);
            let utc = local.checked_sub_signed(offset)?;
            (self.offset(utc) == offset).then_some(utc)
        });
        instants.min()
    }

    /// The rules that a `VTIMEZONE` holds, as its parts.
    fn of<'c>(
        parts: impl Iterator<Item = &'c ICalendarComponent>,
        window: (NaiveDate, NaiveDate),
    ) -> Option<Self> {
        let mut changes = Vec::new();
        for part in parts {
            let from = offset(part, &ICalendarProperty::Tzoffsetfrom)?;
            let to = offset(part, &ICalendarProperty::Tzoffsetto)?;
            for onset in repeat::onsets(part, from, window)? {
                changes.push((onset.checked_sub_signed(from)?, from, to));
            }
        }
        changes.sort_unstable();
        let (_, first, _) = *changes.first()?;
        Some(Self {
            first,
            changes: changes.into_iter().map(|(at, _, to)| (at, to)).collect(),
        })
    }
}

/// The distance from UTC that a part of a `VTIMEZONE` names.
fn offset(part: &ICalendarComponent, property: &ICalendarProperty) -> Option<TimeDelta> {
    let value = part.property(property)?.values.first()?;
    let written = value.as_partial_date_time()?;
    let minutes = i64::from(written.tz_hour?) * 60 + i64::from(written.tz_minute.unwrap_or(0));
    Some(TimeDelta::minutes(if written.tz_minus {
        -minutes
    } else {
        minutes
    }))
}

impl Zone {
    /// The first instant at which the clock of this zone shows `local`; as much after a change as it is after the beginning of what that skips.
    pub(super) fn instant(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let earliest = |local: NaiveDateTime| match self {
            Self::Known(zone) => Some(local.and_local_timezone(*zone).earliest()?.to_utc()),
            Self::Own(rules) => Some(rules.earliest(local)?.and_utc()),
        };
        (0..=SKIPPED_HOURS_MAX)
            .map(TimeDelta::hours)
            .find_map(|back| earliest(local.checked_sub_signed(back)?)?.checked_add_signed(back))
    }

    /// What the clock of this zone shows at an instant.
    pub(super) fn local(&self, at: DateTime<Utc>) -> Option<NaiveDateTime> {
        let utc = at.naive_utc();
        let offset = match self {
            Self::Known(zone) => {
                let offset = zone.offset_from_utc_datetime(&utc).fix();
                TimeDelta::seconds(i64::from(offset.local_minus_utc()))
            }
            Self::Own(rules) => rules.offset(utc),
        };
        utc.checked_add_signed(offset)
    }
}

/// The zones that a file uses.
pub(super) struct Zones {
    /// The zone of what names none.
    pub(super) home: Zone,
    own: HashMap<String, Zone>,
}

impl Zones {
    /// Those of a file; the rules of its own are worked out for the days of `window`.
    pub(super) fn of(
        components: &[ICalendarComponent],
        home: Tz,
        window: (NaiveDate, NaiveDate),
    ) -> Self {
        let before = window.0.with_year(window.0.year() - YEARS_BEFORE);
        let window = (before.unwrap_or(window.0), window.1);
        let mut own = HashMap::new();
        for component in components {
            let Some(name) = own_name(component) else {
                continue;
            };
            if own.len() >= OWN_ZONES_MAX || named(name).is_some() {
                continue;
            }
            let parts = component.component_ids.iter();
            let parts = parts.filter_map(|id| components.get(usize::try_from(*id).ok()?));
            let parts = parts.filter(|part| {
                let kind = &part.component_type;
                matches!(
                    kind,
                    ICalendarComponentType::Standard | ICalendarComponentType::Daylight
                )
            });
            let rules = Rules::of(parts, window).map(|rules| Zone::Own(Arc::new(rules)));
            // A place that the file names beside the rules (X-LIC-LOCATION) is a zone as well.
            let place = || match component.timezone()?.1 {
                NamedZone::Tz(zone) => Some(Zone::Known(zone)),
                _ => None,
            };
            if let Some(zone) = rules.or_else(place) {
                own.entry(name.to_owned()).or_insert(zone);
            }
        }
        Self {
            home: Zone::Known(home),
            own,
        }
    }

    /// The zone of that name; the municipality's own where none is named.
    pub(super) fn find(&self, name: Option<&str>) -> Option<Zone> {
        let Some(name) = name else {
            return Some(self.home.clone());
        };
        let known = || Some(Zone::Known(named(name).or_else(|| of_place(name))?));
        self.own.get(name).cloned().or_else(known)
    }
}

fn own_name(component: &ICalendarComponent) -> Option<&str> {
    if component.component_type != ICalendarComponentType::VTimezone {
        return None;
    }
    match component.property(&ICalendarProperty::Tzid)?.values.first() {
        Some(ICalendarValue::Text(name)) => Some(name),
        _ => None,
    }
}

/// The zone that IANA, Windows or another maker of calendars calls so.
fn named(name: &str) -> Option<Tz> {
    let name = name.trim();
    let NamedZone::Tz(zone) = NamedZone::from_str(name).ok()? else {
        return None;
    };
    // Of "(UTC+01:00) Somewhere" the distance alone says nothing of summer time.
    (!name.starts_with('(') || !zone.name().starts_with("Etc/")).then_some(zone)
}

/// The zone of a name in other letters or longer than usual, by the place in it: "/example.org/Europe/Amsterdam",
/// "(UTC+01:00) Amsterdam, Berlijn, Bern, Rome, Stockholm, Wenen".
fn of_place(name: &str) -> Option<Tz> {
    let name = name.trim().to_lowercase().replace('_', " ");
    let is = |zone: &Tz| zone.name().to_lowercase().replace('_', " ") == name;
    if let Some(zone) = chrono_tz::TZ_VARIANTS.iter().find(|zone| is(zone)) {
        return Some(*zone);
    }
    let places = name.split([',', '/', '(', ')', ';']).map(str::trim);
    places
        .filter(|place| place.len() > 3)
        .find_map(|place| {
            chrono_tz::TZ_VARIANTS.iter().find(|zone| {
                let city = zone.name().rsplit_once('/').map(|(_, city)| city);
                city.is_some_and(|city| city.to_lowercase().replace('_', " ") == place)
            })
        })
        .copied()
}
