//! The terms of the law in words: their dates, and why they are what they are.

use chrono::NaiveDate;
use domain::{
    Language,
    deadlines::{LegalDates, LegalProblem, LegalTerm, NonWorkingDay},
};

use crate::html::dashed;

/// Why a term of the law ends later than its weeks.
fn legal_explanation(dates: &LegalDates, language: Language) -> Vec<String> {
    dates
        .skipped
        .iter()
        .map(|(day, rest)| {
            let why = match rest {
                NonWorkingDay::Weekend => language.text("rest-weekend"),
                NonWorkingDay::Holiday(holiday) => {
                    language.text(&format!("holiday-{}", holiday.as_str()))
                }
                NonWorkingDay::Decreed => language.text("rest-decreed"),
            };
            language.text_with(
                "legal-skipped",
                &[("day", &language.day(*day)), ("why", &why)],
            )
        })
        .collect()
}

/// A term of the law as people read it.
pub struct LegalView {
    /// Which term.
    pub title: String,
    /// The day its weeks end on.
    pub nominal: String,
    /// The last day by law.
    pub legal: String,
    /// The day to work towards.
    pub safe: String,
    /// The day the resident agreed to; then there are no weeks, and none of the law's own days.
    pub agreed: Option<String>,
    /// That the last day is sure, and which later one is not.
    pub doubtful: Option<String>,
    /// Why the law gives more days than the weeks.
    pub why: Vec<String>,
    /// Why there are no dates.
    pub unknown: Option<String>,
}

/// A term of the law for a page.
pub fn legal(
    term: LegalTerm,
    dates: &Result<LegalDates, LegalProblem>,
    language: Language,
) -> LegalView {
    let title = language.text(&format!("legal-{}", dashed(term.as_str())));
    match dates {
        Ok(dates) => LegalView {
            title,
            nominal: language.day(dates.nominal),
            legal: language.day(dates.legal),
            safe: language.day(dates.safe),
            agreed: dates.agreed.then(|| {
                language.text_with("legal-agreed", &[("day", &language.day(dates.legal))])
            }),
            doubtful: doubtful(dates, language),
            why: legal_explanation(dates, language),
            unknown: None,
        },
        Err(problem) => LegalView {
            title,
            nominal: String::new(),
            legal: String::new(),
            safe: String::new(),
            agreed: None,
            doubtful: None,
            why: Vec::new(),
            unknown: Some(unknown(problem, language)),
        },
    }
}

/// What is sure and what is not of a term of more than twelve weeks (Atw art. 4).
fn doubtful(dates: &LegalDates, language: Language) -> Option<String> {
    let later = language.day(dates.doubtful?);
    let sure = language.day(dates.legal);
    Some(language.text_with("legal-doubtful", &[("sure", &sure), ("later", &later)]))
}

/// Why there is no date.
pub fn unknown(problem: &LegalProblem, language: Language) -> String {
    match problem {
        LegalProblem::UnknownYear { through, .. } => {
            language.text_with("legal-unknown", &[("year", &through.to_string())])
        }
        LegalProblem::AdjournmentTooLong => language.text("problem-already-adjourned"),
    }
}

/// A term of the law in sentences: its weeks, why it ends later, and the day to work towards; or why it has no dates. `adjourned` is in weeks.
pub fn sentences(
    term: LegalTerm,
    received: NaiveDate,
    adjourned: u32,
    dates: &Result<LegalDates, LegalProblem>,
    language: Language,
) -> Vec<String> {
    let dates = match dates {
        Ok(dates) => dates,
        Err(problem) => return vec![unknown(problem, language)],
    };
    let on = |key: &str, day| language.text_with(key, &[("day", &language.day(day))]);
    let mut lines = vec![on("due-received", received)];
    if dates.agreed {
        lines.push(on("legal-agreed", dates.legal));
    } else {
        lines.extend(adjourned_weeks(term, adjourned, language));
        lines.push(language.text_with(
            "legal-weeks",
            &[
                (
                    "term",
                    &language.text(&format!("legal-{}", dashed(term.as_str()))),
                ),
                ("day", &language.day(dates.nominal)),
            ],
        ));
        lines.extend(legal_explanation(dates, language));
        lines.push(on("legal-last", dates.legal));
        lines.extend(doubtful(dates, language));
    }
    lines.push(on("legal-work-towards", dates.safe));
    lines
}

/// The adjournment in words; nothing for a term that has none (Awb art. 9:8).
pub fn adjourned_weeks(term: LegalTerm, weeks: u32, language: Language) -> Option<String> {
    (weeks > 0 && term.can_be_adjourned()).then(|| language.count("legal-adjourned", weeks.into()))
}
