//! What holds for every document that somebody hands us as a form, and for everything that anybody answers. Tests on random forms, the
//! replay of kept inputs and the fuzz targets in `fuzz/` all ask here, so that they cannot drift apart.

/// Gives back a [`Violation`] when something does not hold.
macro_rules! require {
    ($holds:expr, $($message:tt)+) => {
        if !$holds {
            return Err(Violation(format!($($message)+)));
        }
    };
}

mod answers;
mod definition;
mod fixture;
mod random;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use self::{
    answers::answers,
    definition::definition,
    fixture::{Fixture, fixture},
    random::{Rng, answers as random_answers, definition as random_definition},
};

/// An invariant that does not hold, and for what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Violation(String);

/// The day on which everything is answered.
const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 6, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
