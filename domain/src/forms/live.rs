//! The live version of each form, remembered for some seconds, so that the first look at a form costs no query.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;
use tenants::TenantId;

use super::store::Door;

/// How long another server may go on showing the version before: publishing forgets at once in its own.
const LIFE: Duration = Duration::from_secs(5);

static LIVE: LazyLock<Cache<(TenantId, String), Door>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(10_000)
        .time_to_live(LIFE)
        .build()
});

/// How often something was forgotten: what was looked up before that may be old.
static FORGOTTEN: AtomicU64 = AtomicU64::new(0);

/// The instant before a form is looked up. What is found is remembered only when nothing was forgotten since.
#[derive(Clone, Copy, Debug)]
pub struct Look(u64);

/// Begins to look: call it before the transaction that reads.
#[must_use]
pub fn look() -> Look {
    Look(FORGOTTEN.load(Ordering::SeqCst))
}

/// The form at `slug` as it was found some seconds ago, if it was. Ask its schedule whether it is open now.
#[must_use]
pub fn remembered(tenant: TenantId, slug: &str) -> Option<Door> {
    LIVE.get(&(tenant, slug.to_owned()))
}

/// Remembers what was looked up, unless something changed meanwhile: a slow reader must not put an old version back.
pub fn remember(look: Look, tenant: TenantId, slug: &str, door: &Door) {
    let key = (tenant, slug.to_owned());
    LIVE.insert(key.clone(), door.clone());
    // Looked at after the insertion: whoever forgets counts first and removes then, so one of both sees the other.
    if FORGOTTEN.load(Ordering::SeqCst) != look.0 {
        LIVE.invalidate(&key);
    }
}

/// Forgets a form whose live version, opening or closing changed. Call it once more after the commit: somebody may have looked in between.
pub fn forget(tenant: TenantId, slug: &str) {
    FORGOTTEN.fetch_add(1, Ordering::SeqCst);
    LIVE.invalidate(&(tenant, slug.to_owned()));
}
