//! When the municipality is open, what it promises, what the law says, and what follows from that for a date.

pub mod api;
mod asked;
pub mod change;
pub mod clock_view;
pub mod clocks;
pub mod clocks_api;
pub mod deadlines_api;
mod differences;
pub mod feeds;
pub mod feeds_api;
pub(crate) mod hours;
pub mod import;
pub mod law;
pub mod law_api;
mod legal_view;
pub mod promises;
mod simulate;
pub mod simulator;
pub mod versions;
pub mod view;
pub mod year;
