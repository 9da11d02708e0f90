//! What a deadline would be: the same computation for the page and for the API. It stores nothing.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    Error, FieldErrors,
    sla::{
        self, ADJOURNMENT_MAX, Calendar, CalendarDefinition, ClockKind, Current, Due, Exception,
        History, LegalDates, LegalProblem, LegalTerm, Level, Pause, RuleTerms, ServiceRule,
    },
};
use tenants::TenantTx;

/// Most pauses of one question.
const PAUSES_MAX: usize = 100;
/// Most closing days of one question.
const CLOSURES_MAX: usize = 400;
/// Years around now in which something may have come in; calendars know their holidays for longer.
const YEARS_MAX: i32 = 20;

/// What is asked. What is left out is taken from what holds now.
#[derive(Default)]
pub struct Question {
    /// When it came in.
    pub received: DateTime<Utc>,
    /// Number of a version of the calendar.
    pub calendar_version: Option<i64>,
    /// Another calendar than one that was ever kept.
    pub calendar: Option<CalendarDefinition>,
    /// Number of a version of a promise.
    pub rule_version: Option<i64>,
    /// Another promise than one that was ever made.
    pub rule: Option<ServiceRule>,
    /// The rest of that promise.
    pub terms: Option<RuleTerms>,
    /// When the clock stood still.
    pub pauses: Vec<Pause>,
    /// Days on which it is closed as well.
    pub closures: Vec<NaiveDate>,
    /// Weeks of adjournment of the term for dealing with a complaint.
    pub adjourned: u32,
    /// A later day that was agreed.
    pub agreed_until: Option<NaiveDate>,
}

/// A term of the law with its dates, or why they cannot be told.
pub type LegalOutcome = (LegalTerm, Result<LegalDates, LegalProblem>);

/// What follows.
pub struct Outcome {
    /// The promise that was counted with.
    pub rule: ServiceRule,
    /// When it falls due, and why.
    pub due: Due,
    /// When somebody would be warned.
    pub warnings: Vec<(DateTime<Utc>, Level)>,
    /// The terms of the law.
    pub legal: Vec<LegalOutcome>,
    /// The calendar that was counted with.
    pub calendar: Calendar,
}

fn check(question: &Question, now: DateTime<Utc>) -> FieldErrors {
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
    if question.closures.len() > CLOSURES_MAX {
        errors.add_with("closures", "too_many", "max", CLOSURES_MAX);
    }
    if question.adjourned > ADJOURNMENT_MAX {
        errors.add_with("adjournedWeeks", "too_high", "max", ADJOURNMENT_MAX);
    }
    if question.calendar.is_some() && question.calendar_version.is_some() {
        errors.add("calendarVersion", "one_of_two");
    }
    if question.rule.is_some() && question.rule_version.is_some() {
        errors.add("ruleVersion", "one_of_two");
    }
    if let Some(terms) = &question.terms {
        terms.check(&mut errors);
    }
    errors
}

/// Answers a question with what holds now, where the question brings nothing of its own.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn answer(
    tx: &TenantTx,
    question: Question,
    current: &Current,
) -> Result<Outcome, Error> {
    let mut errors = check(&question, tx.now());
    let versions = sla::rules(tx).await?;
    let kept = question.rule_version.and_then(|number| {
        let found = versions.iter().find(|version| version.number == number);
        if found.is_none() {
            errors.add("ruleVersion", "not_an_option");
        }
        found
    });
    let rule = match (question.rule, kept) {
        (Some(rule), _) => rule,
        (None, Some(kept)) => kept.rule.clone(),
        (None, None) => current.rule.clone(),
    };
    let terms = match (question.terms, kept) {
        (Some(terms), _) => terms,
        (None, Some(kept)) => kept.terms.clone(),
        (None, None) => current.terms.clone(),
    };
    if !rule.is_sensible() {
        errors.add("rule", "promise_out_of_range");
    }
    let mut definition = match (question.calendar, question.calendar_version) {
        (Some(definition), _) => definition,
        (None, None) => (*current.definition).clone(),
        (None, Some(number)) => match sla::office_numbered(tx, number).await {
            Ok(office) => (*office.definition).clone(),
            Err(Error::NotFound) => {
                errors.add("calendarVersion", "not_an_option");
                (*current.definition).clone()
            }
            Err(error) => return Err(error),
        },
    };
    errors.into_result()?;
    for day in question.closures {
        let closed = Exception {
            blocks: Vec::new(),
            reason: "gesloten".to_owned(),
        };
        definition.exceptions.insert(day, closed);
    }
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    let calendar = sla::check(&definition, today)?;
    let received = question.received;
    let due = rule
        .due_after(&calendar, received, &question.pauses)
        .ok_or_else(|| Error::invalid("calendar", "never_open"))?;
    let warnings = sla::promise_levels(&terms, &calendar, received, due.at, &question.pauses);
    let law = sla::law_now(tx).await?.calendar;
    let legal = LegalTerm::ALL
        .into_iter()
        .map(|term| {
            let (kind, advised) = match term {
                LegalTerm::NotDealtWith => (ClockKind::NotDealtWith, false),
                LegalTerm::DealtWith => (ClockKind::DealtWith, false),
                LegalTerm::DealtWithAdvised => (ClockKind::DealtWith, true),
            };
            let history = History {
                adjourned: question.adjourned,
                agreed_until: question.agreed_until,
                advised,
                ..History::default()
            };
            let dates = sla::legal_dates(kind, received, &history, &calendar, &law);
            (term, dates)
        })
        .collect();
    Ok(Outcome {
        rule,
        due,
        warnings,
        legal,
        calendar,
    })
}
