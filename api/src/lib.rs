//! Gehoord over HTTP: pages for people, JSON for programs, both on the verbs of `domain`.
//!
//! A request passes [`middleware`] (id, headers, words for errors), is known by its host ([`extract::Site`]) and by who asks
//! ([`extract::Staff`]), and ends in a room: a folder with its pages, its part of the API and its templates.

mod account;
mod administration;
mod app_state;
pub mod application;
mod assets;
mod audit;
mod automation;
mod blocking;
mod bundles;
mod calls;
mod catalogue;
mod clocks;
mod configuration;
mod csrf;
pub mod demo;
mod desk;
mod dev_mail;
mod dev_pages;
mod discussion;
mod elsewhere;
mod exports;
mod extract;
mod files;
mod first_day;
mod form_editor;
mod formal_complaint;
mod gifts;
mod hosting;
mod house_style;
mod html;
mod idempotency;
mod inbound;
mod inbox;
mod intake;
mod jobs;
mod limits;
mod mail;
mod measures;
mod messages;
mod middleware;
mod openapi;
mod outcomes;
mod people;
mod practices;
mod presence;
mod problem;
pub mod provisioning;
mod queue;
mod resident;
mod routes;
mod routing;
mod scores;
pub mod settings;
mod site;
mod subscriptions;
mod teams;
mod text_blocks;
mod texts;
mod thinking_along;
mod unsent;
mod upload_shares;
pub mod worker;
mod workflow;

pub use self::{
    app_state::AppState, application::document, dev_pages::page_samples, extract::read_anything,
    middleware::handle,
};

/// Version of the API, in the header `API-Version` of its every answer (NL API Design Rules, `/core/version-header`).
pub const API_VERSION: &str = "1.4.0";
