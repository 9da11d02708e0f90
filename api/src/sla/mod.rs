//! When the municipality is open, what it promises, and what follows from that for a date.

pub mod api;
pub mod pages;
mod simulate;
pub mod simulator;
pub mod view;

pub(crate) use self::pages::day;
