//! Closing a year with open eyes: what it will do is shown first, and only that is done.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::{StaffId, TenantTx};

use super::{
    Accounts, Budget, BudgetId, Gift, GiftStatus, close_year,
    entity::gift,
    ledger::{lock, newest},
};
use crate::{Code, Error};

/// What closing a budget will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The budget.
    pub budget: Budget,
    /// Number of the newest entry of its ledger: what is closed must still be what was shown.
    pub sequence: i64,
    /// Its balances now.
    pub balance: Accounts,
    /// Attentions whose reservation will be released, oldest first.
    pub releases: Vec<Gift>,
}

impl Closing {
    /// What stays available after closing, in cents: it goes to another year by a decision only.
    #[must_use]
    pub const fn stays_cents(&self) -> i64 {
        self.balance.available.saturating_add(self.balance.reserved)
    }

    /// Attentions that may have been bought already, and whose receipt may therefore still come in: it is booked in this year.
    pub fn receipts_missing(&self) -> impl Iterator<Item = &Gift> {
        self.releases
            .iter()
            .filter(|gift| gift.status != GiftStatus::Requested)
    }
}

/// Looks at what closing a budget will do, and does nothing.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn preview_closing(tx: &TenantTx, id: BudgetId) -> Result<Closing, Error> {
    let budget = super::budget(tx, id).await?;
    let head = newest(tx, id).await?;
    let open = [
        GiftStatus::Requested,
        GiftStatus::Ordered,
        GiftStatus::HandedOver,
    ];
    let releases = if budget.closed_at.is_some() {
        Vec::new()
    } else {
        tx.find::<gift::Entity>()
            .filter(gift::Column::BudgetId.eq(id))
            .filter(gift::Column::Status.is_in(open))
            .order_by_asc(gift::Column::Id)
            .all(tx)
            .await?
    };
    Ok(Closing {
        budget,
        sequence: head.as_ref().map_or(0, |head| head.sequence),
        balance: head.map_or_else(Accounts::default, |head| head.balance()),
        releases,
    })
}

/// Closes a budget as it was shown: when anything was booked since, nothing happens.
///
/// # Errors
/// [`Code::Changed`]; and as [`close_year`].
pub async fn close_as_shown(
    tx: &TenantTx,
    id: BudgetId,
    shown: i64,
    actor: StaffId,
) -> Result<usize, Error> {
    let locked = lock(tx, id).await?;
    let now = newest(tx, id).await?.map_or(0, |head| head.sequence);
    if locked.budget.closed_at.is_none() && now != shown {
        return Err(Error::refused(Code::Changed));
    }
    close_year(tx, id, actor).await
}
