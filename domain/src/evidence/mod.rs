//! What a practice brought, as numbers of which everybody can tell where they come from. Pure: it reads no rows.
//!
//! A number without its population, question, period and number of answers cannot be compared with another one. Two numbers that cannot be
//! compared stand side by side with the reason; there is no arrow between them.

mod claim;
mod comparison;
mod disclosure;
mod level;
mod request;
pub mod statistics;
#[cfg(test)]
mod tests;

pub use self::{
    claim::{Bins, Claim, Decimal, Metric, Mode, Moment, Origin, Population, Sampling, Stage},
    comparison::{Check, CheckKind, CheckResult, Comparison, Difference, Verdict, compare},
    disclosure::{Contribution, NoQuarter, Pooled, Quarter, Released, pool, release},
    level::{Adopters, Evidence, Figure, Level, Missing, evidence},
    request::{CLAIMS_MAX, ClaimRequest, parse_claims},
};
