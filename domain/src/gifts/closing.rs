//! Closing a year with open eyes: what it will do is shown first, and only that is done.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{StaffId, TenantTx};

use super::{
    Accounts, Budget, BudgetId, EntryKind, Gift, GiftStatus,
    entity::{gift, gift_budget},
    ledger::{Booking, lock, newest},
};
use crate::{Code, Error, audit};

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
        self.releases.iter().filter(|gift| gift.awaits_receipt())
    }
}

/// Attentions of a budget for which money is set apart, oldest first.
async fn open(tx: &TenantTx, id: BudgetId) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(id))
        .filter(gift::Column::Status.is_in(GiftStatus::SETS_APART))
        .order_by_asc(gift::Column::Id)
        .all(tx)
        .await?)
}

/// Looks at what closing a budget will do, and does nothing.
pub async fn preview_closing(tx: &TenantTx, id: BudgetId) -> Result<Closing, Error> {
    let budget = super::budget(tx, id).await?;
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

/// Closes the year of a budget: open reservations are released, and nothing more can be given from it. What waited for a second pair of eyes
/// lapses: nothing of it was bought, and agreeing afterwards is not possible. Receipts of the others that come in later are still booked
/// here. What is left stays: it goes to another year by [`move_money`](super::move_money) only, with a decision. Gives back of how many
/// attentions the money came back.
///
/// # Errors
/// [`Code::BudgetClosed`] when it is closed, [`Error::NotFound`].
pub async fn close_year(tx: &TenantTx, id: BudgetId, actor: StaffId) -> Result<usize, Error> {
    let mut locked = lock(tx, id).await?;
    if locked.budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let open = open(tx, id).await?;
    for gift in &open {
        let kind = match gift.status {
            GiftStatus::Requested => EntryKind::Lapse,
            _ => EntryKind::Release,
        };
        let back = Accounts::reserve(-gift.amount_cents);
        let mut entry = Booking::new(kind, back, Some(actor));
        entry.gift = Some(gift.id);
        locked.book(tx, entry).await?;
    }
    locked
        .book(
            tx,
            Booking::new(EntryKind::Closing, Accounts::default(), Some(actor)),
        )
        .await?;
    // In this order: what lapsed would otherwise be released as well.
    for (from, to) in [
        (&[GiftStatus::Requested][..], GiftStatus::Lapsed),
        (&GiftStatus::SETS_APART[..], GiftStatus::Released),
    ] {
        tx.update::<gift::Entity>()
            .col_expr(gift::Column::Status, Expr::value(to))
            .filter(gift::Column::BudgetId.eq(id))
            .filter(gift::Column::Status.is_in(from.iter().copied()))
            .exec(tx)
            .await?;
    }
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
        json!({ "released": open.len() }),
    )
    .await?;
    Ok(open.len())
}

/// Receipts that may still come in after the year was closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// Of how many attentions.
    pub count: i64,
    /// What was set apart for them together, in cents: what the receipts come to at most, unless one turns out dearer.
    pub cents: i64,
}

/// What may still come in, by closed budget; budgets of which everything is in are left out.
pub async fn late(tx: &TenantTx) -> Result<HashMap<BudgetId, Late>, Error> {
    let rows: Vec<(BudgetId, i64, i64)> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::BudgetId)
        .expr(Expr::col(gift::Column::Id).count())
        .expr(Expr::col(gift::Column::AmountCents).sum().cast_as("bigint"))
        .filter(gift::Column::Status.eq(GiftStatus::Released))
        .group_by(gift::Column::BudgetId)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(budget, count, cents)| (budget, Late { count, cents }))
        .collect())
}
