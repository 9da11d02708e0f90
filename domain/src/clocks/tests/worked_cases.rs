//! The cases that engines of deadlines get wrong, numbered: each names what must hold and the tests that show it.
//!
//! Unless it says otherwise: Monday to Friday 09:00-17:00 in Europe/Amsterdam, closed on the holidays of the Cao Gemeenten. R1 is due at
//! closing time of the first working day after the local day of receipt; R8 after eight hours of opening time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::{America::Kralendijk, Europe::Amsterdam, Tz};

use super::local;
use crate::{
    clocks::{
        ClockEvent, ClockEventKind, ClockOutcome, EventDetails, History, PauseReason, outcome,
    },
    deadlines::{
        Block, Calendar, CalendarDefinition, CalendarProblem, Exception, Pause, ServiceRule,
    },
};

const R1: ServiceRule = ServiceRule::WorkingDays { days: 1 };
const R8: ServiceRule = ServiceRule::BusinessMinutes { minutes: 480 };

/// Number, what must hold, and the tests that show it.
const CASES: [(u8, &str, &[&str]); 33] = [
    (
        1,
        "days and hours are different units",
        &["a_promise_falls_due_when_the_list_says"],
    ),
    (
        2,
        "Friday before Easter",
        &["a_promise_falls_due_when_the_list_says"],
    ),
    (
        3,
        "Saturday before Koningsdag",
        &["a_promise_falls_due_when_the_list_says"],
    ),
    (
        4,
        "before opening",
        &["a_promise_falls_due_when_the_list_says"],
    ),
    (
        5,
        "at closing time to the second",
        &["a_promise_falls_due_when_the_list_says"],
    ),
    (
        7,
        "the local date decides, not the one in UTC",
        &[
            "a_promise_falls_due_when_the_list_says",
            "two_municipalities_in_different_zones_each_have_their_own_day_and_feasts",
        ],
    ),
    (
        8,
        "the clock starts at acceptance, whenever a worker looks",
        &[
            "a_promise_falls_due_when_the_list_says",
            "a_password_manager_that_fills_the_hidden_field_loses_nothing",
        ],
    ),
    (
        9,
        "a letter counts from the day it came in",
        &["a_letter_counts_from_the_day_it_came_in"],
    ),
    (
        10,
        "24 hours over the spring switch",
        &[
            "a_day_of_24_hours_loses_no_minute_at_a_clock_change",
            "at_both_clock_changes_of_ten_years_no_minute_is_lost_or_won",
        ],
    ),
    (
        12,
        "an opening time that does not exist or exists twice",
        &[
            "opening_times_that_a_clock_change_skips_or_repeats_mean_one_thing",
            "the_hour_that_exists_twice_gives_one_answer",
        ],
    ),
    (
        14,
        "open until 24:00, and over midnight",
        &[
            "a_day_until_midnight_loses_no_minute_and_a_night_has_to_be_split",
            "a_calendar_that_cannot_be_meant_is_refused",
        ],
    ),
    (
        15,
        "lunch counts for nothing",
        &["lunch_counts_for_nothing"],
    ),
    (
        16,
        "a day that closes early, a Saturday, a long Thursday",
        &["days_that_differ_count_as_they_are"],
    ),
    (
        17,
        "Tuesdays only, or closed for long",
        &[
            "an_office_that_opens_on_tuesdays_only_is_no_problem",
            "there_is_no_limit_to_looking_ahead",
        ],
    ),
    (
        18,
        "never open is a mistake in the calendar",
        &["a_calendar_that_never_opens_is_refused_and_gives_no_deadline"],
    ),
    (
        19,
        "files with closing days are looked through",
        &[
            "days_of_every_kind_are_read",
            "one_occurrence_that_was_moved_takes_the_place_of_its_original",
            "what_cannot_be_used_is_told_and_the_rest_is_read",
            "a_bad_file_gets_a_clear_answer",
            "closing_days_from_a_file_are_looked_through_before_they_hold",
        ],
    ),
    (
        21,
        "a closing day added later moves what is open only",
        &[
            "a_closing_day_moves_what_is_open_and_leaves_what_is_done",
            "a_change_of_the_calendar_is_no_storm_and_a_later_deadline_may_warn_again",
        ],
    ),
    (
        22,
        "two zones in one run",
        &["two_municipalities_in_different_zones_each_have_their_own_day_and_feasts"],
    ),
    (
        23,
        "a weekend gives no pause",
        &["a_pause_gives_the_opening_time_in_it"],
    ),
    (
        24,
        "from one pause into another",
        &[
            "from_one_wait_into_another_is_one_wait",
            "a_pause_ends_when_it_was_said_to_or_earlier_and_never_lasts_for_ever",
        ],
    ),
    (
        25,
        "paused or closed from the beginning",
        &["a_clock_may_begin_standing_still_and_may_end_as_it_begins"],
    ),
    (
        26,
        "going on after a long wait",
        &["after_a_long_wait_what_was_left_is_left"],
    ),
    (
        27,
        "the resident's answer ends the wait, our own message does not",
        &["a_promise_stands_still_for_a_reason_until_a_moment_and_the_residents_answer_ends_it"],
    ),
    (
        28,
        "pauses stay what they were when the promise changes",
        &["a_pause_stays_what_it_was_when_the_promise_names_other_reasons"],
    ),
    (
        29,
        "a call and a pause at one instant",
        &["a_call_and_a_pause_at_the_same_instant_keep_the_promise_and_stop_what_is_left"],
    ),
    (
        30,
        "what is a first contact and what is not",
        &[
            "only_reaching_the_resident_keeps_the_promise",
            "enough_tries_stop_the_promise_as_attempted_and_the_next_answer_has_a_clock_of_its_own",
            "enough_was_tried_after_tries_on_different_parts_of_the_day_and_a_message",
        ],
    ),
    (
        31,
        "reopened: the result stays and a new clock begins",
        &["what_was_measured_stays_when_a_message_is_reopened_and_a_new_clock_begins"],
    ),
    (
        32,
        "merged: one clock goes on and the other never warns",
        &["the_message_that_goes_on_keeps_the_earliest_receipt_and_the_other_one_waits_for_nobody"],
    ),
    (
        34,
        "a promise that ended",
        &["a_promise_that_ended_holds_for_what_came_in_before_and_for_nothing_after"],
    ),
    (
        35,
        "the first contact comes before the next answer",
        &["until_the_first_contact_an_answer_has_no_clock_of_its_own"],
    ),
    (
        37,
        "a worker that was away, and solved late",
        &[
            "a_worker_that_was_away_records_the_exact_instants_and_tells_each_person_once",
            "what_is_solved_late_before_anybody_looked_is_late_all_the_same",
        ],
    ),
    (
        38,
        "two workers, a moved deadline, a night",
        &[
            "two_workers_at_once_make_one_warning",
            "a_change_of_the_calendar_is_no_storm_and_a_later_deadline_may_warn_again",
        ],
    ),
    (
        39,
        "six weeks by law",
        &[
            "a_term_ends_where_the_law_says",
            "the_law_rests_on_good_friday_and_on_decreed_days_and_on_no_local_feast",
        ],
    ),
];
/// As [`CASES`], for the terms of the law that people change.
const EXTENDED: (u8, &str, &[&str]) = (
    40,
    "adjourned from the original end, later by consent only, ten weeks with a committee; settled or turned into one",
    &[
        "the_law_gives_one_adjournment_and_a_later_day_only_by_agreement",
        "the_term_of_the_law_never_stands_still_and_is_adjourned_once_with_notice_to_both",
        "a_complaint_that_was_dealt_with_by_letter_stays_dealt_with_and_a_score_is_asked_once",
        "a_tip_that_becomes_a_complaint_is_one_from_the_day_it_came_in_and_stops_being_one_by_consent",
    ],
);

#[test]
fn every_case_of_the_list_has_a_test() {
    let numbers: Vec<u8> = CASES
        .iter()
        .chain([&EXTENDED])
        .map(|(number, ..)| *number)
        .collect();
    let expected: Vec<u8> = [1..=5, 7..=10, 12..=12, 14..=19, 21..=32, 34..=35, 37..=40]
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(numbers, expected);
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    for folder in ["src/clocks/tests", "src/deadlines/tests", "../tests/it"] {
        for file in std::fs::read_dir(here.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    // Another list may put its own number before the name of a test.
    for (number, what, tests) in CASES.iter().chain([&EXTENDED]) {
        for test in *tests {
            assert!(
                sources.contains(&format!("{test}()")),
                "case {number} ({what}): there is no test {test}"
            );
        }
    }
}

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

fn differing(days: &[(&str, &[(&str, &str)])]) -> Calendar {
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

#[test]
fn a_pause_gives_the_opening_time_in_it() {
    let office = differing(&[]);
    let received = local("2026-06-05 10:00");
    for (from, to, minutes) in [
        ("2026-06-05 16:00", "2026-06-08 10:00", 120),
        ("2026-06-05 17:00", "2026-06-08 09:00", 0),
        ("2026-06-06 09:00", "2026-06-07 17:00", 0),
        ("2026-06-05 12:00", "2026-06-05 12:30", 30),
    ] {
        let pause = Pause {
            from: local(from),
            to: local(to),
        };
        let due = R8.due_after(&office, received, &[pause]).unwrap();
        assert_eq!(due.paused, TimeDelta::minutes(minutes), "{from}");
        assert_eq!(
            office.open_between(received, due.at),
            TimeDelta::minutes(480 + minutes),
            "{from}"
        );
    }
}

fn event(
    kind: ClockEventKind,
    at: &str,
    until: Option<&str>,
    pause: Option<PauseReason>,
) -> ClockEvent {
    ClockEvent {
        kind,
        at: local(at),
        details: EventDetails {
            until: until.map(local),
            pause,
            ..EventDetails::default()
        },
    }
}

#[test]
fn from_one_wait_into_another_is_one_wait() {
    let office = differing(&[]);
    let pause =
        |at: &str, until: &str, reason| event(ClockEventKind::Pause, at, Some(until), Some(reason));
    let resume = |at: &str| event(ClockEventKind::Resume, at, None, None);
    let one = [
        pause(
            "2026-06-02 12:00",
            "2026-06-30 12:00",
            PauseReason::WaitingForResident,
        ),
        resume("2026-06-04 12:00"),
    ];
    let two = [
        pause(
            "2026-06-02 12:00",
            "2026-06-30 12:00",
            PauseReason::WaitingForResident,
        ),
        pause(
            "2026-06-03 09:30",
            "2026-06-30 12:00",
            PauseReason::WaitingForOther,
        ),
        resume("2026-06-04 12:00"),
    ];
    let due = |events: &[ClockEvent]| {
        R8.due_after(
            &office,
            local("2026-06-02 10:00"),
            &History::of(events).pauses,
        )
        .unwrap()
    };
    assert_eq!(
        (due(&one).at, due(&one).paused),
        (due(&two).at, due(&two).paused)
    );
    assert_eq!(
        due(&two).at,
        local("2026-06-05 10:00"),
        "two hours were used before the wait"
    );
    assert_eq!(History::of(&two).reason, Some(PauseReason::WaitingForOther));
}

#[test]
fn a_clock_may_begin_standing_still_and_may_end_as_it_begins() {
    let office = differing(&[]);
    let history = History::of(&[
        event(ClockEventKind::Start, "2026-06-02 10:00", None, None),
        event(
            ClockEventKind::Pause,
            "2026-06-02 10:00",
            Some("2026-06-09 10:00"),
            Some(PauseReason::ResidentAsked),
        ),
    ]);
    let due = R8
        .due_after(&office, local("2026-06-02 10:00"), &history.pauses)
        .unwrap();
    assert_eq!(
        due.at,
        local("2026-06-10 10:00"),
        "all eight hours are left"
    );
    let at = local("2026-06-02 10:00");
    assert_eq!(
        outcome(Some(due.at), at, ClockOutcome::Kept),
        ClockOutcome::Kept
    );
    assert_eq!(
        outcome(Some(due.at), at, ClockOutcome::Dropped),
        ClockOutcome::Dropped
    );
}

#[test]
fn only_reaching_the_resident_keeps_the_promise() {
    use crate::cases::{ContactResult, Preference};
    for (result, called, mailed) in [
        (ContactResult::Conversation, true, true),
        (ContactResult::MailSent, false, true),
        (ContactResult::NoAnswer, false, false),
        (ContactResult::MessageLeft, false, false),
        (ContactResult::ResidentReplied, false, false),
    ] {
        assert_eq!(result.keeps_promise(Preference::Call), called, "{result}");
        assert_eq!(result.keeps_promise(Preference::Mail), mailed, "{result}");
    }
}
