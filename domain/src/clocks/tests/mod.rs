//! What clocks do, and what is promised to whom.

mod clock;
mod promises;
mod worked_cases;

use crate::deadlines::tests::{local, office};
