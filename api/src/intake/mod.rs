//! Handing in: the form step by step or on one page, the check, the receipt.

pub mod api;
pub mod check;
pub mod desk;
pub mod embed;
pub mod fill;
mod first;
mod load;
pub(crate) mod look;
mod marks;
pub mod pages;
pub mod receipt;
mod shut;
mod typed;
mod view;

pub use self::typed::read_anything;
pub(crate) use self::{
    first::FirstPages,
    load::today,
    typed::{Typed, Uploaded},
};
