//! A case in words: badges, kinds, the names of colleagues.

pub use crate::{
    html::values::{Badge, Names, names},
    queue::badges::{kind, promise_badge, state_badge, status_badge},
};
