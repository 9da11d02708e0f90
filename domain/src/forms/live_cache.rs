//! The live version of each form, kept for some seconds, so that the first page of a form costs no query.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use moka::sync::Cache;
use tenants::TenantId;

use super::store::FormAvailability;

/// How long a lookup is kept. Another process of this installation sees a new version after this at the latest.
const LIFE: Duration = Duration::from_secs(5);

/// What residents find at the addresses of forms, per municipality.
pub struct LiveForms {
    entries: Cache<(TenantId, String), FormAvailability>,
    /// How often each municipality changed something: a lookup that began before a change must not be kept after it.
    changes: Mutex<HashMap<TenantId, u64>>,
}

/// A lookup in the database that has begun: what it finds is kept only when nothing changed meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Lookup {
    tenant: TenantId,
    changes: u64,
}

impl Default for LiveForms {
    fn default() -> Self {
        Self {
            entries: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(LIFE)
                .build(),
            changes: Mutex::default(),
        }
    }
}

impl LiveForms {
    fn changes(&self, tenant: TenantId) -> u64 {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.get(&tenant).copied().unwrap_or_default()
    }

    /// Begins a lookup; the database is read after this.
    #[must_use]
    pub fn begin_lookup(&self, tenant: TenantId) -> Lookup {
        Lookup {
            tenant,
            changes: self.changes(tenant),
        }
    }

    /// What is known of the form at an address.
    #[must_use]
    pub fn get(&self, tenant: TenantId, slug: &str) -> Option<FormAvailability> {
        self.entries.get(&(tenant, slug.to_owned()))
    }

    /// Keeps what a lookup found.
    pub fn insert(&self, lookup: Lookup, slug: &str, found: &FormAvailability) {
        let key = (lookup.tenant, slug.to_owned());
        self.entries.insert(key.clone(), found.clone());
        // Compared after the insertion: who invalidates counts first and removes then, so one of both sees the other.
        if self.changes(lookup.tenant) != lookup.changes {
            self.entries.invalidate(&key);
        }
    }

    fn count_change(&self, tenant: TenantId) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        *changes.entry(tenant).or_default() += 1;
    }

    /// After every committed change of what is live, or of when it is open.
    pub fn invalidate(&self, tenant: TenantId, slug: &str) {
        self.count_change(tenant);
        self.entries.invalidate(&(tenant, slug.to_owned()));
    }

    /// After a committed change of any forms of a municipality. Those of others are read again as well, which costs them one lookup.
    pub fn invalidate_all(&self, tenant: TenantId) {
        self.count_change(tenant);
        self.entries.invalidate_all();
    }
}
