//! The promise: when a municipality is open, what it promises, and whether it kept its word.
//!
//! [`ServiceRule::due`] is a pure function of calendar and instant of receipt. A clock is a row with append-only events; its result compares
//! the instant it stopped with the instant it was due, never with now.

mod calendar;
mod due;
mod entity;
mod holidays;
mod legal;
mod opening;
mod recount;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use self::store::{start, stop};
pub use self::{
    calendar::{Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception},
    due::{Due, Pause, ServiceRule, Step},
    holidays::{Holiday, easter},
    legal::{ADJOURNMENT_MAX, KNOWN_YEARS, LegalDates, LegalProblem, LegalTerm, Rest, rest},
    recount::{Moved, RecountClocks, check_at_night, preview},
    store::{
        CalendarVersionId, ClockId, Current, LegalOutcome, Promise, RuleVersion, RuleVersionId,
        check, current, explain, legal_terms, promise, rules, set_calendar, set_rule,
    },
};
