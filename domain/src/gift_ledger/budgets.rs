//! Budgets to read, with their balances.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    Accounts, Budget, BudgetId, GiftStatus,
    chain::with_sums,
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

/// A budget with what stands on its accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetBalance {
    /// The budget.
    #[serde(flatten)]
    pub budget: Budget,
    /// Money set aside, in cents.
    pub allocated_cents: i64,
    /// What may still be given, in cents; never below zero.
    pub balance_cents: i64,
    /// Given and not yet paid, in cents.
    pub reserved_cents: i64,
    /// Paid, in cents.
    pub spent_cents: i64,
    /// After closing: of how many gifts the receipt may still come in.
    #[serde(skip)]
    pub awaited_count: i64,
    /// After closing: what the receipts that may still come in were set apart for, in cents. Money that goes to another budget is missed when
    /// they come.
    pub awaited_cents: i64,
}

impl BudgetBalance {
    /// The budget with its balances, and count and sum of the receipts that are awaited.
    #[must_use]
    pub fn new(budget: Budget, balance: Accounts, awaited: (i64, i64)) -> Self {
        Self {
            budget,
            allocated_cents: -balance.allocated,
            balance_cents: balance.available,
            reserved_cents: balance.reserved,
            spent_cents: balance.spent,
            awaited_count: awaited.0,
            awaited_cents: awaited.1,
        }
    }
}

/// Of one budget: what its entries come to.
#[derive(FromQueryResult)]
struct Balance {
    budget_id: BudgetId,
    #[sea_orm(nested)]
    accounts: Accounts,
}

/// Adds the balances to budgets, of which `only` is the only one when it is given. Two statements.
async fn with_balances(
    tx: &TenantTx,
    budgets: Vec<Budget>,
    only: Option<BudgetId>,
) -> Result<Vec<BudgetBalance>, Error> {
    let of = |column: Expr| Condition::all().add_option(only.map(|id| column.eq(id)));
    let query = tx
        .find::<gift_ledger::Entity>()
        .filter(of(Expr::col(gift_ledger::Column::BudgetId)))
        .select_only()
        .column(gift_ledger::Column::BudgetId)
        .group_by(gift_ledger::Column::BudgetId);
    let balances = with_sums(query).into_model::<Balance>().all(tx).await?;
    let balances: HashMap<BudgetId, Accounts> = balances
        .into_iter()
        .map(|balance| (balance.budget_id, balance.accounts))
        .collect();
    let awaited: Vec<(BudgetId, i64, i64)> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::BudgetId)
        .expr(Expr::col(gift::Column::Id).count())
        .expr(Expr::col(gift::Column::AmountCents).sum().cast_as("bigint"))
        .filter(gift::Column::Status.eq(GiftStatus::Released))
        .filter(of(Expr::col(gift::Column::BudgetId)))
        .group_by(gift::Column::BudgetId)
        .into_tuple()
        .all(tx)
        .await?;
    let awaited: HashMap<BudgetId, (i64, i64)> = awaited
        .into_iter()
        .map(|(budget, count, cents)| (budget, (count, cents)))
        .collect();
    let with_balance = |budget: Budget| {
        let balance = balances.get(&budget.id).copied().unwrap_or_default();
        let awaited = awaited.get(&budget.id).copied().unwrap_or_default();
        BudgetBalance::new(budget, balance, awaited)
    };
    Ok(budgets.into_iter().map(with_balance).collect())
}

/// All budgets with their balances, newest year first. A municipality has some dozens. Three statements.
pub async fn budget_balances(tx: &TenantTx) -> Result<Vec<BudgetBalance>, Error> {
    let budgets = budgets(tx).await?;
    with_balances(tx, budgets, None).await
}

/// One budget with its balances. Three statements.
pub async fn budget_balance(tx: &TenantTx, id: BudgetId) -> Result<BudgetBalance, Error> {
    let budget = budget(tx, id).await?;
    let mut found = with_balances(tx, vec![budget], Some(id)).await?;
    found.pop().ok_or(Error::NotFound)
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
