//! Bundles: working configuration that one municipality shares and another adopts.
//!
//! A bundle is read strictly ([`parse`]), reviewed and signed by the exchange, compared with one's own configuration ([`plan`]), prepared by
//! one colleague and activated by another ([`prepare`], [`activate`]). What it changes is changed by the verbs of the rooms it is about, so
//! every version stays and running cases keep the rules they began with.

mod adopted;
mod adoption;
mod apply;
mod check;
mod compare;
mod content;
mod entity;
mod exchange;
mod family;
mod format;
mod inputs;
mod instructions;
mod make;
mod own;
mod plan;
mod reading;
mod signing;
mod sound;
mod strict;
#[cfg(test)]
mod tests;
mod updates;

use tenants::{text_enum, typed_id};

pub use self::{
    adopted::{AdoptedPart, AdoptionDetail, detail},
    adoption::{activate, active, adoptions, discard, get, prepare, rollback, skip_version},
    check::{CheckedBundle, Trust, parse},
    compare::{Conflict, Difference, Pick},
    content::{Content, Document, Flowchart, Instruction, Mail, Metric, Promise, Prose, Routing},
    entity::{bundle_adoption::Model as BundleAdoption, exchange_bundle::Model as ExchangeBundle},
    exchange::{
        BundleDetail, Decision, decide, detail_of, keys, of_owner, proposals, published, read,
        submit, submitted, withdraw,
    },
    family::{Relative, family},
    format::{
        BUNDLE_MAX, Bundle, BundleLine, ChangeKind, ChangeLine, Manifest, Origin, PartHead,
        PartKind, Policy, Weight,
    },
    inputs::{Answers, Input, Selector},
    instructions::{ActiveBundle, InstructionPart, WorkInstruction, active_bundles, instructions},
    make::{MakeRequest, Suggestion, make, propose, suggestions},
    plan::{AdoptRequest, Check, PartState, Plan, PlannedPart, plan},
    reading::{Passage, between, reading},
    signing::ExchangeSigner,
    updates::{UpdateNotice, updates},
};
pub(crate) use self::{
    adoption::any_activated,
    check::{Faults, escaped, parse_whole, read as read_value},
    compare::{differences, form_title},
    content::{GiftProposal, Route},
    format::FORMAT,
    instructions::{of_row, record_part},
    make::word,
};

/// The line of a whole configuration: it belongs to no municipality.
pub(crate) const CONFIGURATION: BundleLine = BundleLine(uuid::Uuid::nil());

/// The bundle of the customer service of Schagen, as the product ships it; no person is named in it.
pub const KLANTENSERVICE: &str = include_str!("klantenservice.json");

typed_id! {
    /// A version of a bundle on the exchange.
    BundleId
}
typed_id! {
    /// A public key of the exchange.
    ExchangeKeyId
}
typed_id! {
    /// An adopted bundle.
    AdoptionId
}

text_enum! {
    /// Where a bundle on the exchange stands.
    BundleStatus {
        /// It waits for the editor of the exchange.
        Submitted = "submitted",
        /// It can be adopted.
        Published = "published",
        /// A newer version took its place.
        Replaced = "replaced",
        /// The editor did not take it.
        Refused = "refused",
        /// It was taken back.
        Withdrawn = "withdrawn",
        /// It is an improvement, proposed to the publisher of the original.
        Proposed = "proposed",
    }
}

text_enum! {
    /// Where an adopted bundle stands.
    AdoptionStatus {
        /// It waits for a colleague.
        Prepared = "prepared",
        /// It holds.
        Active = "active",
        /// A newer version took its place.
        Superseded = "superseded",
        /// What was before it holds again.
        RolledBack = "rolledBack",
        /// It was never activated.
        Discarded = "discarded",
    }
}
