//! Limits on what one address may ask, so that one cannot take the house from all.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;

/// Largest body of a form or a JSON document, in bytes. 5,000 emoji in a story take 60,008 bytes when encoded.
pub const BODY: usize = 256 * 1024;
/// Largest body with a text to import, in bytes.
pub const IMPORT: usize = 200_000;
/// Most fields in one posted form.
pub const FIELDS: usize = 500;
/// Longest a body may take to arrive.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Counts the changes of each address in windows of a minute.
pub struct Limits(Cache<IpAddr, Arc<AtomicU32>>);

impl Limits {
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
    pub fn admit(&self, address: IpAddr, most: u32) -> bool {
        let count = self.0.get_with(address, || Arc::new(AtomicU32::new(0)));
        count.fetch_add(1, Ordering::Relaxed) < most
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}
