//! Attentions: giving, budgets, their ledger and its proof.

mod acts;
pub mod api;
pub mod budgets_api;
pub mod card;
pub mod closing;
pub mod downloads;
mod fields;
pub(crate) mod frame;
pub mod gift;
pub mod ledger;
pub mod ledger_api;
pub mod open;
pub mod oversee_api;
pub mod overview;
pub mod pages;
mod piece;
pub mod receipts_api;
pub mod register;
pub mod register_api;
pub mod rules;
pub mod rules_api;
mod sheet;
pub mod statement;
pub mod statement_api;
pub mod transfer;
pub mod upload;
mod view;
