//! When an entry occurs: its start and its repetitions, without those that are left out or replaced.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    entry::{Event, Replaced},
    repeat,
    zone::Zone,
};

/// An entry of a file, as one of those with the same id.
pub(super) struct Part {
    pub(super) uid: Option<String>,
    /// What it replaces of the entry with the same id.
    pub(super) replaced: Option<Replaced>,
    /// What it says; nothing when that cannot be used.
    pub(super) event: Option<Event>,
}

/// One time at which an entry occurs, on the clock of its zone.
pub(super) struct Occurrence<'e> {
    pub(super) event: &'e Event,
    zone: &'e Zone,
    from: NaiveDateTime,
    lasts: TimeDelta,
}

impl Occurrence<'_> {
    /// When it begins and ends on the clock of another zone. What lasts so many hours of the wall clock ends there, also over a clock change.
    pub(super) fn on_clock_of(&self, zone: &Zone) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let to = self.from.checked_add_signed(self.lasts)?;
        let there = |local: NaiveDateTime| zone.local(self.zone.instant(local)?);
        Some((there(self.from)?, there(to)?))
    }
}

/// When an entry occurs. Of `series`, those that replace occurrences of it take their place, readable or not. Gives the word for why it
/// cannot be read. What ended before the `first` day is left out.
pub(super) fn occurrences<'e>(
    event: &'e Event,
    series: &'e [Part],
    first: NaiveDate,
) -> Result<Vec<Occurrence<'e>>, &'static str> {
    let start = &event.start;
    let mut times = vec![(start.local, event.lasts)];
    for (rule, until) in &event.rules {
        let repeated = repeat::times(start.local, rule, *until)?;
        let repeated = repeated.into_iter().filter(|time| *time != start.local);
        times.extend(repeated.map(|time| (time, event.lasts)));
    }
    let added = event.added.iter();
    times.extend(added.map(|(at, lasts)| (at.local_beside(start), lasts.unwrap_or(event.lasts))));

    let replacing = series
        .iter()
        .filter_map(|part| Some((part.replaced.as_ref()?, part.event.as_ref())));
    let without = event
        .without
        .iter()
        .chain(replacing.clone().map(|(replaced, _)| &replaced.at));
    let without: HashSet<_> = without.filter_map(|at| at.as_start(start)).collect();
    let mut futures: Vec<_> = replacing
        .filter(|(replaced, _)| replaced.and_future)
        .filter_map(|(replaced, by)| Some((replaced.at.as_start(start)?, by)))
        .collect();
    futures.sort_by_key(|(from, _)| *from);
    if futures.is_empty() {
        // No two zones are more than a day apart.
        let near = first.and_time(NaiveTime::MIN) - TimeDelta::days(2);
        times.retain(|(time, lasts)| {
            time.checked_add_signed(*lasts)
                .is_some_and(|end| end > near)
        });
    }

    let own: HashSet<_> = times
        .iter()
        .filter_map(|(time, _)| start.zone.instant(*time))
        .collect();
    let mut found = Vec::new();
    for (time, lasts) in times {
        let Some(at) = start.zone.instant(time) else {
            continue;
        };
        let mut occurrence = Occurrence {
            event,
            zone: &start.zone,
            from: time,
            lasts,
        };
        if let Some((from, by)) = futures.iter().rev().find(|(from, _)| *from <= at) {
            // What is called off or cannot be read has no times; what repeats by itself brings its own.
            let Some(by) = by.filter(|by| !by.is_cancelled && by.rules.is_empty()) else {
                continue;
            };
            let Some(was) = start.zone.local(*from) else {
                continue;
            };
            occurrence.event = by;
            occurrence.from += by.start.local_to(&start.zone) - was;
            occurrence.lasts = by.lasts;
        }
        let moved = start.zone.instant(occurrence.from);
        let moved = moved.filter(|moved| !own.contains(moved));
        let names_it = |at| without.contains(&at);
        if !names_it(at) && !moved.is_some_and(names_it) {
            found.push(occurrence);
        }
    }
    Ok(found)
}
