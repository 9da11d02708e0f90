//! Deadlines as values: when an office is open, what is promised, what the law says, and which instant follows from that. Nothing here reads
//! a row or knows a case.

mod calendar;
mod calendar_file;
mod due;
mod explanation;
mod holidays;
mod legal_term;
mod opening_hours;
mod simulation;
#[cfg(test)]
pub(crate) mod tests;
mod warnings;
mod written_hours;

pub(crate) use self::calendar::{REASON_MAX, YEARS_MAX};
pub use self::{
    calendar::{Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception},
    calendar_file::{CalendarFile, CalendarFileProblem, ClosingDay},
    due::{Due, Pause, ServiceRule, Step},
    explanation::Explanation,
    holidays::{Holiday, easter},
    legal_term::{
        ADJOURNMENT_MAX, AGREED_MAX, LegalCalendar, LegalDates, LegalProblem, LegalTerm,
        NonWorkingDay,
    },
    simulation::{LegalOutcome, Question, Simulation, simulate},
    warnings::{Level, Warnings, legal_levels, promise_levels, safe_levels},
    written_hours::{blocks_text, read_amounts, read_blocks},
};
