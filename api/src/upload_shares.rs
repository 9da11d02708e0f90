//! The disk that uploads share while they arrive, and the memory while they are examined. One address and one municipality have a share of it; a
//! message without files needs none.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use moka::sync::Cache;
use tenants::TenantId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits;

/// One mebibyte.
const MIB: u64 = 1_048_576;
/// Bytes of all uploads that are arriving.
const ARRIVING: u64 = 4_096 * MIB;
/// Bytes of the uploads of one municipality that are arriving.
const ARRIVING_TENANT: u64 = 1_024 * MIB;
/// Bytes of the uploads of one address that are arriving.
const ARRIVING_ADDRESS: u64 = 256 * MIB;
/// Bytes that may arrive from one address in [`WINDOW`]: several messages with as many photos as a message takes. A town hall may share one address.
const WINDOW_ADDRESS: u64 = 256 * MIB;
/// Bytes that may arrive for one municipality in [`WINDOW`].
const WINDOW_TENANT: u64 = 2_048 * MIB;
/// How long what arrived counts.
const WINDOW: Duration = Duration::from_mins(10);
/// Least room that stays free on the disk: messages, the database and its log need it.
const FREE_MIN: u64 = 1_024 * MIB;
/// Longest wait for memory once everything has arrived.
const MEMORY_WAIT: Duration = Duration::from_secs(20);

/// Why the rest of a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// Too much is on its way, or came just now.
    Busy,
    /// The disk is almost full.
    Disk,
}

/// Bytes on their way, per who sends and who receives them.
#[derive(Default)]
struct Arriving {
    all: u64,
    tenants: HashMap<TenantId, u64>,
    addresses: HashMap<IpAddr, u64>,
}

/// The shares of uploads, one for the whole program.
pub struct UploadShares {
    folder: PathBuf,
    arriving: Mutex<Arriving>,
    tenants: Cache<TenantId, Arc<Mutex<u64>>>,
    addresses: Cache<IpAddr, Arc<Mutex<u64>>>,
    memory: Arc<Semaphore>,
}

fn window<K: Hash + Eq + Send + Sync + 'static>() -> Cache<K, Arc<Mutex<u64>>> {
    Cache::builder()
        .max_capacity(100_000)
        .time_to_live(WINDOW)
        .build()
}

/// Adds to a sum unless it becomes more than `most`.
fn add(sum: &mut u64, bytes: u64, most: u64) -> bool {
    let fits = sum.saturating_add(bytes) <= most;
    if fits {
        *sum += bytes;
    }
    fits
}

fn lock<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Sums hold after a panic as well: each is changed in one step.
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

impl UploadShares {
    /// Nothing on its way yet; `folder` is where files arrive.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            arriving: Mutex::default(),
            tenants: window(),
            addresses: window(),
            memory: Arc::new(Semaphore::new(limits::UPLOAD_MEMORY_KIB)),
        }
    }

    /// The folder in which files arrive.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the disk has room for files at all.
    fn has_room(&self) -> bool {
        #[cfg(unix)]
        {
            // A disk that cannot be asked says so when it is written.
            rustix::fs::statvfs(&self.folder)
                .is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= FREE_MIN)
        }
        #[cfg(not(unix))]
        true
    }

    /// Memory for `bytes` that have arrived; none when it did not come free in time.
    pub(crate) async fn memory(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let kib = u32::try_from(bytes.div_ceil(1_024)).unwrap_or(u32::MAX);
        let most = u32::try_from(limits::UPLOAD_MEMORY_KIB).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.memory).acquire_many_owned(kib.min(most));
        tokio::time::timeout(MEMORY_WAIT, permit).await.ok()?.ok()
    }
}

/// What one upload has taken; given back when it is dropped.
pub(crate) struct UploadShare {
    shares: Arc<UploadShares>,
    tenant: Option<TenantId>,
    address: Option<IpAddr>,
    taken: u64,
}

impl UploadShare {
    /// Nothing taken yet, by an upload of `address` for `tenant`; either may be nobody in particular.
    pub(crate) fn new(
        shares: Arc<UploadShares>,
        tenant: Option<TenantId>,
        address: Option<IpAddr>,
    ) -> Self {
        Self {
            shares,
            tenant,
            address,
            taken: 0,
        }
    }

    /// The shares that it is one of.
    pub(crate) fn shares(&self) -> &UploadShares {
        &self.shares
    }

    /// Takes room for some more bytes; only for what has really come, so that nobody can occupy it with an announcement.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Full> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        if self.taken == 0 && !self.shares.has_room() {
            return Err(Full::Disk);
        }
        let mut arriving = lock(&self.shares.arriving);
        let fits = |sum: Option<&u64>, most| sum.copied().unwrap_or_default() + bytes <= most;
        let all_fit = fits(Some(&arriving.all), ARRIVING)
            && self
                .tenant
                .is_none_or(|tenant| fits(arriving.tenants.get(&tenant), ARRIVING_TENANT))
            && self
                .address
                .is_none_or(|address| fits(arriving.addresses.get(&address), ARRIVING_ADDRESS));
        if !all_fit {
            return Err(Full::Busy);
        }
        // The address first: what it may not send does not count for its municipality.
        let recent = self
            .address
            .map(|address| {
                let sum = self.shares.addresses.get_with(address, Arc::default);
                (sum, WINDOW_ADDRESS)
            })
            .into_iter()
            .chain(self.tenant.map(|tenant| {
                let sum = self.shares.tenants.get_with(tenant, Arc::default);
                (sum, WINDOW_TENANT)
            }));
        for (sum, most) in recent {
            if !add(&mut lock(&sum), bytes, most) {
                return Err(Full::Busy);
            }
        }
        arriving.all += bytes;
        if let Some(tenant) = self.tenant {
            *arriving.tenants.entry(tenant).or_default() += bytes;
        }
        if let Some(address) = self.address {
            *arriving.addresses.entry(address).or_default() += bytes;
        }
        self.taken += bytes;
        Ok(())
    }
}

/// Takes from a sum, and forgets it when nothing is left.
fn give_back<K: Hash + Eq>(sums: &mut HashMap<K, u64>, key: K, bytes: u64) {
    if let Some(sum) = sums.get_mut(&key) {
        *sum = sum.saturating_sub(bytes);
        if *sum == 0 {
            sums.remove(&key);
        }
    }
}

impl Drop for UploadShare {
    fn drop(&mut self) {
        let mut arriving = lock(&self.shares.arriving);
        arriving.all = arriving.all.saturating_sub(self.taken);
        if let Some(tenant) = self.tenant {
            give_back(&mut arriving.tenants, tenant, self.taken);
        }
        if let Some(address) = self.address {
            give_back(&mut arriving.addresses, address, self.taken);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(shares: &Arc<UploadShares>, address: &str) -> UploadShare {
        UploadShare::new(Arc::clone(shares), None, address.parse().ok())
    }

    #[test]
    fn one_address_has_a_share_and_leaves_the_rest_to_others() {
        let shares = Arc::new(UploadShares::new(std::env::temp_dir()));
        let mut uploads: Vec<_> = (0..40).map(|_| share(&shares, "203.0.113.7")).collect();
        let ten = 10 * 1_048_576;
        let taken = uploads
            .iter_mut()
            .filter_map(|upload| upload.take(ten).ok())
            .count();
        assert_eq!(taken, 25, "of 40 uploads of 10 MB");
        share(&shares, "198.51.100.4").take(ten).unwrap();
        drop(uploads);
        assert_eq!(lock(&shares.arriving).all, 0, "everything is given back");
        assert!(lock(&shares.arriving).addresses.is_empty());
        assert_eq!(
            share(&shares, "203.0.113.7").take(ten),
            Err(Full::Busy),
            "what came just now counts for ten minutes"
        );
        let tenant = TenantId(uuid::Uuid::nil());
        let address = "203.0.113.7".parse().ok();
        UploadShare::new(Arc::clone(&shares), Some(tenant), address)
            .take(ten)
            .unwrap_err();
        let counted = *lock(&shares.tenants.get_with(tenant, Arc::default));
        assert_eq!(
            counted, 0,
            "what an address may not send counts for nobody else"
        );
    }
}
