//! Reading receipts back: whether the file of each is still there, byte for byte, and whether a hash that somebody kept still stands in a
//! chain.

use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use tenants::{TenantTx, secret};

use super::{
    BudgetId, Defect, Entry, Finding, Receipt, Verification,
    entity::{gift_ledger, gift_receipt},
};
use crate::{
    Error,
    files::{FileStore, FileStoreError},
};

/// A receipt with the entry that booked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedReceipt {
    /// The receipt.
    pub receipt: Receipt,
    /// The entry.
    pub entry: Entry,
}

impl Verification {
    /// How many bytes the files of the receipts are together.
    #[must_use]
    pub fn receipt_bytes(&self) -> i64 {
        self.receipts.iter().map(|one| one.receipt.bytes).sum()
    }

    /// Reads the file of every receipt, one at a time, and compares it with what its entry vouches for. A receipt without a row was found
    /// with the chain.
    pub async fn verify_receipt_files(&mut self, file_store: &FileStore) -> Result<(), Error> {
        for BookedReceipt { receipt, entry } in &self.receipts {
            let is_there = match file_store.get(&receipt.place).await {
                Ok(bytes) => {
                    secret::hash_bytes(&bytes) == receipt.content_hash
                        && receipt.evidence_hash() == entry.evidence
                }
                Err(FileStoreError::Missing) => false,
                Err(away) => return Err(Error::bug(away)),
            };
            if !is_there {
                self.findings.push(Finding {
                    budget: self.budget.id,
                    sequence: entry.sequence,
                    defect: Defect::File,
                    gift: entry.gift_id,
                });
            }
        }
        Ok(())
    }
}

/// The places among `places` at which the file of a receipt is kept.
pub(crate) async fn receipts_named(tx: &TenantTx, places: &[String]) -> Result<Vec<String>, Error> {
    let rows = tx
        .find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::Place.is_in(places))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.place).collect())
}

/// Bytes of the files of all receipts.
pub(crate) async fn receipt_bytes(tx: &TenantTx) -> Result<i64, Error> {
    let sum: Option<Option<i64>> = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        // PostgreSQL sums bigint to numeric.
        .expr(
            Expr::col(gift_receipt::Column::Bytes)
                .sum()
                .cast_as("bigint"),
        )
        .into_tuple()
        .one(tx)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
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
