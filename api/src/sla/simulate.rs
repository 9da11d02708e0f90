//! What a deadline would be: the same computation for the page and for the API. It stores nothing.

use chrono::{DateTime, Datelike, Utc};
use domain::{
    Error, FieldErrors,
    sla::{
        self, ADJOURNMENT_MAX, Calendar, CalendarDefinition, Current, Due, LegalOutcome, LegalTerm,
        Pause, ServiceRule,
    },
};

/// Most pauses of one question.
const PAUSES_MAX: usize = 100;

/// Years around now in which something may have come in; calendars know their holidays for longer.
const YEARS_MAX: i32 = 20;

/// What is asked.
pub struct Question {
    /// When it came in.
    pub received: DateTime<Utc>,
    /// Another calendar than the one that holds.
    pub calendar: Option<CalendarDefinition>,
    /// Another promise than the one that holds.
    pub rule: Option<ServiceRule>,
    /// When the clock stood still.
    pub pauses: Vec<Pause>,
    /// Weeks of adjournment of the terms of the law.
    pub adjourned: u32,
}

/// What follows.
pub struct Outcome {
    /// The promise that was counted with.
    pub rule: ServiceRule,
    /// When it falls due, and why.
    pub due: Due,
    /// The terms of the law.
    pub legal: Vec<LegalOutcome>,
    /// The calendar that was counted with.
    pub calendar: Calendar,
}

/// Answers a question with what holds now, where the question brings nothing of its own.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub fn answer(question: Question, current: &Current, now: DateTime<Utc>) -> Result<Outcome, Error> {
    let mut errors = FieldErrors::default();
    if (question.received.year() - now.year()).abs() > YEARS_MAX {
        errors.add("receivedAt", "not_a_moment");
    }
    if question.pauses.len() > PAUSES_MAX {
        errors.add_with("pauses", "too_many", "max", PAUSES_MAX);
    }
    if question.pauses.iter().any(|pause| pause.to <= pause.from) {
        errors.add("pauses", "ends_before_it_begins");
    }
    let rule = question.rule.unwrap_or_else(|| current.rule.clone());
    if !rule.is_sensible() {
        errors.add("rule", "promise_out_of_range");
    }
    if question.adjourned > ADJOURNMENT_MAX {
        errors.add_with("adjournedWeeks", "too_high", "max", ADJOURNMENT_MAX);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let calendar = match question.calendar {
        Some(definition) => {
            let today = now.with_timezone(&definition.zone).date_naive();
            sla::check(&definition, today)?
        }
        None => (*current.calendar).clone(),
    };
    let due = rule
        .due_after(&calendar, question.received, &question.pauses)
        .ok_or_else(|| Error::invalid("calendar", "never_open"))?;
    let legal = LegalTerm::ALL
        .into_iter()
        .map(|term| {
            // Only the term for dealing with a complaint can be adjourned (Awb art. 9:11, second paragraph).
            let adjourned = if term == LegalTerm::NotDealtWith {
                0
            } else {
                question.adjourned
            };
            (
                term,
                term.dates(question.received, calendar.zone(), adjourned, &calendar),
            )
        })
        .collect();
    Ok(Outcome {
        rule,
        due,
        legal,
        calendar,
    })
}
