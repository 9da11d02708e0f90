//! What a deadline would be, as a page and over the API.

pub mod api;
pub mod page;
