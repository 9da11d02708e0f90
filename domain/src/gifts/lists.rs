//! Attentions to read: one, and those that wait for something.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{StaffId, TenantTx};

use super::{Gift, GiftId, entity::gift};
use crate::{Error, cases::CaseId};

/// One attention.
pub async fn gift(tx: &TenantTx, id: GiftId) -> Result<Gift, Error> {
    tx.find::<gift::Entity>()
        .filter(gift::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The attentions given in a case, newest first.
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
