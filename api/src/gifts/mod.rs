//! Attentions: giving, budgets, their ledger and its proof.

pub mod api;
pub mod manage;
pub mod pages;
pub mod papers;
