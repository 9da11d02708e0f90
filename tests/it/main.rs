//! Tests over HTTP on a real database: residents, staff, programs, other municipalities and attackers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

mod answers;
mod browser_pages;
mod builder;
mod builder_broken;
mod builder_conflicts;
mod builder_files;
mod builder_messages;
mod builder_pages;
mod calls;
mod case_categories;
mod case_conversions;
mod case_filing;
mod case_lifecycle;
mod case_merge;
mod case_merge_races;
mod case_notices;
mod case_page;
mod case_tasks;
mod clock_acts;
mod clock_alerts;
mod clock_calendars;
mod clock_cases;
mod clock_closing_days;
mod clock_confirmations;
mod clock_feeds;
mod clock_promises;
mod clock_simulator;
mod clocks;
mod complaint_terms;
mod conflict_of_interest;
mod documents;
mod erasure;
mod files;
mod files_refused;
mod filling;
mod filling_programs;
mod generated;
mod gifts;
mod hostile_input;
mod hostile_input_list;
mod house_style;
mod inbound;
mod inbox;
mod installation;
mod isolation;
mod jobs;
mod journey;
mod layers;
mod locales;
mod mail_dialogues;
mod mail_states;
mod mails;
mod messages;
mod migrations;
mod operations;
mod page_frame;
mod page_samples;
mod people;
mod practices;
mod promises_kept;
mod quarantine;
mod queue;
mod queue_bulk;
mod races;
mod receipt_limits;
mod resident_page;
#[path = "../../domain/src/files/content/samples.rs"]
mod samples;
mod scanner;
mod schema;
mod search;
mod security_contact;
mod sessions;
mod statements;
mod sweep;
mod teams;
mod texts;
mod uploads;
mod versions;
mod what_people_bring;
mod what_was_typed;
