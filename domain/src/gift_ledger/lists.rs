//! Gifts and receipts to read.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, SelectStatement},
};
use tenants::{StaffId, TenantTx};

use super::{
    Entry, EntryKind, Gift, GiftId, Receipt, ReceiptId,
    entity::{gift, gift_ledger, gift_receipt},
};
use crate::{
    Error,
    cases::{
        CaseId, Viewer,
        record::{Columns, part},
    },
};

/// One gift, when the viewer takes part in the case it was given in.
pub async fn seen_gift(tx: &TenantTx, viewer: Viewer, id: GiftId) -> Result<Gift, Error> {
    tx.find::<gift::Entity>()
        .filter(gift::Column::Id.eq(id))
        .filter(visible(tx, viewer))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The gifts of cases that the viewer takes part in, and those of no case.
pub(super) fn visible(tx: &TenantTx, viewer: Viewer) -> Condition {
    Condition::any()
        .add(gift::Column::CaseId.is_null())
        .add(viewer.takes_part(tx, gift::Column::CaseId))
}

/// Of these gifts those that the viewer may see.
pub async fn seen_gifts(
    tx: &TenantTx,
    viewer: Viewer,
    ids: BTreeSet<GiftId>,
) -> Result<Vec<Gift>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::Id.is_in(ids))
        .filter(visible(tx, viewer))
        .all(tx)
        .await?)
}

/// One gift, whoever asks; for staff there is [`seen_gift`].
pub(crate) async fn gift(tx: &TenantTx, id: GiftId) -> Result<Gift, Error> {
    tx.find::<gift::Entity>()
        .filter(gift::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The gifts given in a case, newest first.
pub async fn of_case(tx: &TenantTx, case: CaseId, limit: Option<u64>) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::CaseId.eq(case))
        .order_by_desc(gift::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The gifts given in a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use gift::Column;
    let now = Func::coalesce([
        Expr::col(Column::SpentCents),
        Expr::col(Column::AmountCents),
    ]);
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::GivenAt)),
        staff: Some(Expr::col(Column::GiverId)),
        word: Some(Expr::col(Column::Status)),
        text: Some(Expr::col(Column::Description)),
        more: Some(Expr::col(Column::Reason)),
        number: Some(now.into()),
        ..Columns::default()
    };
    let rows = tx.find::<gift::Entity>().filter(Column::CaseId.eq(case));
    part("gift", rows, columns)
}

/// Who put the amounts of these gifts right last, by gift. One statement.
pub async fn correctors(
    tx: &TenantTx,
    gifts: &[GiftId],
) -> Result<HashMap<GiftId, StaffId>, Error> {
    let rows: Vec<(GiftId, Option<StaffId>)> = tx
        .find::<gift_ledger::Entity>()
        .select_only()
        .column(gift_ledger::Column::GiftId)
        .column(gift_ledger::Column::ActorId)
        .filter(gift_ledger::Column::GiftId.is_in(gifts.iter().copied()))
        .filter(gift_ledger::Column::Kind.eq(EntryKind::Correction))
        .order_by_asc(gift_ledger::Column::Sequence)
        .into_tuple()
        .all(tx)
        .await?;
    // A later one takes the place of one before it.
    Ok(rows
        .into_iter()
        .filter_map(|(gift, actor)| Some((gift, actor?)))
        .collect())
}

/// Who put the amount right last, as the entries of one gift tell in their order.
#[must_use]
pub fn last_corrector(entries: &[Entry]) -> Option<StaffId> {
    let newest = entries
        .iter()
        .rfind(|entry| entry.kind == EntryKind::Correction);
    newest.and_then(|entry| entry.actor_id)
}

/// The receipts of a gift, newest first.
pub async fn receipts(
    tx: &TenantTx,
    gift: GiftId,
    limit: Option<u64>,
) -> Result<Vec<Receipt>, Error> {
    Ok(tx
        .find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::GiftId.eq(gift))
        .order_by_desc(gift_receipt::Column::Id)
        .limit(limit)
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
