//! Limits on what one address may ask, so that one cannot keep out all others.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;
use tenants::TenantId;

/// Largest body of a form or a JSON document, in bytes. 5,000 emoji in a text take 60,008 bytes when encoded.
pub const BODY: usize = 256 * 1024;
/// Largest body with a text to import, in bytes.
pub const IMPORT: usize = 200_000;
/// Most fields in one posted form.
pub const FIELDS: usize = 500;
/// Longest a body may take to arrive.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Longest an upload may take to arrive: 50 MB over a poor mobile line. Every part of it has to come within [`PATIENCE`].
pub const UPLOAD_PATIENCE: Duration = Duration::from_mins(5);
/// Most bytes of one upload that are read at all; what is beyond the limits of a file is read and forgotten, so that the page can say so.
pub const UPLOAD_READ: usize = 300 * 1024 * 1024;
/// Most files in one upload that are looked at.
pub const UPLOAD_FILES: usize = 30;
/// How long an upload may take to get going.
pub const UPLOAD_START: Duration = Duration::from_secs(20);
/// Least speed of an upload after that, on average, in bytes a second: a photo of 5 MB over the slowest mobile line takes five minutes.
pub const UPLOAD_SPEED_MIN: u64 = 8 * 1024;
/// Memory for all files that have arrived and are looked at, in KiB.
pub const UPLOAD_MEMORY_KIB: usize = 256 * 1024;

/// Counts the messages of each address with each form in windows of ten minutes. It refuses nobody: what is beyond goes to quarantine.
pub struct SubmissionRate(Cache<(TenantId, String, IpAddr), Arc<AtomicU32>>);

impl SubmissionRate {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(Duration::from_mins(10))
                .build(),
        )
    }

    /// Counts a message; whether more than `most` came.
    #[must_use]
    pub fn exceeds(&self, tenant: TenantId, form: &str, address: IpAddr, most: u32) -> bool {
        let key = (tenant, form.to_owned(), network(address));
        let count = self.0.get_with(key, || Arc::new(AtomicU32::new(0)));
        count.fetch_add(1, Ordering::Relaxed) >= most
    }
}

impl Default for SubmissionRate {
    fn default() -> Self {
        Self::new()
    }
}

/// Counts the messages of each address in windows of an hour, in all forms and municipalities. Beyond [`ReceiptRate::MOST`] a message is taken
/// as any other, but its receipt is not mailed: whoever types strangers' addresses sends them no mails.
pub struct ReceiptRate(Cache<IpAddr, Arc<AtomicU32>>);

impl ReceiptRate {
    /// Most receipts in an hour. A town hall may share one address.
    pub const MOST: u32 = 60;

    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(Duration::from_hours(1))
                .build(),
        )
    }

    /// Counts a message; whether more than [`Self::MOST`] came.
    #[must_use]
    pub fn exceeds(&self, address: IpAddr) -> bool {
        let count = self
            .0
            .get_with(network(address), || Arc::new(AtomicU32::new(0)));
        count.fetch_add(1, Ordering::Relaxed) >= Self::MOST
    }
}

impl Default for ReceiptRate {
    fn default() -> Self {
        Self::new()
    }
}

/// An IPv4 address, or the network of an IPv6 address: one household has 2^64 of those.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

/// Counts the changes of each address in windows of a minute.
pub struct RateLimit(Cache<IpAddr, Arc<AtomicU32>>);

impl RateLimit {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(Duration::from_mins(1))
                .build(),
        )
    }

    /// Counts a change; whether it is within `most` of this minute.
    #[must_use]
    pub fn allows(&self, address: IpAddr, most: u32) -> bool {
        let count = self.0.get_with(address, || Arc::new(AtomicU32::new(0)));
        count.fetch_add(1, Ordering::Relaxed) < most
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::new()
    }
}
