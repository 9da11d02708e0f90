//! What an administrator, an auditor and the operator see: people, trail, jobs.

pub mod api;
pub mod pages;
pub mod people;
pub mod people_api;
