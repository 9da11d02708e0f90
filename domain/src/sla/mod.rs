//! The promise: when a municipality is open, what it promises, and whether it kept its word.
//!
//! [`ServiceRule::due`] is a pure function of calendar and instant of receipt. A clock is a row with append-only events; its result compares
//! the instant it stopped with the instant it was due, never with now.

mod calendar;
mod due;
mod entity;
mod holidays;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use self::store::{start, stop};
pub use self::{
    calendar::{Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception},
    due::{Due, ServiceRule, Step},
    holidays::{Holiday, easter},
    store::{
        CalendarVersionId, ClockId, Current, Promise, RuleVersionId, current, explain, promise,
        set_calendar, set_rule,
    },
};
