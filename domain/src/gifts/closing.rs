//! Closing a year with open eyes: what it will do is shown first, and only that is done.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;
use tenants::{StaffId, TenantTx};

use crate::{
    Code, Error, audit,
    gift_ledger::{
        Accounts, Budget, BudgetId, EntryKind, Gift, GiftStatus, budget,
        chain::{Booking, lock, newest},
        entity::{gift, gift_budget},
    },
};

/// What closing a budget will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The budget.
    pub budget: Budget,
    /// Number of the newest entry of its ledger: what is closed must still be what was shown.
    pub sequence: i64,
    /// Its balances now.
    pub balance: Accounts,
    /// Gifts whose reservation will be released, oldest first.
    pub releases: Vec<Gift>,
}

impl Closing {
    /// What stays available after closing, in cents: it goes to another year by a decision only.
    #[must_use]
    pub const fn stays_cents(&self) -> i64 {
        self.balance.available.saturating_add(self.balance.reserved)
    }

    /// Gifts that may have been bought already, and whose receipt may therefore still come in: it is booked in this year.
    pub fn receipts_missing(&self) -> impl Iterator<Item = &Gift> {
        self.releases.iter().filter(|gift| gift.awaits_receipt())
    }
}

/// Gifts of a budget for which money is set apart, oldest first.
async fn open(tx: &TenantTx, id: BudgetId) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(id))
        .filter(gift::Column::Status.is_in(GiftStatus::SETS_APART))
        .order_by_asc(gift::Column::Id)
        .all(tx)
        .await?)
}

/// Formats at what closing a budget will do, and does nothing.
pub async fn preview_closing(tx: &TenantTx, id: BudgetId) -> Result<Closing, Error> {
    let budget = budget(tx, id).await?;
    let head = newest(tx, id).await?;
    let releases = if budget.closed_at.is_some() {
        Vec::new()
    } else {
        open(tx, id).await?
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
pub async fn close_previewed_year(
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

/// Closes the year of a budget: open reservations are released, and nothing more can be given from it. What waited for approval
/// lapses: nothing of it was bought, and agreeing afterwards is not possible. Receipts of the others that come in later are still booked
/// here. What is left stays: it goes to another year by [`move_money`](super::move_money) only, with a decision. Gives back of how many
/// gifts the money came back.
///
/// # Errors
/// [`Code::BudgetClosed`] when it is closed, [`Error::NotFound`].
pub async fn close_year(tx: &TenantTx, id: BudgetId, actor: StaffId) -> Result<usize, Error> {
    let mut locked = lock(tx, id).await?;
    if locked.budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let open = open(tx, id).await?;
    let released = open.len();
    for gift in open {
        let kind = match gift.status {
            GiftStatus::Requested => EntryKind::Lapse,
            _ => EntryKind::Release,
        };
        let back = Accounts::reserve(-gift.amount_cents);
        let entry = Booking::new(kind, back, Some(actor));
        locked.book_for(tx, gift, entry).await?;
    }
    locked
        .book(
            tx,
            Booking::new(EntryKind::Closing, Accounts::default(), Some(actor)),
        )
        .await?;
    tx.update::<gift_budget::Entity>()
        .col_expr(gift_budget::Column::ClosedAt, Expr::value(tx.now()))
        .filter(gift_budget::Column::Id.eq(id))
        .exec(tx)
        .await?;
    audit::record(
        tx,
        Some(actor),
        audit::Action::GiftClose,
        ("giftBudget", Some(id.0)),
        json!({ "released": released }),
    )
    .await?;
    Ok(released)
}
