//! The cases that engines of deadlines get wrong, numbered: each names what must hold and the tests that show it.
//!
//! Unless it says otherwise: Monday to Friday 09:00-17:00 in Europe/Amsterdam, closed on the holidays of the Cao Gemeenten. R1 is due at
//! closing time of the first working day after the local day of receipt; R8 after eight hours of opening time.

use chrono::TimeDelta;

use super::{
    local,
    worked_due_dates::{R8, differing},
};
use crate::{
    clocks::{
        ClockEvent, ClockEventKind, ClockOutcome, EventDetails, History, PauseReason, outcome,
    },
    deadlines::Pause,
};

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
