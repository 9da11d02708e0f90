//! The house as its residents, clerks, neighbours and enemies meet it: over HTTP, on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

mod browser_pages;
mod builder;
mod cases;
mod clock_acts;
mod clock_alerts;
mod clock_calendars;
mod clocks;
mod files;
mod filling;
mod gifts;
mod isolation;
mod journey;
mod locales;
mod mails;
mod nasty;
mod practices;
mod quarantine;
mod races;
#[path = "../../domain/src/files/content/samples.rs"]
mod samples;
mod scanner;
mod schema;
mod sessions;
mod versions;
mod what_was_typed;
