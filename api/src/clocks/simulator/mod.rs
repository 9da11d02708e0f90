//! What a deadline would be, as a page and over the API.

pub mod api;
mod form;
pub mod page;
