//! Receipts to read.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use tenants::TenantTx;

use super::{
    Gift, GiftId, Receipt, ReceiptId,
    entity::{gift, gift_receipt},
};
use crate::Error;

/// The receipts of a gift, newest first.
pub async fn receipts(tx: &TenantTx, gift: GiftId) -> Result<Vec<Receipt>, Error> {
    Ok(tx
        .find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::GiftId.eq(gift))
        .order_by_desc(gift_receipt::Column::Id)
        .all(tx)
        .await?)
}

/// The other gifts for which exactly the same file was handed in as for these, by gift, oldest first. That may be right, when one
/// receipt lists several; whoever checks should know it. Two statements.
pub async fn gifts_with_same_receipt(
    tx: &TenantTx,
    gifts: &[GiftId],
) -> Result<HashMap<GiftId, Vec<Gift>>, Error> {
    if gifts.is_empty() {
        return Ok(HashMap::new());
    }
    let hashes = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        .column(gift_receipt::Column::ContentHash)
        .filter(gift_receipt::Column::GiftId.is_in(gifts.iter().copied()))
        .into_query();
    let handed_in: Vec<(GiftId, String)> = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        .column(gift_receipt::Column::GiftId)
        .column(gift_receipt::Column::ContentHash)
        .filter(gift_receipt::Column::ContentHash.in_subquery(hashes))
        .into_tuple()
        .all(tx)
        .await?;
    let mut by_hash: HashMap<&str, BTreeSet<GiftId>> = HashMap::new();
    for (gift, hash) in &handed_in {
        by_hash.entry(hash).or_default().insert(*gift);
    }
    by_hash.retain(|_, gifts| gifts.len() > 1);
    let ids: BTreeSet<GiftId> = by_hash.values().flatten().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known = tx
        .find::<gift::Entity>()
        .filter(gift::Column::Id.is_in(ids))
        .order_by_asc(gift::Column::Id)
        .all(tx)
        .await?;
    let others = |gift: GiftId| {
        let same = |other: &&Gift| {
            other.id != gift
                && by_hash
                    .values()
                    .any(|gifts| gifts.contains(&gift) && gifts.contains(&other.id))
        };
        known.iter().filter(same).cloned().collect::<Vec<_>>()
    };
    Ok(gifts
        .iter()
        .map(|gift| (*gift, others(*gift)))
        .filter(|(_, others)| !others.is_empty())
        .collect())
}

/// One receipt.
pub async fn receipt(tx: &TenantTx, id: ReceiptId) -> Result<Receipt, Error> {
    tx.find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}
