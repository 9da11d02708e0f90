//! How calendars and deadlines are told to people.

use chrono::NaiveDate;
use domain::{
    Language,
    sla::{Calendar, Closed, Due, KNOWN_YEARS, LegalDates, LegalOutcome, Rest, ServiceRule, Step},
};

use crate::html::dashed;

/// Minutes since midnight as "08:30".
pub fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A promise as a sentence.
pub fn rule(rule: &ServiceRule, language: Language) -> String {
    match *rule {
        ServiceRule::WorkingDays { days } => language.count("rule-working-days", days.into()),
        ServiceRule::BusinessMinutes { minutes } if minutes % 60 == 0 => {
            language.count("rule-business-hours", i64::from(minutes / 60))
        }
        ServiceRule::BusinessMinutes { minutes } => {
            language.count("rule-business-minutes", minutes.into())
        }
    }
}

/// Why it is closed.
pub fn why_closed(closed: &Closed, language: Language) -> String {
    match closed {
        Closed::Weekday => language.text("due-closed-weekday"),
        Closed::Holiday(holiday) => language.text(&format!("holiday-{}", holiday.as_str())),
        Closed::Exception(reason) => reason.clone(),
    }
}

/// The opening hours of a day as "08:30-12:00 13:00-17:00"; nothing when it is closed.
pub fn hours(calendar: &Calendar, day: NaiveDate) -> String {
    calendar
        .openings(day)
        .iter()
        .map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Why a promise falls due when it does, day by day.
pub fn explanation(due: &Due, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = due
        .steps
        .iter()
        .map(|step| match step {
            Step::Received(day) => {
                language.text_with("due-received", &[("day", &language.day(*day))])
            }
            Step::Skipped(day, closed) => language.text_with(
                "due-skipped",
                &[
                    ("day", &language.day(*day)),
                    ("why", &why_closed(closed, language)),
                ],
            ),
            Step::Counted(day, count) => language.text_with(
                "due-counted",
                &[("day", &language.day(*day)), ("count", &count.to_string())],
            ),
        })
        .collect();
    if !due.paused.is_zero() {
        lines.push(language.count("due-paused", due.paused.num_minutes()));
    }
    lines
}

/// Why a term of the law ends later than its weeks.
fn legal_explanation(dates: &LegalDates, language: Language) -> Vec<String> {
    dates
        .skipped
        .iter()
        .map(|(day, rest)| {
            let why = match rest {
                Rest::Weekend => language.text("rest-weekend"),
                Rest::Holiday(holiday) => language.text(&format!("holiday-{}", holiday.as_str())),
                Rest::Decreed => language.text("rest-decreed"),
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
    /// Why the law gives more days than the weeks.
    pub why: Vec<String>,
    /// Why there are no dates.
    pub unknown: Option<String>,
}

/// A term of the law for a page.
pub fn legal((term, dates): &LegalOutcome, language: Language) -> LegalView {
    let title = language.text(&format!("legal-{}", dashed(term.as_str())));
    match dates {
        Ok(dates) => LegalView {
            title,
            nominal: language.day(dates.nominal),
            legal: language.day(dates.legal),
            safe: language.day(dates.safe),
            why: legal_explanation(dates, language),
            unknown: None,
        },
        Err(_) => LegalView {
            title,
            nominal: String::new(),
            legal: String::new(),
            safe: String::new(),
            why: Vec::new(),
            unknown: Some(
                language.text_with("legal-unknown", &[("year", &KNOWN_YEARS.end().to_string())]),
            ),
        },
    }
}
