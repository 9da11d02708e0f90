//! Finding published practices: words with their synonyms, facets with counts, municipalities like one's own.
//!
//! What facets need of every practice is small, so it is kept in memory and read again when the database says that something changed. Words are
//! compared by the database. A search is three statements at most.

mod dialect;
mod facets;
mod index;
mod words;

pub use self::{
    facets::{Facet, FacetKind, FacetOption},
    index::{Catalogue, CatalogueQuery, Found, Sort},
};
