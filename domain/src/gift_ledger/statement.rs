//! The year statement of a budget: totals by what happened, by kind of gift, and scores with and without one.

use sea_orm::{
    ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    BudgetBalance, BudgetId, EntryKind, GiftKind, GiftStatus, ScoreMean,
    amounts::sum_of_costs,
    budget_balance,
    chain::{newest, with_sums},
    entity::{gift, gift_ledger},
    score_comparison::compare_scores,
};
use crate::Error;

/// Count and sum of one kind of gift.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KindTotal {
    /// The kind.
    #[schema(example = "flowers")]
    pub kind: GiftKind,
    /// How many.
    pub count: i64,
    /// What they cost, in cents: what was paid, or what is set apart for it.
    pub amount_cents: i64,
}

/// What entries of one kind came to.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntryTotal {
    /// `allocation`, `reservation`, `spending`, `correction`, `cancellation`, …
    #[schema(example = "reservation")]
    pub kind: EntryKind,
    /// How many entries.
    pub count: i64,
    /// What they changed in what was set aside, in cents; below zero where money came in, as in the entries.
    #[sea_orm(from_alias = "allocated")]
    pub allocated_cents: i64,
    /// What they changed in what is left, in cents.
    #[sea_orm(from_alias = "available")]
    pub available_cents: i64,
    /// What they changed in what is set apart, in cents.
    #[sea_orm(from_alias = "reserved")]
    pub reserved_cents: i64,
    /// What they changed in what was paid, in cents.
    #[sea_orm(from_alias = "spent")]
    pub spent_cents: i64,
}

/// A year statement. The entries behind each total are those of the ledger with the same `entry` or `kind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// The budget with its balances.
    pub budget: BudgetBalance,
    /// How many entries its chain has.
    pub entries: i64,
    /// Hash of the newest.
    pub head: String,
    /// By kind of entry.
    pub moves: Vec<EntryTotal>,
    /// By kind of gift.
    pub kinds: Vec<KindTotal>,
    /// Scores that residents gave in the year of the budget after they got a gift, over all budgets; none below five.
    pub scores_with_gift: Option<ScoreMean>,
    /// Scores of all others; none below five.
    pub scores_without_gift: Option<ScoreMean>,
}

/// Counts the statement: sums over the budget's own rows, and two over scores.
pub async fn statement(tx: &TenantTx, id: BudgetId) -> Result<Statement, Error> {
    let budget = budget_balance(tx, id).await?;
    let head = newest(tx, id).await?;
    let query = tx
        .find::<gift_ledger::Entity>()
        .select_only()
        .column(gift_ledger::Column::Kind)
        .expr_as(Expr::col(gift_ledger::Column::Id).count(), "count")
        .filter(gift_ledger::Column::BudgetId.eq(id))
        .group_by(gift_ledger::Column::Kind);
    let mut moves = with_sums(query).into_model::<EntryTotal>().all(tx).await?;
    moves.sort_by_key(|total| total.kind);
    let kinds = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::Kind)
        .expr_as(Expr::col(gift::Column::Id).count(), "count")
        .expr_as(sum_of_costs(), "amount_cents")
        .filter(gift::Column::BudgetId.eq(id))
        .filter(gift::Column::Status.is_not_in(GiftStatus::VOID))
        .group_by(gift::Column::Kind)
        .order_by_asc(gift::Column::Kind)
        .into_model::<KindTotal>()
        .all(tx)
        .await?;
    let (scores_with_gift, scores_without_gift) =
        compare_scores(tx, None, budget.budget.year).await?;
    let (entries, head) = head.map_or_else(Default::default, |head| (head.sequence, head.hash));
    Ok(Statement {
        budget,
        entries,
        head,
        moves,
        kinds,
        scores_with_gift,
        scores_without_gift,
    })
}
