//! Where a municipality is found and whether it uses the platform: its hosts, with proof that they are its own, and whether it is in use,
//! suspended or gone.
//!
//! A host that was claimed waits until a text record in DNS proves that the municipality manages it. A claim that waits keeps nobody else
//! from claiming the same host: whoever proves it first gets it.

mod claims;
mod entity;
mod host_name;
mod proof;
mod standing;

use tenants::{text_enum, typed_id};

pub use self::{
    claims::{
        Checked, Given, Host, HostRequest, Hosts, WaitingClaim, WaitingHost, all_waiting, check,
        check_for, claim, give, hosts, put_first, remove, withdraw,
    },
    host_name::parse as parse_host,
    proof::ProofResolver,
    standing::{Operator, Standing, StandingRequest, StandingStep, change, standing},
};

typed_id! {
    /// A host that waits for its proof.
    HostClaimId
}

text_enum! {
    /// Why a host is not proven.
    HostFinding {
        /// There is no such record in DNS.
        Missing = "missing",
        /// There are records at that name, of which none is the proof.
        Other = "other",
        /// The server of the domain did not answer in time.
        Late = "late",
        /// The server of the domain answered with a failure.
        Failed = "failed",
        /// It was proven, and belongs to another municipality since.
        Taken = "taken",
    }
}
