//! The live version of each form, remembered for some seconds, so that the first look at a form costs no query.

use std::{sync::LazyLock, time::Duration};

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

/// The form at `slug` as it was found some seconds ago, if it was. Ask its schedule whether it is open now.
#[must_use]
pub fn remembered(tenant: TenantId, slug: &str) -> Option<Door> {
    LIVE.get(&(tenant, slug.to_owned()))
}

/// Remembers what was looked up.
pub fn remember(tenant: TenantId, slug: &str, door: &Door) {
    LIVE.insert((tenant, slug.to_owned()), door.clone());
}

/// Forgets a form whose live version, opening or closing changed. Call it once more after the commit: somebody may have looked in between.
pub fn forget(tenant: TenantId, slug: &str) {
    LIVE.invalidate(&(tenant, slug.to_owned()));
}
