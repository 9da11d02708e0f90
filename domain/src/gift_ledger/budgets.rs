//! Budgets to read, with their balances.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use tenants::TenantTx;

use super::{
    Accounts, Budget, BudgetId, GiftStatus,
    entity::{gift, gift_budget, gift_ledger},
};
use crate::Error;

/// All budgets, newest year first.
pub async fn budgets(tx: &TenantTx) -> Result<Vec<Budget>, Error> {
    Ok(tx
        .find::<gift_budget::Entity>()
        .order_by_desc(gift_budget::Column::Year)
        .order_by_asc(gift_budget::Column::Name)
        .order_by_asc(gift_budget::Column::Id)
        .all(tx)
        .await?)
}

/// One budget.
pub async fn budget(tx: &TenantTx, id: BudgetId) -> Result<Budget, Error> {
    tx.find::<gift_budget::Entity>()
        .filter(gift_budget::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The balances of every budget, by its id.
pub type Balances = HashMap<BudgetId, Accounts>;

/// The balances of all budgets, from the newest entry of each.
pub async fn balances(tx: &TenantTx) -> Result<Balances, Error> {
    let sums: Vec<(BudgetId, i64, i64, i64, i64)> = {
        let whole = |column: gift_ledger::Column| Expr::col(column).sum_bigint();
        tx.find::<gift_ledger::Entity>()
            .select_only()
            .column(gift_ledger::Column::BudgetId)
            .expr(whole(gift_ledger::Column::AllocatedCents))
            .expr(whole(gift_ledger::Column::AvailableCents))
            .expr(whole(gift_ledger::Column::ReservedCents))
            .expr(whole(gift_ledger::Column::SpentCents))
            .group_by(gift_ledger::Column::BudgetId)
            .into_tuple()
            .all(tx)
            .await?
    };
    Ok(sums
        .into_iter()
        .map(|(id, allocated, available, reserved, spent)| {
            (
                id,
                Accounts {
                    allocated,
                    available,
                    reserved,
                    spent,
                },
            )
        })
        .collect())
}

/// A sum in whole cents: `PostgreSQL` would answer with a number of another kind.
trait SumBigint {
    fn sum_bigint(self) -> Expr;
}

impl SumBigint for Expr {
    fn sum_bigint(self) -> Expr {
        use sea_orm::sea_query::ExprTrait as _;
        self.sum().cast_as("bigint")
    }
}

/// Budgets in which something may still be booked, closed or not: a receipt that comes in late, or an amount that is put right.
pub async fn unsettled(tx: &TenantTx) -> Result<HashSet<BudgetId>, Error> {
    let found: Vec<BudgetId> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::BudgetId)
        .distinct()
        .filter(gift::Column::Status.is_in([GiftStatus::Released, GiftStatus::Settled]))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(found.into_iter().collect())
}

/// Receipts that may still come in after the year was closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutstandingReceipts {
    /// Of how many gifts.
    pub count: i64,
    /// What was set apart for them together, in cents: what the receipts come to at most, unless one turns out dearer.
    pub cents: i64,
}

/// What may still come in, by closed budget; budgets of which everything is in are left out.
pub async fn outstanding_receipts(
    tx: &TenantTx,
) -> Result<HashMap<BudgetId, OutstandingReceipts>, Error> {
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
        .map(|(budget, count, cents)| (budget, OutstandingReceipts { count, cents }))
        .collect())
}
