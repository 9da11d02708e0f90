//! The live version of each form, remembered for some seconds, so that the first look at a form costs no query.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
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

/// How often something of a municipality was forgotten: what was looked up before that may be old.
static FORGOTTEN: LazyLock<Mutex<HashMap<TenantId, u64>>> = LazyLock::new(Mutex::default);

fn forgotten(tenant: TenantId) -> u64 {
    let counts = FORGOTTEN.lock().unwrap_or_else(PoisonError::into_inner);
    counts.get(&tenant).copied().unwrap_or_default()
}

/// The instant before a form is looked up. What is found is remembered only when nothing was forgotten since.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    tenant: TenantId,
    forgotten: u64,
}

/// Begins to look: call it before the transaction that reads.
#[must_use]
pub fn look(tenant: TenantId) -> Look {
    Look {
        tenant,
        forgotten: forgotten(tenant),
    }
}

/// The form at `slug` as it was found some seconds ago, if it was. Ask its schedule whether it is open now.
#[must_use]
pub fn remembered(tenant: TenantId, slug: &str) -> Option<Door> {
    LIVE.get(&(tenant, slug.to_owned()))
}

/// Remembers what was looked up, unless something changed meanwhile: a slow reader must not put an old version back.
pub fn remember(look: Look, slug: &str, door: &Door) {
    let key = (look.tenant, slug.to_owned());
    LIVE.insert(key.clone(), door.clone());
    // Looked at after the insertion: whoever forgets counts first and removes then, so one of both sees the other.
    if forgotten(look.tenant) != look.forgotten {
        LIVE.invalidate(&key);
    }
}

/// Forgets a form whose live version, opening or closing changed. Call it once more after the commit: somebody may have looked in between.
pub fn forget(tenant: TenantId, slug: &str) {
    {
        let mut counts = FORGOTTEN.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(tenant).or_default() += 1;
    }
    LIVE.invalidate(&(tenant, slug.to_owned()));
}
