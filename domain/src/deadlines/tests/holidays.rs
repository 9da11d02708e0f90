//! The holidays until 2040 and the clock changes of ten years, against literal tables and against an algorithm of another family.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Amsterdam;

use super::office;
use crate::deadlines::{Calendar, CalendarDefinition, Holiday, ServiceRule, easter};

/// Month and day of each holiday in the order of the year: New Year, Good Friday, Easter Monday, Koningsdag, 5 May, Ascension, Whit
/// Monday, Christmas, Boxing Day.
const DAYS: [(i32, &str); 18] = [
    (
        2023,
        "01-01 04-07 04-10 04-27 05-05 05-18 05-29 12-25 12-26",
    ),
    (
        2024,
        "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26",
    ),
    (
        2025,
        "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    ),
    (
        2026,
        "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    ),
    (
        2027,
        "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
    ),
    (
        2028,
        "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26",
    ),
    (
        2029,
        "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26",
    ),
    (
        2030,
        "01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26",
    ),
    (
        2031,
        "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
    ),
    (
        2032,
        "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
    ),
    (
        2033,
        "01-01 04-15 04-18 04-27 05-05 05-26 06-06 12-25 12-26",
    ),
    (
        2034,
        "01-01 04-07 04-10 04-27 05-05 05-18 05-29 12-25 12-26",
    ),
    (
        2035,
        "01-01 03-23 03-26 04-27 05-05 05-03 05-14 12-25 12-26",
    ),
    (
        2036,
        "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
    ),
    (
        2037,
        "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    ),
    (
        2038,
        "01-01 04-23 04-26 04-27 05-05 06-03 06-14 12-25 12-26",
    ),
    (
        2039,
        "01-01 04-08 04-11 04-27 05-05 05-19 05-30 12-25 12-26",
    ),
    (
        2040,
        "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26",
    ),
];

/// The holiday that falls on a day, by the table alone.
pub(super) fn listed(day: NaiveDate) -> Option<Holiday> {
    let (_, days) = DAYS.iter().find(|(year, _)| *year == day.year())?;
    let text = day.format("%m-%d").to_string();
    days.split(' ')
        .zip(Holiday::ALL)
        .find(|(listed, _)| *listed == text)
        .map(|(_, holiday)| holiday)
}

#[test]
fn every_holiday_until_2040_falls_where_the_table_says() {
    for (year, days) in DAYS {
        let found: Vec<String> = Holiday::ALL
            .iter()
            .map(|holiday| holiday.day(year).unwrap().format("%m-%d").to_string())
            .collect();
        assert_eq!(found.join(" "), days, "{year}");
    }
    assert_eq!(DAYS.last().unwrap().0, 2040);
}

/// Easter after Gauss, in his form of 1816 with both exceptions: another way than the product's.
fn gauss(year: i32) -> NaiveDate {
    let golden = year % 19;
    let century = year / 100;
    let leaps = century / 4;
    let lunar = (15 - (13 + 8 * century) / 25 + century - leaps) % 30;
    let solar = (4 + century - leaps) % 7;
    let moon = (19 * golden + lunar) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + solar) % 7;
    let first = NaiveDate::from_ymd_opt(year, 3, 22).unwrap();
    let late = match (moon, sunday) {
        (29, 6) => 28,
        (28, 6) if (11 * lunar + 11) % 30 < 19 => 27,
        _ => moon + sunday,
    };
    first + TimeDelta::days(late.into())
}

#[test]
fn easter_is_the_same_after_gauss_for_five_centuries() {
    for year in 1800..2300 {
        assert_eq!(easter(year).unwrap(), gauss(year), "{year}");
    }
}

/// The Sundays on which the clock in the Netherlands goes forward and back (Directive 2000/84/EC: the last of March and of October).
const CLOCK_CHANGES: [(&str, &str); 10] = [
    ("2026-03-29", "2026-10-25"),
    ("2027-03-28", "2027-10-31"),
    ("2028-03-26", "2028-10-29"),
    ("2029-03-25", "2029-10-28"),
    ("2030-03-31", "2030-10-27"),
    ("2031-03-30", "2031-10-26"),
    ("2032-03-28", "2032-10-31"),
    ("2033-03-27", "2033-10-30"),
    ("2034-03-26", "2034-10-29"),
    ("2035-03-25", "2035-10-28"),
];

fn utc(day: &str, time: &str) -> chrono::DateTime<chrono::Utc> {
    NaiveDateTime::parse_from_str(&format!("{day} {time}"), "%Y-%m-%d %H:%M")
        .unwrap()
        .and_utc()
}

#[test]
fn at_both_clock_changes_of_ten_years_no_minute_is_lost_or_won() {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    definition.week = std::array::from_fn(|_| {
        vec![crate::deadlines::Block(
            "00:00".to_owned(),
            "24:00".to_owned(),
        )]
    });
    definition.holidays.clear();
    let always = Calendar::prepare(&definition, "2026-01-01".parse().unwrap()).unwrap();
    for (spring, autumn) in CLOCK_CHANGES {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // Midnight before and after, written in UTC: the offsets are literal, not asked from the zone's data.
        for (sunday, before, after, hours) in [
            (spring, ("23:00", 1), ("22:00", 0), 23),
            (autumn, ("22:00", 1), ("23:00", 0), 25),
        ] {
            let begins = utc(
                &(day(sunday) - TimeDelta::days(before.1)).to_string(),
                before.0,
            );
            let ends = utc(
                &(day(sunday) - TimeDelta::days(after.1)).to_string(),
                after.0,
            );
            assert_eq!(always.instant(day(sunday), 0), Some(begins), "{sunday}");
            assert_eq!(always.closing(day(sunday)), Some(ends), "{sunday}");
            assert_eq!(
                always.open_between(begins, ends),
                TimeDelta::hours(hours),
                "{sunday}"
            );
            let rule = ServiceRule::BusinessMinutes { minutes: 24 * 60 };
            assert_eq!(
                rule.due(&always, begins - TimeDelta::hours(12)).unwrap().at,
                begins + TimeDelta::hours(12),
                "{sunday}"
            );
        }
    }
}

#[test]
fn a_promise_over_a_clock_change_keeps_to_the_clock_on_the_wall() {
    let office = office();
    for (spring, autumn) in CLOCK_CHANGES {
        for (sunday, closing) in [(spring, "15:00"), (autumn, "16:00")] {
            let sunday: NaiveDate = sunday.parse().unwrap();
            let monday = sunday.succ_opt().unwrap();

            // Easter Monday may be one of them.
            if listed(monday).is_some() {
                continue;
            }
            let friday = (sunday - TimeDelta::days(2)).to_string();
            let due = ServiceRule::WorkingDays { days: 1 }
                .due(&office, utc(&friday, "14:30"))
                .unwrap();
            assert_eq!(due.at, utc(&monday.to_string(), closing), "{sunday}");
        }
    }
}
