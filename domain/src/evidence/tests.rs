use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    statistics::{
        Sample, bootstrap_interval, difference_interval, mean_interval, moments, share_interval,
    },
    *,
};
use crate::{FieldErrors, Language, input::Number};

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 0.01
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// A measurement with everything that is asked for.
fn measured(stage: Stage, mean: i32, answered: u32) -> Claim {
    let year = if stage == Stage::Before { 2025 } else { 2026 };
    Claim {
        metric: Some(Metric::HandlingGrade),
        version: "v2".to_owned(),
        population: Some(Population::ClosedMessages),
        sampling: Some(Sampling::Everybody),
        mode: Some(Mode::Online),
        moment: Some(Moment::AtClosing),
        from: day(&format!("{year}-01-01")),
        until: day(&format!("{year}-03-31")),
        asked: Some(answered * 2),
        answered: Some(answered),
        deviation: Some(Decimal(150)),
        gift_before: Some(false),
        fixed_beforehand: Some(true),
        origin: Origin::FilledIn,
        ..Claim::stated(stage, Decimal(mean), None)
    }
}

#[test]
fn intervals_of_means_are_those_of_the_tables() {
    // Half-widths at a deviation of 1,5 (exchange §3.1), and Student's with 29 degrees of freedom: 2,045.
    for (answers, half) in [
        (30, 0.56),
        (50, 0.43),
        (100, 0.30),
        (200, 0.21),
        (400, 0.15),
    ] {
        let interval = mean_interval(answers, 7.0, 1.5).unwrap();
        assert!(
            near((interval.high - interval.low) / 2.0, half),
            "{answers}"
        );
    }
    assert_eq!(mean_interval(29, 7.0, 1.5), None);
    let edge = mean_interval(30, 9.8, 2.0).unwrap();
    assert!(near(edge.high, 10.0), "no grade is above 10");
}

#[test]
fn few_answers_get_an_interval_that_is_the_same_each_time() {
    let mut grades = [0; 10];
    grades[9] = 6;
    grades[7] = 4;
    grades[1] = 2;
    let interval = bootstrap_interval(&grades).unwrap();
    assert_eq!(bootstrap_interval(&grades), Some(interval));
    let (mean, deviation) = moments(&grades).unwrap();
    assert!(
        near(mean, 8.0) && near(deviation, 2.95),
        "{mean} {deviation}"
    );
    assert!(interval.low < mean && mean < interval.high, "{interval:?}");
    assert!(interval.high <= 10.0);
    // The tail is on the low side, so the interval reaches further down than up.
    assert!(mean - interval.low > interval.high - mean, "{interval:?}");
    grades[9] = 3;
    assert_eq!(bootstrap_interval(&grades), None, "nine answers");
    let mut alike = [0; 10];
    alike[7] = 12;
    let alike = bootstrap_interval(&alike).unwrap();
    assert!(near(alike.low, 8.0) && near(alike.high, 8.0));
}

#[test]
fn shares_and_differences_are_those_of_the_books() {
    // Newcombe (1998): 81 of 263, Wilson without correction: 0,2553 to 0,3662.
    let share = share_interval(81, 263).unwrap();
    assert!((share.low - 0.2553).abs() < 1e-4 && (share.high - 0.3662).abs() < 1e-4);
    assert_eq!(share_interval(5, 9), None);
    let sample = |answers, mean| Sample {
        answers,
        mean,
        deviation: 1.5,
    };
    // Equal sizes and deviations: the degrees of freedom are 198, Student's quantile is 1,972.
    let difference = difference_interval(sample(100, 7.0), sample(100, 7.5)).unwrap();
    assert!(near(difference.low, 0.5 - 0.418) && near(difference.high, 0.5 + 0.418));
    assert_eq!(difference_interval(sample(29, 7.0), sample(100, 7.5)), None);
}

#[test]
fn the_entry_of_schagen_is_told_kindly_to_be_stated_and_not_measured() {
    let numbers = [
        ("6,4".to_owned(), Some("inwoners".to_owned())),
        ("8,6".to_owned(), Some("klanten".to_owned())),
    ];
    let claims = Claim::from_text(&numbers);
    let found = evidence(&claims, Adopters::default());
    assert_eq!(found.level, Level::E0);
    for missing in [
        Missing::Question,
        Missing::Sampling,
        Missing::Period,
        Missing::Asked,
        Missing::Answered,
    ] {
        assert!(found.missing.contains(&missing), "{missing}");
        let sentence = Language::Dutch.term("evidence-missing", missing);
        assert!(!sentence.contains("evidence"), "{sentence}");
    }
    let comparison = found.comparison.as_ref().unwrap();
    assert_eq!(comparison.difference, None, "residents are not customers");
    assert!(comparison.refused().any(|check| {
        check.kind == CheckKind::Population && check.result == CheckResult::Different
    }));
    let shown: Vec<String> = (found.figures.iter())
        .map(|figure| figure.text(Language::Dutch))
        .collect();
    assert_eq!(shown, ["6,4", "8,6"], "side by side, without an interval");
}

type Change = fn(&mut Claim);

#[test]
fn every_check_that_fails_keeps_two_numbers_apart() {
    let before = measured(Stage::Before, 640, 100);
    let after = measured(Stage::After, 860, 100);
    let fine = compare(&before, &after);
    assert_eq!(fine.refused().count(), 0, "{:?}", fine.checks);
    assert_eq!(fine.difference.unwrap().verdict, Verdict::Higher);
    let changes: [(CheckKind, Change); 14] = [
        (CheckKind::Question, |claim| claim.version = "v3".to_owned()),
        (CheckKind::Question, |claim| claim.metric = None),
        (CheckKind::Population, |claim| {
            claim.population = Some(Population::Residents);
        }),
        (CheckKind::Invitation, |claim| {
            claim.sampling = Some(Sampling::SelfSelected);
        }),
        (CheckKind::Invitation, |claim| {
            claim.sampling = Some(Sampling::ChosenByStaff);
        }),
        (CheckKind::Mode, |claim| claim.mode = Some(Mode::Telephone)),
        (CheckKind::Moment, |claim| {
            claim.moment = Some(Moment::ByHelper);
        }),
        (CheckKind::Season, |claim| {
            claim.from = day("2026-06-01");
            claim.until = day("2026-08-31");
        }),
        (CheckKind::Response, |claim| claim.asked = Some(1_000)),
        (CheckKind::Response, |claim| claim.asked = None),
        (CheckKind::Gift, |claim| claim.gift_before = Some(true)),
        (CheckKind::Gift, |claim| claim.gift_before = None),
        (CheckKind::Answers, |claim| {
            claim.answered = Some(29);
            claim.asked = Some(58);
        }),
        (CheckKind::Answers, |claim| claim.deviation = None),
    ];
    for (kind, change) in changes {
        let mut other = after.clone();
        change(&mut other);
        let found = compare(&before, &other);
        assert_eq!(found.difference, None, "{kind}");
        assert!(found.refused().any(|check| check.kind == kind), "{kind}");
    }
    let mut chosen = before;
    chosen.fixed_beforehand = Some(false);
    assert_eq!(
        compare(&chosen, &after).difference,
        None,
        "a low number rises by itself"
    );
}

#[test]
fn levels_are_climbed_one_by_one() {
    let adopters = |higher| Adopters { higher, lower: 0 };
    let level = |claims: &[Claim], higher| evidence(claims, adopters(higher)).level;
    assert_eq!(level(&[], 0), Level::E0);
    let after = measured(Stage::After, 860, 100);
    assert_eq!(level(&[measured(Stage::After, 860, 9)], 0), Level::E0);
    assert_eq!(level(std::slice::from_ref(&after), 9), Level::E1);
    let mut claims = vec![measured(Stage::Before, 640, 100), after];
    assert_eq!(level(&claims, 9), Level::E2);
    for claim in &mut claims {
        claim.months = 8;
    }
    assert_eq!(level(&claims, 1), Level::E3);
    assert_eq!(level(&claims, 2), Level::E4);
    let fell = Adopters {
        higher: 0,
        lower: 5,
    };
    assert_eq!(
        evidence(&claims, fell).level,
        Level::E3,
        "they saw the opposite"
    );
    claims[1].evaluation = "https://example.nl/onderzoek".to_owned();
    assert_eq!(level(&claims, 2), Level::E5);
    assert_eq!(level(&claims, 1), Level::E3, "no step is skipped");
}

#[test]
fn a_figure_has_one_decimal_its_interval_and_where_it_comes_from() {
    let found = evidence(&[measured(Stage::After, 813, 212)], Adopters::default());
    let figure = &found.figures[0];
    assert_eq!(figure.text(Language::Dutch), "8,1 (95%: 7,9–8,3)");
    assert_eq!(figure.text(Language::English), "8.1 (95%: 7.9–8.3)");
    let about = figure.about(Language::Dutch);
    for part in [
        "212 van 424 gevraagden",
        "1 jan 2026 t/m 31 mrt 2026",
        "vraag v2",
    ] {
        assert!(about.contains(part), "{about}");
    }
    let few = evidence(&[measured(Stage::After, 813, 12)], Adopters::default());
    assert!(few.figures[0].indicative && few.figures[0].interval.is_none());
    let fewest = evidence(&[measured(Stage::After, 813, 9)], Adopters::default());
    assert_eq!(fewest.figures[0].text(Language::Dutch), "–");
}

#[test]
fn rows_are_read_all_at_once_and_empty_rows_are_left_out() {
    let row = ClaimRequest {
        stage: "after".to_owned(),
        mean: "8,1".to_owned(),
        asked: 540.into(),
        answered: 212.into(),
        low: 12.into(),
        middle: 50.into(),
        high: 150.into(),
        ..ClaimRequest::default()
    };
    let empty = ClaimRequest {
        stage: "before".to_owned(),
        ..ClaimRequest::default()
    };
    let mut errors = FieldErrors::default();
    let claims = parse_claims(&[empty, row.clone()], &mut errors);
    assert!(errors.is_empty(), "{errors}");
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0].mean, Decimal(810));
    assert_eq!(
        parse_claims(&[ClaimRequest::of(&claims[0])], &mut errors),
        claims,
        "it is read back as it was kept"
    );
    let wrong = ClaimRequest {
        mean: "11".to_owned(),
        answered: 600.into(),
        from: "2026-03-01".to_owned(),
        until: "2026-01-01".to_owned(),
        evaluation: "http://example.nl".to_owned(),
        ..row
    };
    assert!(parse_claims(&[wrong], &mut errors).is_empty());
    let fields: Vec<&str> = (errors.problems().iter())
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "claims.0.mean",
            "claims.0.until",
            "claims.0.answered",
            "claims.0.high",
            "claims.0.evaluation"
        ]
    );
}

#[test]
fn every_word_has_a_text() {
    for language in Language::ALL {
        let terms = |list: &str, words: Vec<String>| {
            for word in words {
                let key = format!("{list}-{}", crate::dashed(&word));
                assert!(language.has(&key), "{key}");
            }
        };
        let words = |all: &[Metric]| all.iter().map(ToString::to_string).collect();
        terms("evidence-metric", words(Metric::ALL));
        terms(
            "evidence-population",
            Population::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-sampling",
            Sampling::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-mode",
            Mode::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-moment",
            Moment::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-origin",
            Origin::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-stage",
            Stage::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-check",
            CheckKind::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-result",
            CheckResult::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-verdict",
            Verdict::ALL.iter().map(ToString::to_string).collect(),
        );
        terms(
            "evidence-missing",
            Missing::ALL.iter().map(ToString::to_string).collect(),
        );
        for level in Level::ALL {
            for list in ["evidence-level", "evidence-about"] {
                let key = format!("{list}-{}", level.as_str().to_lowercase());
                assert!(language.has(&key), "{key}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_numbers_break_the_statistics(
        grades in proptest::array::uniform10(0_u32..40),
        answered in 0_u32..500,
        mean in 100_i32..1000,
        deviation in 0_i32..450,
    ) {
        if let Some(interval) = bootstrap_interval(&grades) {
            prop_assert!(interval.low <= interval.high);
        }
        if let Some(interval) = mean_interval(answered, f64::from(mean) / 100.0, f64::from(deviation) / 100.0) {
            prop_assert!(1.0 <= interval.low && interval.high <= 10.0 && interval.low <= interval.high);
        }
        let mut claim = measured(Stage::After, mean, answered);
        claim.deviation = Some(Decimal(deviation));
        let found = evidence(&[claim], Adopters::default());
        prop_assert_eq!(found.figures.len(), 1);
    }
}

#[test]
fn a_row_that_a_page_sends_empty_is_no_claim() {
    let empty = Number::Typed(String::new());
    let row = ClaimRequest {
        stage: "after".to_owned(),
        asked: empty.clone(),
        answered: empty.clone(),
        low: empty.clone(),
        middle: empty.clone(),
        high: empty.clone(),
        months: empty,
        ..ClaimRequest::default()
    };
    let mut errors = FieldErrors::default();
    assert_eq!(parse_claims(&[row], &mut errors), Vec::new());
    assert!(errors.is_empty());
}
