//! What a deadline would be: the same computation that real clocks are counted by, asked with numbers of one's own. It stores nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    calendar::{Calendar, CalendarDefinition, Exception},
    due::{Due, Pause, ServiceRule},
    legal_term::{LegalCalendar, LegalDates, LegalProblem, LegalTerm},
    warnings::{Level, Warnings, promise_levels},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// When it came in, in UTC.
    pub received: DateTime<Utc>,
    /// What is promised.
    pub rule: ServiceRule,
    /// When somebody is warned of it.
    pub warnings: Warnings,
    /// When the clock was paused, in any order; they may overlap.
    pub pauses: Vec<Pause>,
    /// Weeks of adjournment of the term for dealing with a complaint, at most four.
    pub adjourned: u32,
    /// A later day to which the resident agreed in writing.
    pub agreed_until: Option<NaiveDate>,
}

impl Question {
    /// The last day by law when nothing was agreed, after which a day that is agreed has to lie (Awb art. 9:11, third paragraph); nothing when
    /// the decrees of its year are not known.
    #[must_use]
    pub fn legal_before_agreement(
        &self,
        office: &Calendar,
        law: &LegalCalendar,
    ) -> Option<NaiveDate> {
        LegalTerm::DealtWith
            .dates_with(self.received, self.adjourned, None, office, law)
            .ok()
            .map(|dates| dates.legal)
    }
}

/// A term of the law with its dates, or why they are not known.
pub type LegalOutcome = (LegalTerm, Result<LegalDates, LegalProblem>);

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// When it falls due, and why.
    pub due: Due,
    /// When somebody would be warned, in order.
    pub warnings: Vec<(DateTime<Utc>, Level)>,
    /// The terms of the law: telling that a complaint is not dealt with, dealing with it, and dealing with it after advice of a committee.
    pub legal: Vec<LegalOutcome>,
}

impl CalendarDefinition {
    /// The same calendar, closed on more days for a reason each.
    #[must_use]
    pub fn with_closures(mut self, closures: BTreeMap<NaiveDate, String>) -> Self {
        for (day, reason) in closures {
            let closed = Exception {
                blocks: Vec::new(),
                reason,
            };
            self.exceptions.insert(day, closed);
        }
        self
    }
}

/// Answers a question; nothing when the calendar does not open often enough within five years.
#[must_use]
pub fn simulate(question: &Question, office: &Calendar, law: &LegalCalendar) -> Option<Simulation> {
    let received = question.received;
    let due = question
        .rule
        .due_after(office, received, &question.pauses)?;
    let warnings = promise_levels(
        &question.warnings,
        office,
        received,
        due.at,
        &question.pauses,
    );
    let legal = LegalTerm::ALL
        .iter()
        .map(|&term| {
            let (adjourned, agreed) = (question.adjourned, question.agreed_until);
            (
                term,
                term.dates_with(received, adjourned, agreed, office, law),
            )
        })
        .collect();
    Some(Simulation {
        due,
        warnings,
        legal,
    })
}
