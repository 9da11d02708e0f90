//! Gifts to read: one, and those that wait for something.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{StaffId, TenantTx};

use super::{
    Entry, EntryKind, Gift, GiftId,
    entity::{gift, gift_ledger},
};
use crate::{Error, cases::CaseId};

/// One gift.
pub async fn gift(tx: &TenantTx, id: GiftId) -> Result<Gift, Error> {
    tx.find::<gift::Entity>()
        .filter(gift::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The gifts given in a case, newest first.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::CaseId.eq(case))
        .order_by_desc(gift::Column::Id)
        .all(tx)
        .await?)
}

/// What a colleague gave, newest first.
pub async fn of_giver(
    tx: &TenantTx,
    giver: StaffId,
    before: Option<GiftId>,
    limit: u64,
) -> Result<Vec<Gift>, Error> {
    let mut query = tx
        .find::<gift::Entity>()
        .filter(gift::Column::GiverId.eq(giver))
        .order_by_desc(gift::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(gift::Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
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
