//! Looks in DNS for the proof that somebody manages a host: a text record (RFC 1035 §3.3.14) below a name that begins with an underscore
//! (RFC 8552), which no host has.

use std::{net::SocketAddr, time::Duration};

use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig},
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::RData,
};

use super::HostFinding;

/// Name of the record, before the host.
const LABEL: &str = "_gehoord";
/// How the text begins, before the code.
const PREFIX: &str = "gehoord-proof=";
/// Most records of a name that are looked at.
const RECORDS_MAX: usize = 50;

/// Name of the record that proves a host.
pub(super) fn record_name(host: &str) -> String {
    format!("{LABEL}.{host}")
}

/// What the record holds.
pub(super) fn record_text(code: &str) -> String {
    format!("{PREFIX}{code}")
}

/// Asks a DNS server for text records, and nothing else.
#[derive(Clone, Debug)]
pub struct ProofResolver {
    server: Option<SocketAddr>,
    deadline: Duration,
}

impl ProofResolver {
    /// A resolver that asks `server`, or the servers of this machine, and waits no longer than `deadline`.
    #[must_use]
    pub fn new(server: Option<SocketAddr>, deadline: Duration) -> Self {
        Self { server, deadline }
    }

    /// Nothing when the record is there, otherwise what was found. It is asked for anew each time.
    pub async fn look(&self, host: &str, code: &str) -> Option<HostFinding> {
        let asked = tokio::time::timeout(self.deadline, self.texts(host)).await;
        match asked {
            Err(_) | Ok(Err(NetError::Timeout)) => Some(HostFinding::Late),
            Ok(Err(error)) if error.is_no_records_found() => Some(HostFinding::Missing),
            Ok(Err(error)) => {
                tracing::info!(host, %error, "the proof of a host could not be looked for");
                Some(HostFinding::Failed)
            }
            Ok(Ok(texts)) if texts.is_empty() => Some(HostFinding::Missing),
            Ok(Ok(texts)) => {
                let wanted = record_text(code);
                let is_proof = |text: &String| text.trim().trim_matches('"') == wanted;
                (!texts.iter().any(is_proof)).then_some(HostFinding::Other)
            }
        }
    }

    async fn texts(&self, host: &str) -> Result<Vec<String>, NetError> {
        let provider = TokioRuntimeProvider::default();
        let mut builder = match self.server {
            Some(server) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                let connections = connections.map(|mut connection| {
                    connection.port = server.port();
                    connection
                });
                let server = NameServerConfig::new(server.ip(), true, connections.to_vec());
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, provider)
            }
            None => TokioResolver::builder(provider)?,
        };
        let options = builder.options_mut();
        options.timeout = self.deadline;
        options.attempts = 1;
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        // With the dot at the end no other domain is tried.
        let answer = builder
            .build()?
            .txt_lookup(format!("{}.", record_name(host)))
            .await?;
        let texts = answer.answers().iter().take(RECORDS_MAX);
        let texts = texts.filter_map(|record| match &record.data {
            RData::TXT(text) => {
                let bytes: Vec<u8> = text
                    .txt_data
                    .iter()
                    .flat_map(|part| part.iter().copied())
                    .collect();
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => None,
        });
        Ok(texts.collect())
    }
}
