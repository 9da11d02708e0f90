//! The live version of each form, remembered for some seconds, so that the first look at a form costs no query.

use std::{sync::LazyLock, time::Duration};

use moka::sync::Cache;
use tenants::TenantId;

use super::Published;

/// How long another server may go on showing the version before: publishing forgets at once in its own.
const LIFE: Duration = Duration::from_secs(5);

static LIVE: LazyLock<Cache<(TenantId, String), Published>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(10_000)
        .time_to_live(LIFE)
        .build()
});

/// The live version of the form at `slug`, if it was looked up some seconds ago.
#[must_use]
pub fn remembered(tenant: TenantId, slug: &str) -> Option<Published> {
    LIVE.get(&(tenant, slug.to_owned()))
}

/// Remembers what was looked up.
pub fn remember(tenant: TenantId, live: &Published) {
    LIVE.insert((tenant, live.slug.clone()), live.clone());
}

/// Forgets a form whose live version, opening or closing changed. Call it once more after the commit: somebody may have looked in between.
pub fn forget(tenant: TenantId, slug: &str) {
    LIVE.invalidate(&(tenant, slug.to_owned()));
}
