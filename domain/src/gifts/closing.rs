//! Closing a year: what it will do is shown first, and only that is done.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::Serialize;
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use crate::{
    Code, Error, audit,
    gift_ledger::{
        Accounts, Budget, BudgetId, EntryKind, Gift, GiftId, GiftStatus, budget,
        chain::{Booking, lock, newest},
        entity::{gift, gift_budget},
    },
};

/// A gift whose money comes back when the year is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// Which gift.
    #[schema(value_type = uuid::Uuid)]
    pub gift_id: GiftId,
    /// What is set apart for it, in cents.
    pub amount_cents: i64,
    /// Whether it may have been bought, so that its receipt can still come in; it is booked in this year.
    pub receipt_missing: bool,
    /// The gift.
    #[serde(skip)]
    pub gift: Gift,
}

impl From<Gift> for Release {
    fn from(gift: Gift) -> Self {
        Self {
            gift_id: gift.id,
            amount_cents: gift.amount_cents,
            receipt_missing: gift.awaits_receipt(),
            gift,
        }
    }
}

/// What closing a year will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// The budget.
    #[serde(skip)]
    pub budget: Budget,
    /// Number of the newest entry of the ledger; sent along with the closing, it makes sure that this is what is closed.
    pub sequence: i64,
    /// Its balances now.
    #[serde(skip)]
    pub balance: Accounts,
    /// What stays in the budget, in cents: it goes to another year by a decision only.
    pub stays_cents: i64,
    /// Gifts whose money comes back, oldest first.
    pub releases: Vec<Release>,
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

/// What closing a budget will do; does nothing.
pub async fn preview_closing(tx: &TenantTx, id: BudgetId) -> Result<Closing, Error> {
    let budget = budget(tx, id).await?;
    let head = newest(tx, id).await?;
    let releases = if budget.closed_at.is_some() {
        Vec::new()
    } else {
        open(tx, id).await?
    };
    let (sequence, balance) =
        head.map_or_else(Default::default, |head| (head.sequence, head.balance()));
    Ok(Closing {
        budget,
        sequence,
        balance,
        stays_cents: balance.available.saturating_add(balance.reserved),
        releases: releases.into_iter().map(Release::from).collect(),
    })
}

/// Closes the year of a budget: open reservations are released, and nothing more can be given from it. What waited for approval
/// lapses: nothing of it was bought, and agreeing afterwards is not possible. Receipts of the others that come in later are still booked
/// here. What is left stays: it goes to another year by [`move_money`](super::move_money) only, with a decision. `shown` is the number of
/// the newest entry when it was previewed: when anything was booked since, nothing happens.
///
/// # Errors
/// [`Code::BudgetClosed`] when it is closed, [`Code::Changed`], [`Error::NotFound`].
pub async fn close_year(
    tx: &TenantTx,
    id: BudgetId,
    shown: Option<i64>,
    actor: StaffId,
) -> Result<(), Error> {
    let mut locked = lock(tx, id).await?;
    if locked.budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    if shown.is_some_and(|shown| shown != locked.sequence) {
        return Err(Error::refused(Code::Changed));
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
    .await
}
