//! Settings of the look into DNS for the proof of a host.

use std::{net::SocketAddr, time::Duration};

use domain::hosting::ProofResolver;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where text records are asked for that prove that a municipality manages a host.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Dns {
    /// Address and port of the DNS server. By default the servers of this machine.
    #[schema(value_type = Option<String>)]
    pub server: Option<SocketAddr>,
    /// Seconds after which an answer is no longer waited for.
    pub timeout_seconds: u32,
}

impl Default for Dns {
    fn default() -> Self {
        Self {
            server: None,
            timeout_seconds: 5,
        }
    }
}

impl Dns {
    /// Asks the server.
    #[must_use]
    pub fn resolver(&self) -> ProofResolver {
        let deadline = Duration::from_secs(self.timeout_seconds.into());
        ProofResolver::new(self.server, deadline)
    }
}
