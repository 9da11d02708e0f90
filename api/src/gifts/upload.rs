//! A photo or PDF of a receipt with what was typed beside it.

use domain::gifts::RECEIPT_MAX;

use crate::csrf::PostedFile;

/// What somebody hands in on a page of ours.
pub type HandedIn = PostedFile<RECEIPT_MAX>;
