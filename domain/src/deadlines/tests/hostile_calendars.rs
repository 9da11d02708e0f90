//! Calendar files that would cost much to read: each is answered at once, and the ordinary entries beside them are still read.

use std::time::{Duration, Instant};

use super::closures::{event, named, read};
use crate::deadlines::{CalendarFile, CalendarFileProblem};

const ORDINARY: &str = "UID:gewoon|DTSTART;VALUE=DATE:20260403|SUMMARY:Goede Vrijdag";

/// Reads entries beside an ordinary one. Far longer than it takes, for a busy machine and a build without optimisation.
fn at_once(events: &str) -> Result<CalendarFile, CalendarFileProblem> {
    let began = Instant::now();
    let found = read(&(event(ORDINARY) + events));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    found
}

#[test]
fn what_repeats_within_days_is_named_and_the_rest_is_read() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=7",
        "FREQ=HOURLY;COUNT=4000000000",
        "freq=secondly",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,10,20,30,40,50",
    ] {
        let start = "UID:1|DTSTART;TZID=Europe/Amsterdam:19000101T090000";
        let found = at_once(&event(&format!("{start}|RRULE:{rule}|SUMMARY:Vaak"))).unwrap();
        assert_eq!(found.left_out, [("Vaak".to_owned(), "too_often")], "{rule}");
        assert_eq!(found.days.len(), 1, "{rule}");
    }
}

#[test]
fn what_began_long_ago_is_read_from_today_on() {
    for (start, rule, first) in [
        (
            "19000101",
            "FREQ=DAILY;INTERVAL=30;COUNT=2000000",
            "2026-01-30",
        ),
        ("15000101", "FREQ=YEARLY", "2026-01-01"),
        (
            "19010101T090000Z",
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "2026-01-31",
        ),
    ] {
        let lines = format!("UID:1|DTSTART:{start}|DURATION:PT1H|RRULE:{rule}|SUMMARY:Oud");
        let found = at_once(&event(&lines)).unwrap();
        let mut days = found.days.iter().filter(|day| day.reason == "Oud");
        let first_day = days.clone().map(|day| day.day.to_string()).next();
        assert_eq!(first_day.as_deref(), Some(first), "{rule}");
        let last = days.next_back().unwrap().day.to_string();
        assert!(last.as_str() > "2030-12", "{last} {rule}");
    }
}

#[test]
fn an_entry_that_names_too_many_days_is_named_and_the_rest_is_read() {
    for (lines, why) in [
        (
            "UID:1|DTSTART;VALUE=DATE:19900101|RRULE:FREQ=DAILY|SUMMARY:x",
            "too_many_days",
        ),
        (
            "UID:1|DTSTART:20260105T110000Z|DURATION:PT30M|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR|SUMMARY:x",
            "too_many_days",
        ),
        (
            "UID:1|DTSTART;VALUE=DATE:20260101|DURATION:P99999999W|SUMMARY:x",
            "too_many_days",
        ),
        (
            "UID:1|DTSTART;VALUE=DATE:15000101|RRULE:FREQ=DAILY|SUMMARY:x",
            "too_often",
        ),
        (
            "UID:1|DTSTART;VALUE=DATE:20260101|DURATION:P300D|RRULE:FREQ=DAILY;COUNT=600|SUMMARY:x",
            "too_slow",
        ),
    ] {
        let found = at_once(&event(lines)).unwrap();
        assert_eq!(found.left_out, [("x".to_owned(), why)], "{lines}");
        assert_eq!(found.days.len(), 1, "{lines}");
    }
}

#[test]
fn many_entries_that_cost_much_are_refused_as_too_slow() {
    for lines in [
        // Every day of a century, and never a day that counts.
        "DTSTART;VALUE=DATE:19000101|RRULE:FREQ=DAILY;COUNT=45000|SUMMARY:x",
        // A rule of which no day exists.
        "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|SUMMARY:x",
        "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31|SUMMARY:x",
        // The same year of days again and again.
        "DTSTART;VALUE=DATE:20260101|DURATION:P300D|RRULE:FREQ=DAILY;COUNT=600|SUMMARY:x",
    ] {
        let events = event(lines).repeat(1_000);
        assert_eq!(
            at_once(&events).unwrap_err(),
            CalendarFileProblem::TooSlow,
            "{lines}"
        );
    }
}

#[test]
fn long_and_deep_files_are_read_or_refused() {
    let days: Vec<String> = (1..=28).map(|day| format!("202601{day:02}")).collect();
    let except = format!("EXDATE;VALUE=DATE:{}|", days.join("|EXDATE;VALUE=DATE:")).repeat(200);
    let lines = format!(
        "UID:1|DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY;COUNT=31|{except}SUMMARY:Januari"
    );
    let days = at_once(&event(&lines)).unwrap().days.len();
    assert_eq!(days, 1 + 3, "many exceptions");

    let folded = "\r\n ".repeat(50_000);
    let lines = format!("UID:1|DTSTART;VALUE=DATE:20260404|SUMMARY:Ge{folded}vouwen");
    let found = at_once(&event(&lines)).unwrap();
    assert_eq!(found.days[1].reason, "Gevouwen");

    let (begin, end) = ("BEGIN:VEVENT\r\n", "END:VEVENT\r\n");
    let nested = begin.repeat(6_000) + &end.repeat(6_000);
    let found = at_once(&nested).unwrap();
    assert_eq!(found.days.len(), 1, "entries within entries have no begin");

    let many = event("DTSTART;VALUE=DATE:20260404").repeat(100_000);
    assert_eq!(at_once(&many).unwrap_err(), CalendarFileProblem::TooLarge);
}

#[test]
fn files_of_other_programs_are_read() {
    for (why, lines, days) in [
        (
            "a duration instead of an end",
            "UID:1|DTSTART;VALUE=DATE:20260719|DURATION:P1W|SUMMARY:Zomer",
            7,
        ),
        (
            "an exception that Exchange names by its instant",
            "UID:1|DTSTART;TZID=W. Europe Standard Time:20260105T000000|DTEND;TZID=W. Europe Standard Time:20260106T000000|RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO|EXDATE:20260111T230000Z|SUMMARY:Maandag",
            3,
        ),
        (
            "an exception that is named by its day",
            "UID:1|DTSTART;TZID=Europe/Amsterdam:20260105T090000|DTEND;TZID=Europe/Amsterdam:20260105T100000|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20260106|SUMMARY:Overleg",
            2,
        ),
        (
            "more days as periods",
            "UID:1|DTSTART;TZID=Europe/Amsterdam:20270104T090000|DTEND;TZID=Europe/Amsterdam:20270104T120000|RDATE;VALUE=PERIOD;TZID=Europe/Amsterdam:20270111T130000/20270111T170000,20270118T130000/PT2H|SUMMARY:Training",
            3,
        ),
        (
            "until an instant that is the last evening",
            "UID:1|DTSTART;TZID=Europe/Amsterdam:20260105T220000|DTEND;TZID=Europe/Amsterdam:20260105T230000|RRULE:FREQ=DAILY;UNTIL=20260107T210000Z|SUMMARY:Avond",
            3,
        ),
        (
            "in small letters",
            "uid:1|dtstart;value=date:20260105|rrule:freq=yearly;count=2|summary:Klein",
            2,
        ),
        (
            "the last day that is read",
            "UID:1|DTSTART:20261231T090000Z|DTEND:20261231T100000Z|RRULE:FREQ=YEARLY|SUMMARY:Oud",
            6,
        ),
    ] {
        let found = read(&event(lines)).unwrap();
        assert_eq!(found.days.len(), days, "{why}: {:?}", found.days);
    }
    let series = event(
        "UID:1|SEQUENCE:0|DTSTART;VALUE=DATE:20260105|RRULE:FREQ=DAILY;COUNT=2|SUMMARY:Reeks",
    );
    let other = event("UID:2|DTSTART;VALUE=DATE:20260106|SUMMARY:Ander");
    let moved = event(
        "UID:1|SEQUENCE:3|RECURRENCE-ID;VALUE=DATE:20260106|DTSTART;VALUE=DATE:20260109|SUMMARY:Later",
    );
    assert_eq!(
        named(&(series + &other + &moved)),
        ["2026-01-05 Reeks", "2026-01-06 Ander", "2026-01-09 Later"]
    );
    let file = |body: &str| format!("BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n");
    let two = file(&event(ORDINARY)) + &file(&event("UID:2|DTSTART;VALUE=DATE:20260406"));
    let today = "2026-01-01".parse().unwrap();
    let found = CalendarFile::read(two.as_bytes(), chrono_tz::Europe::Amsterdam, today).unwrap();
    assert_eq!(found.days.len(), 2, "two calendars in one file");
    let mut bytes = file(&event("UID:1|DTSTART;VALUE=DATE:20260406|SUMMARY:Caf#")).into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'#').unwrap();
    bytes.splice(at..=at, *b"\xc3\r\n \xa9");
    let found = CalendarFile::read(&bytes, chrono_tz::Europe::Amsterdam, today).unwrap();
    assert_eq!(found.days[0].reason, "Café", "a fold within a letter");
}
