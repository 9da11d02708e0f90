//! What differs between two versions of a calendar or a promise, in words.

use domain::{
    Language,
    deadlines::{Calendar, CalendarDefinition, Holiday, LegalCalendar, blocks_text},
};

use super::view;

/// What differs between two calendars, in words.
pub fn calendars(
    before: &CalendarDefinition,
    after: &CalendarDefinition,
    calendar: &Calendar,
    language: Language,
) -> Vec<String> {
    let mut lines = Vec::new();
    if before.zone != after.zone {
        let zones = [("before", before.zone.name()), ("after", after.zone.name())];
        lines.push(language.text_with("change-zone", &zones));
    }
    let closed = || language.text("calendar-closed");
    let or_closed = |hours: String| if hours.is_empty() { closed() } else { hours };
    for (index, (old, new)) in before.week.iter().zip(&after.week).enumerate() {
        if old != new {
            let day = language.text(&format!("weekday-{index}"));
            lines.push(language.text_with(
                "change-weekday",
                &[
                    ("day", &day),
                    ("before", &or_closed(blocks_text(old))),
                    ("after", &or_closed(blocks_text(new))),
                ],
            ));
        }
    }
    for holiday in Holiday::ALL {
        let name = language.text(&format!("holiday-{}", holiday.as_str()));
        match (
            before.holidays.contains(&holiday),
            after.holidays.contains(&holiday),
        ) {
            (false, true) => lines.push(language.text_with("change-holiday-on", &[("day", &name)])),
            (true, false) => {
                lines.push(language.text_with("change-holiday-off", &[("day", &name)]));
            }
            _ => {}
        }
    }
    for (day, exception) in &after.exceptions {
        if before.exceptions.get(day) != Some(exception) {
            lines.push(language.text_with(
                "change-day",
                &[
                    ("day", &language.day(*day)),
                    ("hours", &or_closed(view::hours(calendar, *day))),
                    ("why", &exception.reason),
                ],
            ));
        }
    }
    for day in before.exceptions.keys() {
        if !after.exceptions.contains_key(day) {
            lines.push(language.text_with(
                "change-day-off",
                &[
                    ("day", &language.day(*day)),
                    ("hours", &or_closed(view::hours(calendar, *day))),
                ],
            ));
        }
    }
    lines
}

/// What differs between two calendars of the law, in words.
pub fn laws(before: &LegalCalendar, after: &LegalCalendar, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if (before.from_year, before.through_year) != (after.from_year, after.through_year) {
        let years = |law: &LegalCalendar| format!("{}-{}", law.from_year, law.through_year);
        lines.push(language.text_with(
            "change-years",
            &[("before", &years(before)), ("after", &years(after))],
        ));
    }
    for (day, source) in &after.decreed {
        if before.decreed.get(day) != Some(source) {
            lines.push(language.text_with(
                "change-decreed-on",
                &[("day", &language.day(*day)), ("source", source)],
            ));
        }
    }
    for day in before.decreed.keys() {
        if !after.decreed.contains_key(day) {
            lines.push(language.text_with("change-decreed-off", &[("day", &language.day(*day))]));
        }
    }
    lines
}

/// What differs between two texts in sentences: what went and what came.
pub fn sentences(before: &[String], after: &[String], language: Language) -> Vec<String> {
    let told = |key: &str, line: &String| language.text_with(key, &[("line", line)]);
    let gone = before.iter().filter(|line| !after.contains(line));
    let come = after.iter().filter(|line| !before.contains(line));
    gone.map(|line| told("change-gone", line))
        .chain(come.map(|line| told("change-come", line)))
        .collect()
}
