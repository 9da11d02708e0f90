//! Bytes in the store of files that no row names: of a message or receipt that was refused when the store was away, or of a program that was
//! stopped between two steps. They are removed at night, once they are old enough that nobody can still be writing their row.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{TenantId, TenantTx};

use crate::{
    Error,
    audit::{self, Action},
    files::{self, FileContext},
    gift_ledger, inbound,
    jobs::{self, Failure, Job, JobKind, Queue},
};

/// The hour at which it is asked for, in UTC: night in the Netherlands.
const HOUR: u32 = 2;
/// Younger bytes stay: a row may follow them.
const AGE_MIN: TimeDelta = TimeDelta::days(7);
/// Most that one run removes. A mistake of ours, or a database that was put back from a backup, is noticed before all is gone.
const REMOVED_MAX: usize = 1_000;

/// Removes the bytes of an organisation that no row names.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepFiles {
    /// Bytes stored since then stay.
    pub before: DateTime<Utc>,
}

impl Job for SweepFiles {
    const KIND: JobKind = JobKind::SweepFiles;
    const QUEUE: Queue = Queue::Files;
    type Context = FileContext;

    async fn run(&self, owner: TenantId, context: &FileContext) -> Result<(), Failure> {
        let mut removed = 0;
        let result = self.remove(owner, context, &mut removed).await;
        if removed > 0 {
            tracing::info!(tenant = %owner, removed, "bytes that no row named were removed from the store of files");
            let tx = context.db.write(owner).await?;
            let details = json!({ "count": removed });
            audit::record(&tx, None, Action::FilesSweep, ("file", None), details).await?;
            tx.commit().await?;
        }
        result
    }
}

impl SweepFiles {
    /// Counts in `removed`, also when it fails.
    async fn remove(
        &self,
        owner: TenantId,
        context: &FileContext,
        removed: &mut usize,
    ) -> Result<(), Failure> {
        let away = |error: files::FileStoreError| Failure::Retry(error.to_string());
        let store = &context.store;
        let mut listing = store.list(owner);
        while let Some(page) = listing.next_page().await.map_err(away)? {
            let old = page.into_iter().filter(|one| one.stored_at < self.before);
            let old: Vec<String> = old.map(|one| one.place).collect();
            if old.is_empty() {
                continue;
            }
            let tx = context.db.read(owner).await?;
            let named = named(&tx, &old).await?;
            drop(tx);
            for place in old.iter().filter(|place| !named.contains(*place)) {
                if *removed == REMOVED_MAX {
                    return Ok(());
                }
                store.discard(place).await.map_err(away)?;
                *removed += 1;
            }
        }
        let most = REMOVED_MAX.saturating_sub(*removed);
        let unfinished = store.discard_unfinished(owner, self.before, most);
        *removed += unfinished.await.map_err(away)?;
        Ok(())
    }
}

/// The places among `places` that a row names. Every table that keeps a place is asked here; `tests/it/sweep.rs` compares them with the schema.
async fn named(tx: &TenantTx, places: &[String]) -> Result<HashSet<String>, Error> {
    let mut named = files::named(tx, places).await?;
    named.extend(gift_ledger::receipts_named(tx, places).await?);
    named.extend(inbound::named(tx, places).await?);
    Ok(named.into_iter().collect())
}

/// Whether it is the hour.
pub(super) fn is_hour(now: DateTime<Utc>) -> bool {
    now.hour() == HOUR
}

/// Asks for it when it is the hour. Doing it twice does no more than doing it once.
pub(super) async fn schedule(tx: &TenantTx) -> Result<(), Error> {
    if !is_hour(tx.now()) {
        return Ok(());
    }
    let before = tx.now() - AGE_MIN;
    jobs::enqueue(tx, &SweepFiles { before }).await
}
