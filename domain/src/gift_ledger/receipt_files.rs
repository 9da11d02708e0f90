//! Reading receipts back: whether the file of each is still there, byte for byte, and whether a hash that somebody kept still stands in a
//! chain.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use tenants::{TenantTx, secret};

use super::{
    BudgetId, Defect, Entry, Finding, Receipt, ReceiptId,
    entity::{gift, gift_ledger, gift_receipt},
};
use crate::{
    Error,
    files::{FileStore, FileStoreError},
};

/// Entries looked at in one go.
const BATCH: u64 = 200;

/// How many receipts a budget has, and how many bytes their files are together.
pub async fn receipt_files(tx: &TenantTx, budget: BudgetId) -> Result<(i64, i64), Error> {
    let gifts = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::Id)
        .filter(gift::Column::BudgetId.eq(budget))
        .into_query();
    let found: Option<(i64, Option<i64>)> = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        .expr(Expr::col(gift_receipt::Column::Id).count())
        .expr(
            Expr::col(gift_receipt::Column::Bytes)
                .sum()
                .cast_as("bigint"),
        )
        .filter(gift_receipt::Column::GiftId.in_subquery(gifts))
        .into_tuple()
        .one(tx)
        .await?;
    let (count, bytes) = found.unwrap_or_default();
    Ok((count, bytes.unwrap_or_default()))
}

/// Reads the file of every receipt in a budget, one at a time, and compares it with what the entry vouches for.
pub async fn verify_receipt_files(
    tx: &TenantTx,
    file_store: &FileStore,
    budget: BudgetId,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut reached = 0;
    loop {
        let entries = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(budget))
            .filter(gift_ledger::Column::ReceiptId.is_not_null())
            .filter(gift_ledger::Column::Sequence.gt(reached))
            .order_by_asc(gift_ledger::Column::Sequence)
            .limit(BATCH)
            .all(tx)
            .await?;
        let Some(last) = entries.last() else {
            return Ok(findings);
        };
        reached = last.sequence;
        let ids = entries.iter().filter_map(|entry| entry.receipt_id);
        let receipts: HashMap<ReceiptId, Receipt> = tx
            .find::<gift_receipt::Entity>()
            .filter(gift_receipt::Column::Id.is_in(ids))
            .all(tx)
            .await?
            .into_iter()
            .map(|receipt| (receipt.id, receipt))
            .collect();
        for entry in &entries {
            // A row that is gone is told by the check of the chain.
            let receipt = entry.receipt_id.and_then(|id| receipts.get(&id));
            if let Some(receipt) = receipt
                && !is_there(file_store, receipt, entry).await?
            {
                findings.push(Finding {
                    budget,
                    sequence: entry.sequence,
                    defect: Defect::File,
                    gift: entry.gift_id,
                });
            }
        }
    }
}

async fn is_there(file_store: &FileStore, receipt: &Receipt, entry: &Entry) -> Result<bool, Error> {
    match file_store.get(&receipt.place).await {
        Ok(bytes) => Ok(secret::hash_bytes(&bytes) == entry.evidence),
        Err(FileStoreError::Missing) => Ok(false),
        Err(away) => Err(Error::bug(away)),
    }
}

/// The entry of a budget with this hash: when somebody kept the head of its chain elsewhere and the chain holds, nothing up to it was cut
/// off or changed.
pub async fn entry_with_hash(
    tx: &TenantTx,
    budget: BudgetId,
    hash: &str,
) -> Result<Option<Entry>, Error> {
    Ok(tx
        .find::<gift_ledger::Entity>()
        .filter(gift_ledger::Column::BudgetId.eq(budget))
        .filter(gift_ledger::Column::Hash.eq(hash.trim().to_lowercase()))
        .one(tx)
        .await?)
}
