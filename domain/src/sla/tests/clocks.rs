//! What clocks say beside their target: which promise holds, what a pause gives, when somebody is warned, and how it ends.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;

use super::{local, office};
use crate::{
    cases::{ContactResult, Kind},
    intake::Channel,
    sla::{
        Applies, ClockEvent, ClockEventKind, ClockKind, ClockOutcome, EventDetails, Facts, History,
        LegalCalendar, LegalCalendarProblem, LegalDates, Level, Pause, PauseReason, RuleTerms,
        RuleVersion, RuleVersionId, ServiceRule, attempted, choose, legal_dates, legal_levels,
        outcome, promise_levels,
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

fn version(number: i64, starts_on: Option<&str>, terms: RuleTerms) -> RuleVersion {
    RuleVersion {
        id: RuleVersionId(uuid::Uuid::nil()),
        number,
        rule: ServiceRule::WorkingDays {
            days: u32::try_from(number).unwrap(),
        },
        terms,
        starts_on: starts_on.map(day),
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        author: None,
    }
}

#[test]
fn the_narrowest_promise_holds_whatever_the_order_in_which_they_were_set() {
    let terms = |applies: Applies| RuleTerms {
        applies,
        ..RuleTerms::default()
    };
    let complaints = Applies {
        kind: Some(Kind::Complaint),
        ..Applies::default()
    };
    let lift = Applies {
        form: Some("lift".to_owned()),
        ..Applies::default()
    };
    let api_complaints = Applies {
        kind: Some(Kind::Complaint),
        channel: Some(Channel::Api),
        category: Some("gebouw".to_owned()),
        ..Applies::default()
    };
    let mut versions = vec![
        version(5, Some("2026-07-01"), terms(complaints.clone())),
        version(4, None, terms(api_complaints)),
        version(3, None, terms(lift)),
        version(2, None, terms(complaints.clone())),
        version(1, None, RuleTerms::default()),
    ];
    let facts = |form: &str, kind, category: Option<&str>| Facts {
        form: Some(form.to_owned()),
        category: category.map(str::to_owned),
        channel: Some(Channel::Api),
        kind,
    };
    for (facts, on, number) in [
        (facts("ktc", Kind::Tip, None), "2026-06-01", 1),
        (facts("ktc", Kind::Complaint, None), "2026-06-01", 2),
        (facts("ktc", Kind::Complaint, None), "2026-07-01", 5),
        (
            facts("ktc", Kind::Complaint, Some("gebouw")),
            "2026-06-01",
            4,
        ),
        // A form is narrower than everything else together.
        (
            facts("lift", Kind::Complaint, Some("gebouw")),
            "2026-06-01",
            3,
        ),
    ] {
        for _ in 0..versions.len() {
            let mut sorted = versions.clone();
            sorted.sort_by_key(|version| std::cmp::Reverse(version.number));
            let chosen = choose(&sorted, ClockKind::Callback, &facts, day(on)).unwrap();
            assert_eq!(chosen.number, number, "{facts:?} on {on}");
            versions.rotate_left(1);
        }
    }
    let facts = facts("ktc", Kind::Complaint, None);
    assert_eq!(
        choose(&versions, ClockKind::Resolution, &facts, day("2026-06-01")),
        None
    );
    // A promise that ended lets the wider one hold again.
    let ended = RuleTerms {
        ended: true,
        ..terms(complaints)
    };
    versions.push(version(6, Some("2026-08-01"), ended));
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    let chosen = choose(&versions, ClockKind::Callback, &facts, day("2026-08-01"));
    assert_eq!(chosen.unwrap().number, 1);
}

#[test]
fn enough_was_tried_after_tries_on_different_parts_of_the_day_and_a_message() {
    use ContactResult::{Conversation, MessageLeft, NoAnswer, ResidentReplied};
    for (why, contacts, enough) in [
        (
            "twice in one morning is one try",
            vec![
                ("2026-06-01 09:00", NoAnswer),
                ("2026-06-01 11:00", MessageLeft),
            ],
            None,
        ),
        (
            "two mornings are one part of the day",
            vec![
                ("2026-06-01 09:00", NoAnswer),
                ("2026-06-02 09:00", MessageLeft),
            ],
            None,
        ),
        (
            "no message was left",
            vec![
                ("2026-06-01 09:00", NoAnswer),
                ("2026-06-01 14:00", NoAnswer),
            ],
            None,
        ),
        (
            "a morning and an afternoon with a message",
            vec![
                ("2026-06-01 09:00", NoAnswer),
                ("2026-06-01 14:00", MessageLeft),
            ],
            Some("2026-06-01 14:00"),
        ),
        (
            "whatever the order in which they were noted",
            vec![
                ("2026-06-01 14:00", MessageLeft),
                ("2026-06-01 09:00", NoAnswer),
            ],
            Some("2026-06-01 14:00"),
        ),
        (
            "a sign of life is no try",
            vec![
                ("2026-06-01 09:00", MessageLeft),
                ("2026-06-01 14:00", ResidentReplied),
                ("2026-06-01 15:00", Conversation),
            ],
            None,
        ),
    ] {
        let contacts: Vec<_> = contacts
            .into_iter()
            .map(|(at, result)| (local(at), result))
            .collect();
        assert_eq!(
            attempted(&contacts, 2, Amsterdam),
            enough.map(local),
            "{why}"
        );
    }
}

#[test]
fn warnings_are_counted_in_opening_time_before_and_after_and_leave_out_pauses() {
    let terms = RuleTerms {
        warn_before: vec![120, 600],
        warn_after: vec![480],
        ..RuleTerms::default()
    };
    let (received, due) = (local("2026-06-05 10:00"), local("2026-06-08 17:00"));
    let levels = promise_levels(&terms, &office(), received, due, &[]);
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
        &terms,
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

#[test]
fn a_calendar_of_the_law_that_cannot_be_meant_is_refused() {
    let with = |change: fn(&mut LegalCalendar)| {
        let mut law = LegalCalendar::published();
        change(&mut law);
        law.check()
    };
    assert_eq!(with(|_| {}), Ok(()));
    assert_eq!(
        with(|law| law.through_year = 2020),
        Err(LegalCalendarProblem::Years(2023, 2020))
    );
    assert_eq!(
        with(|law| {
            law.decreed.insert(day("2029-05-11"), "Stcrt".to_owned());
        }),
        Err(LegalCalendarProblem::OutsideYears(day("2029-05-11")))
    );
    assert_eq!(
        with(|law| {
            law.decreed.insert(day("2027-12-25"), "Stcrt".to_owned());
        }),
        Err(LegalCalendarProblem::RestsAlready(day("2027-12-25")))
    );
    assert_eq!(
        with(|law| {
            law.decreed.insert(day("2027-12-24"), " ".to_owned());
        }),
        Err(LegalCalendarProblem::Source(day("2027-12-24")))
    );
}
