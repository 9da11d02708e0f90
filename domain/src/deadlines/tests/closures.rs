//! Calendar files as people get them from their suppliers, colleagues and Outlook.

use chrono::NaiveDate;
use chrono_tz::Europe::Amsterdam;

use super::office;
use crate::deadlines::{CalendarFile, CalendarFileProblem};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn read(events: &str) -> Result<CalendarFile, CalendarFileProblem> {
    let file =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n{events}END:VCALENDAR\r\n");
    CalendarFile::read(file.as_bytes(), Amsterdam, day("2026-01-01"))
}

pub(super) fn event(lines: &str) -> String {
    let lines = lines.replace('|', "\r\n") + "\r\n";
    format!("BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n")
}

/// Days with the part of it and the name, as text.
pub(super) fn named(events: &str) -> Vec<String> {
    read(events)
        .unwrap()
        .days
        .iter()
        .map(|closure| match closure.part {
            None => format!("{} {}", closure.day, closure.reason),
            Some((from, to)) => format!("{} {from}-{to} {}", closure.day, closure.reason),
        })
        .collect()
}

#[test]
fn added_and_replaced_days_follow_the_entry_and_what_it_leaves_out() {
    let moved = "UID:1|RECURRENCE-ID;VALUE=DATE:20260112|DTSTART;TZID=Nergens:20260113T090000|SUMMARY:Maandag";
    for (why, events, days) in [
        (
            "a day that is added to an afternoon",
            event(
                "UID:1|DTSTART;TZID=Europe/Amsterdam:20270104T130000|DTEND;TZID=Europe/Amsterdam:20270104T170000|\
                 RDATE;VALUE=DATE:20270111|SUMMARY:Training",
            ),
            vec![
                "2027-01-04 780-1020 Training",
                "2027-01-11 780-1020 Training",
            ],
        ),
        (
            "a day that is added and left out again",
            event(
                "UID:1|DTSTART;VALUE=DATE:20261223|RDATE;VALUE=DATE:20261224,20261231|EXDATE;VALUE=DATE:20261224|SUMMARY:Kerst",
            ),
            vec!["2026-12-23 Kerst", "2026-12-31 Kerst"],
        ),
        (
            "a day that moved to one that cannot be read",
            event("UID:1|DTSTART;VALUE=DATE:20260105|RRULE:FREQ=WEEKLY;COUNT=3|SUMMARY:Maandag")
                + &event(moved),
            vec!["2026-01-05 Maandag", "2026-01-19 Maandag"],
        ),
    ] {
        assert_eq!(named(&events), days, "{why}");
    }
}

#[test]
fn days_of_every_kind_are_read() {
    for (why, lines, days) in [
        (
            "a whole day",
            "UID:1|DTSTART;VALUE=DATE:20260403|SUMMARY:Goede Vrijdag",
            vec!["2026-04-03 Goede Vrijdag"],
        ),
        (
            "several days, the end not included",
            "UID:1|DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227|SUMMARY:Kerst",
            vec!["2026-12-24 Kerst", "2026-12-25 Kerst", "2026-12-26 Kerst"],
        ),
        (
            "an afternoon in another zone",
            "UID:1|DTSTART;TZID=America/New_York:20261224T070000|DTEND;TZID=America/New_York:20261224T110000|SUMMARY:Middag",
            vec!["2026-12-24 780-1020 Middag"],
        ),
        (
            "in UTC, in summer",
            "UID:1|DTSTART:20260701T100000Z|DTEND:20260701T150000Z|SUMMARY:Uitje",
            vec!["2026-07-01 720-1020 Uitje"],
        ),
        (
            "Outlook's own name of our zone",
            "UID:1|DTSTART;TZID=W. Europe Standard Time:20260901T120000|DTEND;TZID=W. Europe Standard Time:20260901T170000|SUMMARY:Studie",
            vec!["2026-09-01 720-1020 Studie"],
        ),
        (
            "every year, without one",
            "UID:1|DTSTART;VALUE=DATE:20251003|RRULE:FREQ=YEARLY;UNTIL=20281003|EXDATE;VALUE=DATE:20271003|SUMMARY:Feest",
            vec!["2026-10-03 Feest", "2028-10-03 Feest"],
        ),
        (
            "every first Monday over both clock changes, at the same local time",
            "UID:1|DTSTART;TZID=Europe/Amsterdam:20260302T090000|DTEND;TZID=Europe/Amsterdam:20260302T100000|RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=3|SUMMARY:Overleg",
            vec![
                "2026-03-02 540-600 Overleg",
                "2026-04-06 540-600 Overleg",
                "2026-05-04 540-600 Overleg",
            ],
        ),
        (
            "over midnight",
            "UID:1|DTSTART:20260701T200000Z|DTEND:20260702T080000Z|SUMMARY:Nacht",
            vec!["2026-07-01 1320-1440 Nacht", "2026-07-02 0-600 Nacht"],
        ),
        (
            "what lies behind is left alone",
            "UID:1|DTSTART;VALUE=DATE:20251231|DTEND;VALUE=DATE:20260102|SUMMARY:Jaarwisseling",
            vec!["2026-01-01 Jaarwisseling"],
        ),
    ] {
        assert_eq!(named(&event(lines)), days, "{why}");
    }
}

#[test]
fn one_occurrence_that_was_moved_takes_the_place_of_its_original() {
    let events = event(
        "UID:feest|DTSTART;VALUE=DATE:20261003|RRULE:FREQ=YEARLY;COUNT=2|SUMMARY:Feest",
    ) + &event(
        "UID:feest|RECURRENCE-ID;VALUE=DATE:20271003|DTSTART;VALUE=DATE:20271004|SUMMARY:Feest op maandag",
    );
    assert_eq!(
        named(&events),
        ["2026-10-03 Feest", "2027-10-04 Feest op maandag"]
    );
}

#[test]
fn what_cannot_be_used_is_told_and_the_rest_is_read() {
    let events = event("UID:1|DTSTART;VALUE=DATE:20260403|SUMMARY:Goed")
        + &event("UID:2|DTSTART;VALUE=DATE:20260404|STATUS:CANCELLED|SUMMARY:Gaat niet door")
        + &event("UID:3|DTSTART;TZID=Mars/Olympus:20260405T100000|SUMMARY:Ver weg")
        + &event("UID:4|DTSTART;VALUE=DATE:20260406|RRULE:FREQ=SOMS|SUMMARY:Soms")
        + &event("UID:5|SUMMARY:Zonder begin")
        + &event("UID:6|DTSTART;VALUE=DATE:20260408|DTEND;VALUE=DATE:20260401|SUMMARY:Achteruit")
        + &event("UID:7|DTSTART;VALUE=DATE:20260329|TRANSP:TRANSPARENT|SUMMARY:Zomertijd begint");
    let found = read(&events).unwrap();
    let why: Vec<&str> = found.left_out.iter().map(|(_, why)| *why).collect();
    assert_eq!(
        why,
        ["cancelled", "zone", "repetition", "no_start", "backwards"]
    );
    let free: Vec<(String, bool)> = found
        .days
        .iter()
        .map(|closure| (closure.reason.clone(), closure.is_free))
        .collect();
    assert_eq!(
        free,
        [
            ("Zomertijd begint".to_owned(), true),
            ("Goed".to_owned(), false)
        ],
        "the change of the clock is nobody's closing day, and the file says so"
    );
}

#[test]
fn a_bad_file_gets_a_clear_answer() {
    let today = day("2026-01-01");
    let bad = |bytes: &[u8]| CalendarFile::read(bytes, Amsterdam, today).unwrap_err();
    assert_eq!(bad(b""), CalendarFileProblem::NotACalendar);
    assert_eq!(bad(b"<html>"), CalendarFileProblem::NotACalendar);
    assert_eq!(
        bad(b"BEGIN:VCALENDAR\r\n"),
        CalendarFileProblem::NotACalendar
    );
    assert_eq!(
        bad(b"\xff\xd8\xff\xe0\0\x10JFIF"),
        CalendarFileProblem::NotACalendar,
        "a photo"
    );
    assert_eq!(bad(&vec![b'x'; 200_001]), CalendarFileProblem::TooLarge);
    assert_eq!(read("").unwrap_err(), CalendarFileProblem::NoDays);
    let years = |year: i32| {
        event(&format!(
            "UID:{year}|DTSTART;VALUE=DATE:{year}0101|DURATION:P900D|SUMMARY:x"
        ))
    };
    let many = years(2026) + &years(2029);
    assert_eq!(read(&many).unwrap_err(), CalendarFileProblem::TooMany);
}

#[test]
fn a_closing_day_takes_out_what_was_open_and_nothing_else() {
    let office = office();
    let events = event("UID:1|DTSTART:20260701T100000Z|DTEND:20260701T110000Z|SUMMARY:Lunch")
        + &event("UID:2|DTSTART;VALUE=DATE:20260704|SUMMARY:Zaterdag")
        + &event("UID:3|DTSTART;VALUE=DATE:20260702|SUMMARY:Dicht");
    let found = read(&events).unwrap();
    let hours: Vec<Option<usize>> = found
        .days
        .iter()
        .map(|closure| closure.exception(&office).map(|day| day.blocks.len()))
        .collect();
    assert_eq!(
        hours,
        [Some(2), Some(0), None],
        "before and after lunch; closed; closed already"
    );
}
