//! Gehoord over HTTP: pages for people, JSON for programs, both on the verbs of `domain`.
//!
//! A request passes [`dress`] (id, headers, words for errors), is known by its host ([`extract::Site`]) and by who asks
//! ([`extract::Staff`]), and ends in a room: a folder with its pages, its part of the API and its templates.

mod account;
mod admin;
pub mod application;
mod assets;
mod cases;
mod csrf;
pub mod demo;
mod dress;
mod extract;
mod files;
mod form_key;
mod forms;
pub mod founding;
mod gifts;
mod house;
mod html;
mod idempotent;
mod intake;
mod limits;
mod openapi;
mod practices;
mod problem;
mod routes;
mod scores;
pub mod settings;
mod site;
mod sla;
pub mod worker;

pub use self::{dress::around, house::House, intake::read_anything, openapi::document};

/// Version of the API, in the header `API-Version` of its every answer (NL API Design Rules, `/core/version-header`).
pub const API_VERSION: &str = "1.0.0";
