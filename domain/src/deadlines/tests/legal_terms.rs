//! Terms of Awb chapter 9 with the Algemene termijnenwet, as a table of worked examples.

use chrono::NaiveDate;
use chrono_tz::{America::Kralendijk, Europe::Amsterdam};

use super::{local, office};
use crate::{
    FieldErrors,
    deadlines::{Holiday, LegalCalendar, LegalProblem, LegalTerm, NonWorkingDay},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_term_ends_where_the_law_says() {
    use LegalTerm::{DealtWith, NotDealtWith};
    for (received, term, adjourned, nominal, legal, safe, why) in [
        (
            "2025-03-10",
            DealtWith,
            0,
            "2025-04-21",
            "2025-04-22",
            "2025-04-17",
            "Easter Monday",
        ),
        (
            "2025-03-15",
            DealtWith,
            0,
            "2025-04-26",
            "2025-04-28",
            "2025-04-25",
            "Saturday and Koningsdag",
        ),
        (
            "2025-03-24",
            DealtWith,
            0,
            "2025-05-05",
            "2025-05-06",
            "2025-05-02",
            "5 May",
        ),
        (
            "2025-04-17",
            DealtWith,
            0,
            "2025-05-29",
            "2025-06-02",
            "2025-05-28",
            "Ascension and a decreed Friday",
        ),
        (
            "2025-11-13",
            DealtWith,
            0,
            "2025-12-25",
            "2025-12-29",
            "2025-12-24",
            "Christmas and a weekend",
        ),
        (
            "2025-11-27",
            NotDealtWith,
            0,
            "2025-12-25",
            "2025-12-29",
            "2025-12-24",
            "Christmas",
        ),
        (
            "2026-03-16",
            DealtWith,
            0,
            "2026-04-27",
            "2026-04-28",
            "2026-04-24",
            "Koningsdag",
        ),
        (
            "2026-04-02",
            DealtWith,
            0,
            "2026-05-14",
            "2026-05-18",
            "2026-05-13",
            "Ascension and a decreed Friday",
        ),
        (
            "2026-10-12",
            DealtWith,
            0,
            "2026-11-23",
            "2026-11-23",
            "2026-11-23",
            "over the clock change",
        ),
        (
            "2027-03-15",
            DealtWith,
            0,
            "2027-04-26",
            "2027-04-26",
            "2027-04-26",
            "a Monday that was not decreed",
        ),
        (
            "2027-03-16",
            DealtWith,
            0,
            "2027-04-27",
            "2027-04-28",
            "2027-04-26",
            "Koningsdag",
        ),
        (
            "2028-01-18",
            DealtWith,
            0,
            "2028-02-29",
            "2028-02-29",
            "2028-02-29",
            "a leap day",
        ),
        (
            "2025-10-16",
            DealtWith,
            0,
            "2025-11-27",
            "2025-11-27",
            "2025-11-27",
            "before adjournment",
        ),
        (
            "2025-10-16",
            DealtWith,
            4,
            "2025-12-25",
            "2025-12-29",
            "2025-12-24",
            "adjourned",
        ),
        (
            "2026-09-14",
            DealtWith,
            4,
            "2026-11-23",
            "2026-11-23",
            "2026-11-23",
            "adjourned",
        ),
        (
            "2026-02-23",
            DealtWith,
            0,
            "2026-04-06",
            "2026-04-07",
            "2026-04-02",
            "Easter Monday, and Good Friday before it",
        ),
        (
            "2026-03-24",
            DealtWith,
            0,
            "2026-05-05",
            "2026-05-06",
            "2026-05-04",
            "5 May",
        ),
        (
            "2026-11-13",
            DealtWith,
            0,
            "2026-12-25",
            "2026-12-28",
            "2026-12-24",
            "Christmas",
        ),
        (
            "2026-06-01",
            LegalTerm::DealtWithAdvised,
            0,
            "2026-08-10",
            "2026-08-10",
            "2026-08-10",
            "ten weeks",
        ),
    ] {
        let dates = term
            .dates(
                local(&format!("{received} 10:00")),
                Amsterdam,
                adjourned,
                &office(),
                &LegalCalendar::published(),
            )
            .unwrap();
        assert_eq!(
            (dates.nominal, dates.legal, dates.safe),
            (day(nominal), day(legal), day(safe)),
            "{received} {adjourned}: {why}"
        );
    }
}

#[test]
fn of_more_than_twelve_weeks_the_end_of_the_weeks_is_sure_and_a_later_day_is_not() {
    let dates = |received: &str, adjourned| {
        LegalTerm::DealtWithAdvised
            .dates(
                local(&format!("{received} 10:00")),
                Amsterdam,
                adjourned,
                &office(),
                &LegalCalendar::published(),
            )
            .unwrap()
    };
    // Fourteen weeks end on Ascension Day, a Thursday before a decreed Friday.
    let long = dates("2026-02-05", 4);
    assert_eq!(
        (long.nominal, long.legal, long.doubtful),
        (
            day("2026-05-14"),
            day("2026-05-14"),
            Some(day("2026-05-18"))
        )
    );
    let twelve = dates("2026-02-19", 2);
    assert_eq!(
        (twelve.nominal, twelve.legal, twelve.doubtful),
        (day("2026-05-14"), day("2026-05-18"), None)
    );
    assert_eq!(dates("2026-02-03", 4).doubtful, None, "an ordinary Tuesday");
}

#[test]
fn the_local_day_of_receipt_counts_not_the_day_in_utc() {
    let received = local("2026-06-01 00:30");
    let here = LegalTerm::DealtWith.dates(
        received,
        Amsterdam,
        0,
        &office(),
        &LegalCalendar::published(),
    );
    let there = LegalTerm::DealtWith.dates(
        received,
        Kralendijk,
        0,
        &office(),
        &LegalCalendar::published(),
    );
    assert_eq!(here.unwrap().nominal, day("2026-07-13"));
    assert_eq!(there.unwrap().nominal, day("2026-07-12"));
}

#[test]
fn a_guess_at_the_law_is_refused() {
    let term = LegalTerm::DealtWith;
    assert_eq!(
        term.dates(
            local("2028-12-01 10:00"),
            Amsterdam,
            0,
            &office(),
            &LegalCalendar::published()
        ),
        Err(LegalProblem::UnknownYear {
            year: 2029,
            through: 2028
        })
    );
    assert_eq!(
        term.dates(
            local("2026-06-01 10:00"),
            Amsterdam,
            5,
            &office(),
            &LegalCalendar::published()
        ),
        Err(LegalProblem::AdjournmentTooLong)
    );
}

#[test]
fn the_law_rests_on_good_friday_and_on_decreed_days_and_on_no_local_feast() {
    for (date, expected) in [
        (
            "2026-04-03",
            Some(NonWorkingDay::Holiday(Holiday::GoodFriday)),
        ),
        ("2026-05-15", Some(NonWorkingDay::Decreed)),
        ("2027-04-26", None),
        ("2026-12-31", None),
        ("2026-10-03", Some(NonWorkingDay::Weekend)),
        ("2025-10-03", None),
    ] {
        assert_eq!(
            LegalCalendar::published().non_working(day(date)),
            expected,
            "{date}"
        );
    }
}

#[test]
fn no_term_ever_ends_on_a_day_of_rest_or_before_its_nominal_end() {
    let (office, law) = (office(), LegalCalendar::published());
    for year in law.from_year..=law.through_year {
        let mut received = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        while received
            .succ_opt()
            .is_some_and(|next| next < day("2028-08-01"))
            && received < NaiveDate::from_ymd_opt(year + 1, 1, 1).unwrap()
        {
            for &term in LegalTerm::ALL {
                let at = local(&format!("{received} 12:00"));
                let dates = term.dates(at, Amsterdam, 0, &office, &law).unwrap();
                assert_eq!(law.non_working(dates.legal), None, "{received}");
                assert!(dates.safe <= dates.nominal && dates.nominal <= dates.legal);
                assert_eq!(
                    dates.legal - dates.nominal,
                    chrono::TimeDelta::days(i64::try_from(dates.skipped.len()).unwrap())
                );
            }
            received = received.succ_opt().unwrap();
        }
    }
}

#[test]
fn a_calendar_of_the_law_that_cannot_be_meant_is_refused() {
    let problems = |change: fn(&mut LegalCalendar)| {
        let mut law = LegalCalendar::published();
        change(&mut law);
        let mut errors = FieldErrors::default();
        law.check(&mut errors, ("calendar.throughYear", "calendar.decreed"));
        let problem = errors.problems().first();
        problem.map_or(String::new(), |problem| {
            format!("{} {}", problem.code, problem.parameters["about"])
        })
    };
    assert_eq!(problems(|_| {}), "");
    assert_eq!(
        problems(|law| law.through_year = 2020),
        "years_impossible 2023-2020"
    );
    assert_eq!(
        problems(|law| {
            law.decreed.insert(day("2029-05-11"), "Stcrt".to_owned());
        }),
        "day_outside_years 2029-05-11"
    );
    assert_eq!(
        problems(|law| {
            law.decreed.insert(day("2027-12-25"), "Stcrt".to_owned());
        }),
        "day_rests_already 2027-12-25"
    );
    assert_eq!(
        problems(|law| {
            law.decreed.insert(day("2027-12-24"), " ".to_owned());
        }),
        "source_needed 2027-12-24"
    );
}
