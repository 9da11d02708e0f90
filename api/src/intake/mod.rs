//! Handing in: the form step by step, the check, the receipt.

pub mod api;
pub mod pages;
pub mod receipt;
mod view;
