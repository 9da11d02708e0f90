//! What the pages about calendars and promises share.

use chrono::NaiveDate;
use domain::{Language, deadlines::Calendar};

use crate::html::dashed;

/// The pages about calendars, promises and deadlines, each with the key of its name.
pub const TABS: [(&str, &str); 5] = [
    ("/beheer/kalender", "calendar-part-days"),
    ("/beheer/belofte", "calendar-part-promise"),
    ("/beheer/kalender/wet", "calendar-part-law"),
    ("/beheer/kalender/versies", "calendar-part-versions"),
    ("/beheer/rekenen", "calendar-part-simulator"),
];

/// How soon something can be promised.
pub const TARGETS: [&str; 2] = ["workingDays", "businessHours"];

/// What a field of a form of this room is called in the summary of errors: `pauses.0.to` by the key `input-pauses-to`.
pub fn field_name(field: &str, language: Language) -> Option<String> {
    let parts = field
        .split('.')
        .filter(|part| part.parse::<usize>().is_err());
    let words: Vec<String> = parts.map(dashed).collect();
    let key = format!("input-{}", words.join("-"));
    language.has(&key).then(|| language.text(&key))
}

/// Minutes since midnight as "08:30".
pub fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The opening hours of a day as "08:30-12:00 13:00-17:00"; nothing when it is closed.
pub fn hours(calendar: &Calendar, day: NaiveDate) -> String {
    calendar
        .openings(day)
        .iter()
        .map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)))
        .collect::<Vec<_>>()
        .join(" ")
}
