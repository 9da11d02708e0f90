//! Limits on what one address may ask, so that one cannot keep out all others.

use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;

/// Largest body of a form or a JSON document, in bytes. 5,000 emoji in a text take 60,008 bytes when encoded.
pub const BODY: usize = 256 * 1024;
/// Largest JSON document that is read at once, in bytes; a larger one is read on a thread of its own.
pub const JSON_AT_ONCE: usize = 16 * 1024;
/// Largest body with a text to import, in bytes.
pub const IMPORT: usize = 200_000;
/// Largest bundle, in bytes; one more is read, so that it is refused with its own sentence.
pub const BUNDLE: usize = domain::bundles::BUNDLE_MAX + 1;
/// Largest configuration, in bytes: that of a bundle, so that a page reads back what it offers.
pub const CONFIGURATION: usize = domain::bundles::BUNDLE_MAX;
/// Most bytes in the fields of the page that applies a configuration: the page that compares sends it along.
pub const CONFIGURATION_TEXT: usize = CONFIGURATION + BODY;
/// Most fields in one posted form: a list of 200 rules for teams has eight a rule.
pub const FIELDS: usize = 2_000;
/// Most entries of a list in a posted form.
pub const ENTRIES: usize = 500;
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

/// Most receipts by mail that one address causes in an hour, in all forms and municipalities. Beyond it a message is taken as any other, but its
/// receipt is not mailed: whoever types strangers' addresses sends them no mails. A town hall may share one address.
pub const RECEIPTS_MAX: u32 = 60;

/// Most requests to subscribe that one address sends in an hour.
pub const SUBSCRIPTION_REQUESTS_MAX: u32 = 10;
/// Most proposals and opinions of one address in an hour: people at one table of a library share theirs.
pub const CONTRIBUTIONS_MAX: u32 = 120;

/// Counts what comes under each key in windows of time.
pub struct Counter<K>(Cache<K, Arc<AtomicU32>>);

impl<K: Hash + Eq + Send + Sync + 'static> Counter<K> {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(window: Duration) -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(window)
                .build(),
        )
    }

    /// Counts one more; whether more than `most` came in this window.
    #[must_use]
    pub fn exceeds(&self, key: K, most: u32) -> bool {
        let count = self.0.get_with(key, Arc::default);
        count.fetch_add(1, Ordering::Relaxed) >= most
    }
}
