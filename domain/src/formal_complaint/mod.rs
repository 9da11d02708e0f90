//! The formal complaint (Awb chapter 9): a procedure attached to a case, as steps that never change, with the letters as they were sent; and
//! the register of complaints (Awb art. 9:12a).
//!
//! What may be done next follows from what was recorded ([`law`], a pure function). The terms run in [`crate::clocks`]: a step stops them, it
//! does not count them.

mod entity;
mod input;
mod kinds;
mod law;
mod letter;
mod record;
mod register;

use tenants::{tenant_owned, typed_id};

pub(crate) use self::record::{begin_at_receipt, begin_by_resident, erase};
pub use self::{
    input::{PARTS_MAX, PartRequest, StepFacts, StepRequest, StepWords},
    kinds::{Body, Channel, Ground, Judgement, NoHearing, Party, Requirement, StepKind},
    law::{Asked, Bar, Facts, Progress, Standing, allow, progress},
    record::{Draft, FormalComplaint, Step, draft, of_case, record},
    register::{Cell, Dimension, Line, Register, csv, register, xlsx},
};

typed_id! {
    /// A step of a formal complaint.
    StepId
}

tenant_owned!(entity);
