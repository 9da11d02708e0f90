//! Which promise holds for a message, and when enough was tried to keep it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use tenants::StaffId;

use super::local;
use crate::{
    cases::{ContactResult, Kind},
    clocks::{
        Applies, ClockKind, Facts, RuleTerms, RuleVersion, RuleVersionId, attempted, choose_rule,
        is_superseded,
    },
    deadlines::ServiceRule,
    submissions::Channel,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A local day with an instant on it.
fn on_day(text: &str) -> (NaiveDate, DateTime<Utc>) {
    (day(text), local(&format!("{text} 12:00")))
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
            let chosen = choose_rule(&sorted, ClockKind::Callback, &facts, on_day(on)).unwrap();
            assert_eq!(chosen.number, number, "{facts:?} on {on}");
            versions.rotate_left(1);
        }
    }
    let facts = facts("ktc", Kind::Complaint, None);
    assert_eq!(
        choose_rule(
            &versions,
            ClockKind::Resolution,
            &facts,
            on_day("2026-06-01")
        ),
        None
    );
    // A promise that ended lets the wider one hold again.
    let ended = RuleTerms {
        ended: true,
        ..terms(complaints)
    };
    versions.push(version(6, Some("2026-08-01"), ended));
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    let chosen = choose_rule(&versions, ClockKind::Callback, &facts, on_day("2026-08-01"));
    assert_eq!(chosen.unwrap().number, 1);
}

#[test]
fn what_is_promised_later_does_not_hold_for_whoever_wrote_before() {
    let facts = Facts {
        form: None,
        category: None,
        channel: None,
        kind: Kind::Complaint,
    };
    let mut later = version(2, None, RuleTerms::default());
    later.created_at = local("2026-06-10 15:00");
    later.author = Some(StaffId(uuid::Uuid::nil()));
    let versions = [later, version(1, None, RuleTerms::default())];
    for (at, number) in [
        ("2026-06-09 12:00", 1),
        ("2026-06-10 14:59", 1),
        ("2026-06-10 15:00", 2),
        ("2026-06-11 09:00", 2),
    ] {
        let at = local(at);
        let day = at.with_timezone(&Amsterdam).date_naive();
        let chosen = choose_rule(&versions, ClockKind::Callback, &facts, (day, at));
        assert_eq!(chosen.unwrap().number, number, "{at}");
    }
}

#[test]
fn a_planned_promise_that_a_later_one_takes_the_place_of_is_told() {
    let mut versions = vec![
        version(4, Some("2026-12-01"), RuleTerms::default()),
        version(3, None, RuleTerms::default()),
        version(2, Some("2026-11-01"), RuleTerms::default()),
        version(1, None, RuleTerms::default()),
    ];
    let told: Vec<i64> = versions
        .iter()
        .filter(|version| is_superseded(&versions, version))
        .map(|version| version.number)
        .collect();
    assert_eq!(told, [2], "3 holds from before November on");
    // Set after the first day of 2 had come: that one had its time.
    versions[1].created_at = local("2026-11-05 12:00");
    assert!(!is_superseded(&versions, &versions[2]));
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
