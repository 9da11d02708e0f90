//! Deadlines as values: when an office is open, what is promised, what the law says, and which instant follows from that. Nothing here reads
//! a row or knows a case.

mod calendar;
mod closures;
mod due;
mod explanation;
mod holidays;
mod legal_term;
mod opening_hours;
mod simulation;
#[cfg(test)]
pub(crate) mod tests;
mod warnings;

pub(crate) use self::calendar::{REASON_MAX, YEARS_MAX};
pub use self::{
    calendar::{Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception},
    closures::{Closure, ClosureProblem, Closures},
    due::{Due, Pause, ServiceRule, Step},
    explanation::Why,
    holidays::{Holiday, easter},
    legal_term::{
        ADJOURNMENT_MAX, AGREED_MAX, LegalCalendar, LegalCalendarProblem, LegalDates, LegalProblem,
        LegalTerm, Rest,
    },
    simulation::{LegalOutcome, Question, Simulation, simulate},
    warnings::{Level, Warnings, legal_levels, promise_levels},
};
