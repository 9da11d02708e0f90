//! What clocks say beside their target: what a pause gives, when somebody is warned, and how it ends.

use chrono::{NaiveDate, TimeDelta};

use super::{local, office};
use crate::{
    clocks::{
        ClockEvent, ClockEventKind, ClockKind, ClockOutcome, EventDetails, History, PauseReason,
        legal_dates, outcome,
    },
    deadlines::{
        LegalCalendar, LegalDates, Level, Pause, ServiceRule, Warnings, legal_levels,
        promise_levels,
    },
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn event(kind: ClockEventKind, at: &str, details: EventDetails) -> ClockEvent {
    ClockEvent {
        kind,
        at: local(at),
        details,
    }
}

fn pause(at: &str, until: &str) -> ClockEvent {
    let details = EventDetails {
        until: Some(local(until)),
        pause: Some(PauseReason::WaitingForResident),
        ..EventDetails::default()
    };
    event(ClockEventKind::Pause, at, details)
}

fn resume(at: &str) -> ClockEvent {
    event(ClockEventKind::Resume, at, EventDetails::default())
}

fn still(from: &str, to: &str) -> Pause {
    Pause {
        from: local(from),
        to: local(to),
    }
}

#[test]
fn a_pause_ends_when_it_was_said_to_or_earlier_and_never_lasts_for_ever() {
    for (events, pauses) in [
        (
            vec![pause("2026-06-05 16:00", "2026-06-08 10:00")],
            vec![still("2026-06-05 16:00", "2026-06-08 10:00")],
        ),
        (
            vec![
                pause("2026-06-05 16:00", "2026-06-12 10:00"),
                resume("2026-06-08 10:00"),
            ],
            vec![still("2026-06-05 16:00", "2026-06-08 10:00")],
        ),
        // Going on after it ended by itself changes nothing.
        (
            vec![
                pause("2026-06-05 16:00", "2026-06-08 10:00"),
                resume("2026-06-09 10:00"),
            ],
            vec![still("2026-06-05 16:00", "2026-06-08 10:00")],
        ),
        // From one reason to another: one pause after the other, no reset and no gap.
        (
            vec![
                pause("2026-06-05 16:00", "2026-06-12 10:00"),
                pause("2026-06-08 10:00", "2026-06-09 10:00"),
            ],
            vec![
                still("2026-06-05 16:00", "2026-06-08 10:00"),
                still("2026-06-08 10:00", "2026-06-09 10:00"),
            ],
        ),
        (vec![resume("2026-06-05 16:00")], vec![]),
    ] {
        assert_eq!(History::of(&events).pauses, pauses, "{events:?}");
    }
}

#[test]
fn after_a_long_wait_what_was_left_is_left() {
    let rule = ServiceRule::BusinessMinutes { minutes: 480 };
    let history = History::of(&[
        pause("2026-06-01 10:00", "2026-07-01 10:00"),
        resume("2026-06-22 09:00"),
    ]);
    let due = rule
        .due_after(&office(), local("2026-06-01 09:00"), &history.pauses)
        .unwrap();
    assert_eq!(due.at, local("2026-06-22 16:00"), "an hour was used");
}

#[test]
fn late_is_what_stopped_after_it_was_due_whenever_somebody_looks() {
    let due = Some(local("2026-06-05 17:00"));
    let at = |text: &str, in_time| outcome(due, local(text), in_time);
    assert_eq!(
        at("2026-06-05 17:00", ClockOutcome::Kept),
        ClockOutcome::Kept
    );
    assert_eq!(
        outcome(
            due,
            local("2026-06-05 17:00") + TimeDelta::microseconds(1),
            ClockOutcome::Kept
        ),
        ClockOutcome::Late
    );
    assert_eq!(
        at("2026-06-05 16:59", ClockOutcome::Attempted),
        ClockOutcome::Attempted
    );
    assert_eq!(
        at("2026-06-08 09:00", ClockOutcome::Attempted),
        ClockOutcome::Late
    );
    assert_eq!(
        outcome(None, local("2040-01-01 09:00"), ClockOutcome::Kept),
        ClockOutcome::Kept,
        "a term that is not known yet is not late"
    );
}

#[test]
fn warnings_are_counted_in_opening_time_before_and_after_and_leave_out_pauses() {
    let warnings = Warnings {
        before: vec![120, 600],
        after: vec![480],
    };
    let (received, due) = (local("2026-06-05 10:00"), local("2026-06-08 17:00"));
    let levels = promise_levels(&warnings, &office(), received, due, &[]);
    assert_eq!(
        levels,
        [
            // 510 minutes of Monday, and the last 90 of Friday.
            (local("2026-06-05 15:30"), Level::Before(600)),
            (local("2026-06-08 15:00"), Level::Before(120)),
            (due, Level::Due),
            (local("2026-06-09 16:30"), Level::After(480)),
        ]
    );
    let levels = promise_levels(
        &warnings,
        &office(),
        received,
        due,
        &[still("2026-06-08 14:00", "2026-06-08 16:00")],
    );
    assert_eq!(
        levels
            .iter()
            .find(|(_, level)| *level == Level::Before(120)),
        Some(&(local("2026-06-08 13:00"), Level::Before(120))),
        "an hour before the pause and the hour after it"
    );
    for (_, level) in levels {
        assert_eq!(level.to_string().parse::<Level>().unwrap(), level);
    }
}

#[test]
fn a_term_of_the_law_warns_on_open_days_before_the_day_to_work_towards() {
    let (office, law) = (office(), LegalCalendar::published());
    let received = local("2026-02-23 10:00");
    let dates = legal_dates(
        ClockKind::DealtWith,
        received,
        &History::default(),
        &office,
        &law,
    )
    .unwrap();
    let due = dates.ends(&office).unwrap();
    assert_eq!(due + TimeDelta::microseconds(1), local("2026-04-08 00:00"));
    assert_eq!(
        legal_levels(&dates, &office, received, due),
        [
            (local("2026-03-19 08:30"), Level::Safe(10)),
            (local("2026-03-30 08:30"), Level::Safe(3)),
            (local("2026-04-02 08:30"), Level::Safe(0)),
            (due, Level::Due),
        ]
    );
}

#[test]
fn the_law_gives_one_adjournment_and_a_later_day_only_by_agreement() {
    let (office, law) = (office(), LegalCalendar::published());
    let received = local("2025-10-16 10:00");
    let dates = |kind, history: &History| -> LegalDates {
        legal_dates(kind, received, history, &office, &law).unwrap()
    };
    let adjourned = History::of(&[event(
        ClockEventKind::Adjourn,
        "2025-11-20 10:00",
        EventDetails {
            weeks: Some(4),
            ..EventDetails::default()
        },
    )]);
    assert_eq!(
        dates(ClockKind::DealtWith, &adjourned).legal,
        day("2025-12-29")
    );
    assert_eq!(
        dates(ClockKind::NotDealtWith, &adjourned).legal,
        day("2025-11-13"),
        "only the term for dealing with it can be adjourned"
    );
    let advised = History {
        advised: true,
        ..History::default()
    };
    assert_eq!(
        dates(ClockKind::DealtWith, &advised).nominal,
        day("2025-12-25")
    );
    let agreed = History {
        agreed_until: Some(day("2026-02-01")),
        ..adjourned
    };
    let dates = dates(ClockKind::DealtWith, &agreed);
    assert_eq!(
        (dates.nominal, dates.legal, dates.safe),
        (day("2026-02-01"), day("2026-02-01"), day("2026-01-30")),
        "an agreed Sunday is no term of the law and does not roll"
    );
}
