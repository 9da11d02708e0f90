//! What clocks do, and what is promised to whom.

mod clock;
mod promises;
mod worked_cases;
mod worked_due_dates;

use crate::deadlines::tests::{local, office};
