//! The numbered cases of `worked_cases` about due dates: receipt, opening hours, clock changes and days that differ.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::{America::Kralendijk, Europe::Amsterdam, Tz};

use super::local;
use crate::deadlines::{
    Block, Calendar, CalendarDefinition, CalendarProblem, Exception, ServiceRule,
};

const R1: ServiceRule = ServiceRule::WorkingDays { days: 1 };
pub(super) const R8: ServiceRule = ServiceRule::BusinessMinutes { minutes: 480 };

fn written(zone: Tz) -> CalendarDefinition {
    let mut definition = CalendarDefinition::office_hours(zone);
    for blocks in definition.week.iter_mut().take(5) {
        *blocks = of(&[("09:00", "17:00")]);
    }
    definition
}

fn of(blocks: &[(&str, &str)]) -> Vec<Block> {
    blocks
        .iter()
        .map(|(from, to)| Block((*from).to_owned(), (*to).to_owned()))
        .collect()
}

fn prepared(definition: &CalendarDefinition) -> Calendar {
    Calendar::prepare(definition, "2026-01-01".parse().unwrap()).unwrap()
}

pub(super) fn differing(days: &[(&str, &[(&str, &str)])]) -> Calendar {
    let mut definition = written(Amsterdam);
    for (day, blocks) in days {
        let exception = Exception {
            blocks: of(blocks),
            reason: "anders".to_owned(),
        };
        definition
            .exceptions
            .insert(day.parse().unwrap(), exception);
    }
    prepared(&definition)
}

fn due(rule: &ServiceRule, calendar: &Calendar, received: &str) -> DateTime<Utc> {
    rule.due(calendar, local(received)).unwrap().at
}

#[test]
fn a_promise_falls_due_when_the_list_says() {
    let office = differing(&[]);
    let closed = differing(&[("2026-04-03", &[])]);
    for (number, calendar, received, by_day, by_hours) in [
        (
            1,
            &office,
            "2026-06-02 10:00",
            "2026-06-03 17:00",
            "2026-06-03 10:00",
        ),
        (
            2,
            &office,
            "2026-04-03 16:00",
            "2026-04-07 17:00",
            "2026-04-07 16:00",
        ),
        (
            2,
            &closed,
            "2026-04-03 16:00",
            "2026-04-07 17:00",
            "2026-04-07 17:00",
        ),
        (
            3,
            &office,
            "2026-04-25 12:00",
            "2026-04-28 17:00",
            "2026-04-28 17:00",
        ),
        (
            4,
            &office,
            "2026-06-01 07:30",
            "2026-06-02 17:00",
            "2026-06-01 17:00",
        ),
        (
            5,
            &office,
            "2026-06-01 17:00",
            "2026-06-02 17:00",
            "2026-06-02 17:00",
        ),
        (
            7,
            &office,
            "2026-07-06 23:30",
            "2026-07-07 17:00",
            "2026-07-07 17:00",
        ),
        // In UTC it is still Monday.
        (
            7,
            &office,
            "2026-07-07 00:30",
            "2026-07-08 17:00",
            "2026-07-07 17:00",
        ),
        (
            8,
            &office,
            "2026-06-05 16:58",
            "2026-06-08 17:00",
            "2026-06-08 16:58",
        ),
    ] {
        assert_eq!(due(&R1, calendar, received), local(by_day), "case {number}");
        assert_eq!(
            due(&R8, calendar, received),
            local(by_hours),
            "case {number}"
        );
    }
    let second_before = local("2026-06-01 17:00") - TimeDelta::seconds(1);
    let due = R8.due(&office, second_before).unwrap().at;
    assert_eq!(
        due,
        local("2026-06-02 17:00") - TimeDelta::seconds(1),
        "case 5"
    );
}

/// An office that keeps these hours on every day of the week, holidays too.
fn every_day(zone: Tz, blocks: &[(&str, &str)]) -> Calendar {
    let mut definition = CalendarDefinition::office_hours(zone);
    definition.week = std::array::from_fn(|_| of(blocks));
    definition.holidays.clear();
    prepared(&definition)
}

#[test]
fn opening_times_that_a_clock_change_skips_or_repeats_mean_one_thing() {
    let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    for (why, blocks, from, to, minutes) in [
        // 29 March: the clock goes from 02:00 to 03:00, at 01:00 UTC.
        (
            "opens in the hour that is skipped",
            ("02:30", "05:00"),
            "2026-03-29T00:00:00Z",
            "2026-03-29T12:00:00Z",
            120,
        ),
        (
            "opens at an odd minute of it",
            ("02:10", "05:00"),
            "2026-03-29T00:00:00Z",
            "2026-03-29T12:00:00Z",
            120,
        ),
        (
            "closes in the hour that is skipped",
            ("00:00", "02:30"),
            "2026-03-28T22:00:00Z",
            "2026-03-29T12:00:00Z",
            120,
        ),
        (
            "closes at an odd minute of it",
            ("00:00", "02:10"),
            "2026-03-28T22:00:00Z",
            "2026-03-29T12:00:00Z",
            120,
        ),
        (
            "lies in it altogether",
            ("02:10", "02:50"),
            "2026-03-29T00:00:00Z",
            "2026-03-29T12:00:00Z",
            0,
        ),
        (
            "ends as it begins",
            ("00:00", "02:00"),
            "2026-03-28T22:00:00Z",
            "2026-03-29T12:00:00Z",
            120,
        ),
        // 25 October: the clock goes from 03:00 back to 02:00, at 01:00 UTC.
        (
            "opens in the hour that comes twice",
            ("02:30", "05:00"),
            "2026-10-24T23:00:00Z",
            "2026-10-25T12:00:00Z",
            210,
        ),
        (
            "closes in the hour that comes twice",
            ("00:00", "02:30"),
            "2026-10-24T21:00:00Z",
            "2026-10-25T12:00:00Z",
            150,
        ),
        (
            "lies in it altogether",
            ("02:10", "02:50"),
            "2026-10-24T23:00:00Z",
            "2026-10-25T12:00:00Z",
            40,
        ),
        (
            "begins after it",
            ("03:00", "05:00"),
            "2026-10-24T23:00:00Z",
            "2026-10-25T12:00:00Z",
            120,
        ),
    ] {
        let office = every_day(Amsterdam, &[blocks]);
        assert_eq!(
            office.open_between(utc(from), utc(to)),
            TimeDelta::minutes(minutes),
            "{why}"
        );
    }
    // A day whose only opening is skipped ends when the clock has gone on.
    let office = every_day(Amsterdam, &[("02:10", "02:50")]);
    assert_eq!(
        due(&R1, &office, "2026-03-28 12:00"),
        utc("2026-03-29T01:00:00Z")
    );
}

#[test]
fn a_day_until_midnight_loses_no_minute_and_a_night_has_to_be_split() {
    let evening = every_day(Amsterdam, &[("18:00", "24:00")]);
    let hour = ServiceRule::BusinessMinutes { minutes: 60 };
    assert_eq!(
        due(&hour, &evening, "2026-06-01 23:00"),
        local("2026-06-02 00:00")
    );
    assert_eq!(
        due(&hour, &evening, "2026-06-01 23:01"),
        local("2026-06-02 18:01")
    );
    assert_eq!(
        due(&R1, &evening, "2026-06-01 12:00"),
        local("2026-06-03 00:00")
    );
    let night = every_day(Amsterdam, &[("00:00", "06:00"), ("22:00", "24:00")]);
    assert_eq!(
        due(&R8, &night, "2026-06-01 22:00"),
        local("2026-06-02 06:00")
    );
    let mut definition = written(Amsterdam);
    definition.week[0] = of(&[("22:00", "06:00")]);
    assert_eq!(
        Calendar::prepare(&definition, "2026-01-01".parse().unwrap()).map(|_| ()),
        Err(CalendarProblem::Backwards(
            "22:00".to_owned(),
            "06:00".to_owned()
        ))
    );
    definition.week[0] = of(&[("08:30", "23:59")]);
    assert!(
        prepared(&definition).closing("2026-06-01".parse().unwrap())
            < Some(local("2026-06-02 00:00"))
    );
}

#[test]
fn days_that_differ_count_as_they_are() {
    let office = differing(&[
        ("2026-12-24", &[("09:00", "13:00")]),
        ("2026-06-06", &[("10:00", "14:00")]),
        ("2026-06-11", &[("09:00", "20:00")]),
    ]);
    for (rule, received, expected) in [
        (&R1, "2026-12-23 10:00", "2026-12-24 13:00"),
        (&R8, "2026-12-24 10:00", "2026-12-28 14:00"),
        (&R1, "2026-06-05 10:00", "2026-06-06 14:00"),
        (&R8, "2026-06-05 16:00", "2026-06-08 12:00"),
        (&R1, "2026-06-10 10:00", "2026-06-11 20:00"),
        (&R8, "2026-06-11 10:00", "2026-06-11 18:00"),
    ] {
        assert_eq!(due(rule, &office, received), local(expected), "{received}");
    }
}

#[test]
fn there_is_no_limit_to_looking_ahead() {
    let first: NaiveDate = "2026-06-02".parse().unwrap();
    for closed in [12, 100, 700] {
        let days: Vec<String> = first
            .iter_days()
            .take(closed)
            .map(|day| day.to_string())
            .collect();
        let days: Vec<(&str, &[(&str, &str)])> =
            days.iter().map(|day| (day.as_str(), &[][..])).collect();
        let office = differing(&days);
        let received = local("2026-06-01 16:00");
        let mut opens = first + TimeDelta::days(i64::try_from(closed).unwrap());
        while office.closed(opens).is_some() {
            opens = opens.succ_opt().unwrap();
        }
        assert_eq!(
            R1.due(&office, received).unwrap().at,
            office.closing(opens).unwrap(),
            "{closed}"
        );
        let hour = TimeDelta::hours(1);
        assert_eq!(
            R8.due(&office, received).unwrap().at,
            office.closing(opens).unwrap() - hour,
            "{closed}"
        );
    }
}

#[test]
fn a_calendar_that_never_opens_is_refused_and_gives_no_deadline() {
    let mut definition = written(Amsterdam);
    definition.week = Default::default();
    let today: NaiveDate = "2026-06-01".parse().unwrap();
    let prepare =
        |definition: &CalendarDefinition| Calendar::prepare(definition, today).map(|_| ());
    assert_eq!(prepare(&definition), Err(CalendarProblem::NeverOpen));
    let open = Exception {
        blocks: of(&[("09:00", "17:00")]),
        reason: "Inloopdag".to_owned(),
    };
    definition
        .exceptions
        .insert("2026-05-01".parse().unwrap(), open.clone());
    assert_eq!(
        prepare(&definition),
        Err(CalendarProblem::NeverOpen),
        "an opening that has passed"
    );
    definition
        .exceptions
        .insert("2028-05-01".parse().unwrap(), open);
    let once = Calendar::prepare(&definition, today).unwrap();
    assert_eq!(
        R1.due(&once, local("2026-06-01 10:00")).unwrap().at,
        local("2028-05-01 17:00")
    );
    let two_days = ServiceRule::WorkingDays { days: 2 };
    assert_eq!(
        two_days.due(&once, local("2026-06-01 10:00")),
        None,
        "no date is better than a wrong one"
    );
}

#[test]
fn two_municipalities_in_different_zones_each_have_their_own_day_and_feasts() {
    let here = prepared(&written(Amsterdam));
    let mut definition = written(Kralendijk);
    // Dia di Boneiru, 6 September, is no feast of the Netherlands; 5 May is none of Bonaire.
    definition
        .holidays
        .retain(|holiday| *holiday != crate::deadlines::Holiday::LiberationDay);
    let day = Exception {
        blocks: Vec::new(),
        reason: "Dia di Boneiru".to_owned(),
    };
    definition
        .exceptions
        .insert("2027-09-06".parse().unwrap(), day);
    let there = prepared(&definition);
    let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    for (received, here_due, there_due) in [
        // 23:30 on Monday on Bonaire is 05:30 on Tuesday in Amsterdam.
        (
            "2026-07-07T03:30:00Z",
            "2026-07-08T15:00:00Z",
            "2026-07-07T21:00:00Z",
        ),
        // No clock changes on Bonaire.
        (
            "2026-10-23T14:00:00Z",
            "2026-10-26T16:00:00Z",
            "2026-10-26T21:00:00Z",
        ),
        (
            "2026-05-04T14:00:00Z",
            "2026-05-06T15:00:00Z",
            "2026-05-05T21:00:00Z",
        ),
        (
            "2027-09-03T14:00:00Z",
            "2027-09-06T15:00:00Z",
            "2027-09-07T21:00:00Z",
        ),
    ] {
        assert_eq!(
            R1.due(&here, utc(received)).unwrap().at,
            utc(here_due),
            "{received}"
        );
        assert_eq!(
            R1.due(&there, utc(received)).unwrap().at,
            utc(there_due),
            "{received}"
        );
    }
}
