//! The year statement of a budget: totals by what happened, by kind of gift, and scores with and without one.

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    Accounts, Budget, BudgetId, EntryKind, GiftKind, GiftStatus, ScoreMean,
    chain::newest,
    entity::{gift, gift_ledger},
    score_comparison::compare_scores,
};
use crate::Error;

/// Count and sum of one kind of gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KindTotal {
    /// The kind.
    #[schema(value_type = String, example = "flowers")]
    pub kind: GiftKind,
    /// How many.
    pub count: i64,
    /// What they cost, in cents: what was paid, or what is set apart for it.
    pub amount_cents: i64,
}

/// What entries of one kind came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntryTotal {
    /// `allocation`, `reservation`, `spending`, `correction`, `cancellation`, …
    #[schema(value_type = String, example = "reservation")]
    pub kind: EntryKind,
    /// How many entries.
    pub count: i64,
    /// What they changed in what was set aside, in cents; below zero where money came in, as in the entries.
    pub allocated_cents: i64,
    /// What they changed in what is left, in cents.
    pub available_cents: i64,
    /// What they changed in what is set apart, in cents.
    pub reserved_cents: i64,
    /// What they changed in what was paid, in cents.
    pub spent_cents: i64,
}

/// The statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Of which budget.
    pub budget: Budget,
    /// Its balances: what was allocated (below zero), is available, reserved and spent.
    pub balance: Accounts,
    /// How many entries its chain has, and the hash of the newest.
    pub head: (i64, String),
    /// Count and changes by kind of entry.
    pub entries: Vec<EntryTotal>,
    /// By kind of gift.
    pub kinds: Vec<KindTotal>,
    /// Scores that residents gave in the year of the budget, over all budgets, after they got a gift.
    pub with_gift: Option<ScoreMean>,
    /// Scores of all others.
    pub without_gift: Option<ScoreMean>,
}

/// Counts the statement: three sums over the budget's own rows, and two over scores.
pub async fn statement(tx: &TenantTx, id: BudgetId) -> Result<Statement, Error> {
    let budget = super::budget(tx, id).await?;
    let head = newest(tx, id).await?;
    let sum = |column: gift_ledger::Column| Expr::col(column).sum().cast_as("bigint");
    let rows: Vec<(EntryKind, i64, i64, i64, i64, i64)> = tx
        .find::<gift_ledger::Entity>()
        .select_only()
        .column(gift_ledger::Column::Kind)
        .expr(Expr::col(gift_ledger::Column::Id).count())
        .expr(sum(gift_ledger::Column::AllocatedCents))
        .expr(sum(gift_ledger::Column::AvailableCents))
        .expr(sum(gift_ledger::Column::ReservedCents))
        .expr(sum(gift_ledger::Column::SpentCents))
        .filter(gift_ledger::Column::BudgetId.eq(id))
        .group_by(gift_ledger::Column::Kind)
        .into_tuple()
        .all(tx)
        .await?;
    let mut entries: Vec<_> = rows
        .into_iter()
        .map(
            |(kind, count, allocated, available, reserved, spent)| EntryTotal {
                kind,
                count,
                allocated_cents: allocated,
                available_cents: available,
                reserved_cents: reserved,
                spent_cents: spent,
            },
        )
        .collect();
    entries.sort_by_key(|total| total.kind);
    let worth = Expr::from(Func::coalesce([
        Expr::col(gift::Column::SpentCents),
        Expr::col(gift::Column::AmountCents),
    ]));
    let kinds: Vec<(GiftKind, i64, i64)> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::Kind)
        .expr(Expr::col(gift::Column::Id).count())
        .expr(worth.sum().cast_as("bigint"))
        .filter(gift::Column::BudgetId.eq(id))
        .filter(gift::Column::Status.is_not_in(GiftStatus::VOID))
        .group_by(gift::Column::Kind)
        .order_by_asc(gift::Column::Kind)
        .into_tuple()
        .all(tx)
        .await?;
    let (with_gift, without_gift) = compare_scores(tx, budget.year).await?;
    Ok(Statement {
        balance: head
            .as_ref()
            .map_or_else(Accounts::default, gift_ledger::Model::balance),
        head: head.map_or((0, String::new()), |head| (head.sequence, head.hash)),
        entries,
        kinds: kinds
            .into_iter()
            .map(|(kind, count, amount_cents)| KindTotal {
                kind,
                count,
                amount_cents,
            })
            .collect(),
        with_gift,
        without_gift,
        budget,
    })
}
