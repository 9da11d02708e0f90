//! The rapportcijfer.

pub mod api;
pub mod pages;
