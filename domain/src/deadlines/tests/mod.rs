//! The worked examples, as a table: office hours 08:30-17:00, closed on the holidays of the Cao Gemeenten.

mod calendar_corpus;
mod closures;
mod holidays;
mod hostile_calendars;
mod legal_terms;
mod oracle;
mod properties;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;

use super::{
    Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception, Holiday, ServiceRule,
    Step,
};

const ONE_WORKING_DAY: ServiceRule = ServiceRule::WorkingDays { days: 1 };
const A_DAY_OF_MINUTES: ServiceRule = ServiceRule::BusinessMinutes { minutes: 510 };

fn today() -> NaiveDate {
    "2025-01-01".parse().unwrap()
}

pub(crate) fn office() -> Calendar {
    Calendar::prepare(&CalendarDefinition::office_hours(Amsterdam), today()).unwrap()
}

fn closing(day: &str, reason: &str) -> Calendar {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    definition.exceptions.insert(
        day.parse().unwrap(),
        Exception {
            blocks: vec![],
            reason: reason.to_owned(),
        },
    );
    Calendar::prepare(&definition, today()).unwrap()
}

pub(crate) fn local(text: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .unwrap()
        .and_local_timezone(Amsterdam)
        .earliest()
        .unwrap()
        .to_utc()
}

#[test]
fn somebody_is_called_within_one_working_day() {
    let office = office();
    for (why, received, by_days, by_minutes) in [
        (
            "1: a plain Monday",
            "2025-03-10 10:15",
            "2025-03-11 17:00",
            "2025-03-11 10:15",
        ),
        (
            "2: before opening",
            "2025-03-10 07:10",
            "2025-03-11 17:00",
            "2025-03-10 17:00",
        ),
        (
            "3: a Friday before the clock goes forward",
            "2025-03-28 16:45",
            "2025-03-31 17:00",
            "2025-03-31 16:45",
        ),
        (
            "5: before an open Good Friday",
            "2025-04-17 15:00",
            "2025-04-18 17:00",
            "2025-04-18 15:00",
        ),
        (
            "6: before Easter",
            "2025-04-18 16:00",
            "2025-04-22 17:00",
            "2025-04-22 16:00",
        ),
        (
            "9: after closing, before the clock goes back",
            "2025-10-24 17:05",
            "2025-10-27 17:00",
            "2025-10-27 17:00",
        ),
        (
            "11: before Christmas on Thursday and Friday",
            "2025-12-24 14:00",
            "2025-12-29 17:00",
            "2025-12-29 14:00",
        ),
        (
            "13: on Koningsdag",
            "2026-04-27 09:00",
            "2026-04-28 17:00",
            "2026-04-28 17:00",
        ),
        (
            "14: before Hemelvaart with an open Friday",
            "2026-05-13 16:00",
            "2026-05-15 17:00",
            "2026-05-15 16:00",
        ),
        (
            "15: before Christmas on Friday and Saturday",
            "2026-12-24 15:30",
            "2026-12-28 17:00",
            "2026-12-28 15:30",
        ),
        (
            "17: before Christmas in a weekend",
            "2027-12-24 12:00",
            "2027-12-27 17:00",
            "2027-12-27 12:00",
        ),
        (
            "19: before Koningsdag on Thursday",
            "2028-04-26 09:30",
            "2028-04-28 17:00",
            "2028-04-28 09:30",
        ),
        (
            "at closing time to the second",
            "2025-03-10 17:00",
            "2025-03-11 17:00",
            "2025-03-11 17:00",
        ),
        (
            "Saturday before a Monday Koningsdag",
            "2026-04-25 12:00",
            "2026-04-28 17:00",
            "2026-04-28 17:00",
        ),
        (
            "late in the evening, already tomorrow in UTC",
            "2026-07-06 23:30",
            "2026-07-07 17:00",
            "2026-07-07 17:00",
        ),
    ] {
        let received = local(received);
        assert_eq!(
            ONE_WORKING_DAY.due(&office, received).unwrap().at,
            local(by_days),
            "{why}"
        );
        assert_eq!(
            A_DAY_OF_MINUTES.due(&office, received).unwrap().at,
            local(by_minutes),
            "{why}"
        );
    }
}

#[test]
fn the_hour_that_exists_twice_gives_one_answer() {
    let office = office();
    for received in ["2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"] {
        let due = ONE_WORKING_DAY
            .due(&office, received.parse().unwrap())
            .unwrap();
        let by_minutes = A_DAY_OF_MINUTES
            .due(&office, received.parse().unwrap())
            .unwrap();
        for due in [due, by_minutes] {
            assert_eq!(
                due.at.to_rfc3339(),
                "2025-10-27T16:00:00+00:00",
                "10: {received}"
            );
        }
    }
}

#[test]
fn a_closing_day_of_ones_own_moves_the_promise_and_is_told() {
    let office = closing("2025-04-18", "Goede Vrijdag");
    let due = ONE_WORKING_DAY
        .due(&office, local("2025-04-17 15:00"))
        .unwrap();
    assert_eq!(due.at, local("2025-04-22 17:00"), "5b");
    let by_minutes = A_DAY_OF_MINUTES.due(&office, local("2025-04-17 15:00"));
    assert_eq!(by_minutes.unwrap().at, local("2025-04-22 15:00"), "5b");
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(
        due.steps,
        [
            Step::Received(day("2025-04-17")),
            Step::Skipped(
                day("2025-04-18"),
                Closed::Exception("Goede Vrijdag".to_owned())
            ),
            Step::Skipped(day("2025-04-19"), Closed::Weekday),
            Step::Skipped(day("2025-04-20"), Closed::Weekday),
            Step::Skipped(day("2025-04-21"), Closed::Holiday(Holiday::EasterMonday)),
            Step::Counted(day("2025-04-22"), 1),
        ]
    );
}

#[test]
fn a_day_of_24_hours_loses_no_minute_at_a_clock_change() {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    definition.week = std::array::from_fn(|_| vec![Block("00:00".to_owned(), "24:00".to_owned())]);
    definition.holidays.clear();
    let always = Calendar::prepare(&definition, today()).unwrap();
    let day = ServiceRule::BusinessMinutes { minutes: 24 * 60 };
    assert_eq!(
        day.due(&always, local("2026-03-28 12:00")).unwrap().at,
        local("2026-03-29 13:00")
    );
    assert_eq!(
        day.due(&always, local("2026-10-24 12:00")).unwrap().at,
        local("2026-10-25 11:00")
    );
}

#[test]
fn lunch_counts_for_nothing() {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    definition.week = std::array::from_fn(|_| {
        vec![
            Block("09:00".to_owned(), "12:00".to_owned()),
            Block("13:00".to_owned(), "17:00".to_owned()),
        ]
    });
    let office = Calendar::prepare(&definition, today()).unwrap();
    let two_hours = ServiceRule::BusinessMinutes { minutes: 120 };
    assert_eq!(
        two_hours
            .due(&office, local("2025-03-10 11:00"))
            .unwrap()
            .at,
        local("2025-03-10 14:00")
    );
    assert_eq!(
        two_hours
            .due(&office, local("2025-03-10 12:30"))
            .unwrap()
            .at,
        local("2025-03-10 15:00")
    );
}

#[test]
fn an_office_that_opens_on_tuesdays_only_is_no_problem() {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    for (day, blocks) in definition.week.iter_mut().enumerate() {
        if day != 1 {
            blocks.clear();
        }
    }
    let office = Calendar::prepare(&definition, today()).unwrap();
    let two_days = ServiceRule::WorkingDays { days: 2 };
    assert_eq!(
        two_days.due(&office, local("2025-03-11 10:00")).unwrap().at,
        local("2025-03-25 17:00")
    );
}

#[test]
fn a_calendar_that_cannot_be_meant_is_refused() {
    let with = |blocks: Vec<Block>| {
        let mut definition = CalendarDefinition::office_hours(Amsterdam);
        definition.week = std::array::from_fn(|_| blocks.clone());
        Calendar::prepare(&definition, today()).map(|_| ())
    };
    let block = |from: &str, to: &str| Block(from.to_owned(), to.to_owned());
    assert_eq!(with(vec![]), Err(CalendarProblem::NeverOpen));
    assert_eq!(
        with(vec![block("25:00", "26:00")]),
        Err(CalendarProblem::Time("25:00".to_owned()))
    );
    assert!(matches!(
        with(vec![block("22:00", "02:00")]),
        Err(CalendarProblem::Backwards(..))
    ));
    assert_eq!(
        with(vec![block("09:00", "12:00"), block("11:00", "17:00")]),
        Err(CalendarProblem::Overlap)
    );
}
