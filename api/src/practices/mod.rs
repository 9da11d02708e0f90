//! The exchange: published practices for everybody, drafts for their editors.

pub mod api;
pub mod pages;
