//! Pages of a list over the API.

pub(super) use crate::html::pagination::PageRequest as Piece;
