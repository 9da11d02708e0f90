//! Why something falls due when it does.

use chrono::NaiveDate;

use super::{
    due::{Due, ServiceRule},
    legal_term::{LegalDates, LegalProblem, LegalTerm},
};

/// Why a clock falls due when it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// Day by day, by a promise.
    Promise(Due, ServiceRule),
    /// On the day that was agreed with the resident.
    Agreed(NaiveDate),
    /// By the law, or why the law's date is not known.
    Law(LegalTerm, Result<LegalDates, LegalProblem>),
}
