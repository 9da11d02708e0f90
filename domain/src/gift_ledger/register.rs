//! What was given, as a list and as totals: for whoever answers for the budgets, and for whoever checks that.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::Serialize;
use tenants::{StaffId, TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    Budget, BudgetId, Entry, Gift, GiftId, GiftKind, GiftStatus, KindTotal, ScoreMean, budgets,
    entity::{gift, gift_budget},
    score_comparison::compare_scores,
};
use crate::Error;

text_enum! {
    /// What a gift waits for.
    WaitingFor {
        /// A second person.
        Approval = "approval",
        /// A receipt that should have been in: too late, or of a year that is closed.
        Receipt = "receipt",
        /// Somebody who checks the receipt.
        Check = "check",
    }
}

/// Which gifts are asked for; what is not named does not choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    /// From this budget.
    pub budget: Option<BudgetId>,
    /// From a budget of this year.
    pub year: Option<i64>,
    /// From a budget of this team; the empty name is of those without one.
    pub team: Option<String>,
    /// Of this kind.
    pub kind: Option<GiftKind>,
    /// Given by this colleague.
    pub giver: Option<StaffId>,
    /// Waiting for this.
    pub waits: Option<WaitingFor>,
    /// Only what costs something: not what was declined, cancelled, released or lapsed.
    pub counted: bool,
}

/// The gifts that were asked for, newest first, at most `limit` that are older than `before`.
pub async fn register(
    tx: &TenantTx,
    filter: &RegisterFilter,
    before: Option<GiftId>,
    limit: u64,
) -> Result<Vec<Gift>, Error> {
    let mut query = tx
        .find::<gift::Entity>()
        .order_by_desc(gift::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(gift::Column::Id.lt(before));
    }
    if let Some(budget) = filter.budget {
        query = query.filter(gift::Column::BudgetId.eq(budget));
    }
    if filter.year.is_some() || filter.team.is_some() {
        let mut budgets = tx
            .find::<gift_budget::Entity>()
            .select_only()
            .column(gift_budget::Column::Id);
        if let Some(year) = filter.year {
            budgets = budgets.filter(gift_budget::Column::Year.eq(year));
        }
        if let Some(team) = &filter.team {
            budgets = budgets.filter(gift_budget::Column::Team.eq(team.as_str()));
        }
        query = query.filter(gift::Column::BudgetId.in_subquery(budgets.into_query()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(gift::Column::Kind.eq(kind));
    }
    if let Some(giver) = filter.giver {
        query = query.filter(gift::Column::GiverId.eq(giver));
    }
    query = match filter.waits {
        None => query,
        Some(WaitingFor::Approval) => query.filter(gift::Column::Status.eq(GiftStatus::Requested)),
        Some(WaitingFor::Receipt) => query
            .filter(gift::Column::Status.is_in(GiftStatus::AWAITS_RECEIPT))
            .filter(
                gift::Column::ReceiptDueAt
                    .lt(tx.now())
                    .or(gift::Column::Status.eq(GiftStatus::Released)),
            ),
        Some(WaitingFor::Check) => query
            .filter(gift::Column::Status.eq(GiftStatus::Settled))
            .filter(gift::Column::CheckerId.is_null()),
    };
    if filter.counted {
        query = query.filter(gift::Column::Status.is_not_in(GiftStatus::VOID));
    }
    Ok(query.all(tx).await?)
}

/// The gifts that entries are about, by their ids.
pub async fn gifts_of_entries(
    tx: &TenantTx,
    entries: &[Entry],
) -> Result<HashMap<GiftId, Gift>, Error> {
    let mut ids: Vec<GiftId> = entries.iter().filter_map(|entry| entry.gift_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let gifts = tx
        .find::<gift::Entity>()
        .filter(gift::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    Ok(gifts.into_iter().map(|gift| (gift.id, gift)).collect())
}

/// What a colleague may still owe a receipt of, the longest waiting first: bought or handed over, or released at the end of the year.
pub async fn receipts_due(tx: &TenantTx, giver: StaffId, limit: u64) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::GiverId.eq(giver))
        .filter(gift::Column::Status.is_in(GiftStatus::AWAITS_RECEIPT))
        .order_by_asc(gift::Column::ReceiptDueAt)
        .order_by_asc(gift::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Count and sum of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamTotal {
    /// Name of the team; empty for budgets without one.
    pub team: String,
    /// How many gifts.
    pub count: i64,
    /// What they cost, in cents: what was paid, or what is set apart for it.
    pub amount_cents: i64,
}

/// Totals of a year, over all budgets. No colleague and no resident can be read from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// How many gifts.
    pub count: i64,
    /// What they cost, in cents: what was paid, or what is set apart for it.
    pub amount_cents: i64,
    /// By kind, in the order of the list of kinds.
    pub kinds: Vec<KindTotal>,
    /// By team, by name.
    pub teams: Vec<TeamTotal>,
    /// Scores that residents gave in this year after they got a gift; none below five.
    pub scores_with_gift: Option<ScoreMean>,
    /// Scores of all others; none below five.
    pub scores_without_gift: Option<ScoreMean>,
}

/// Counts the totals of a year: one sum by budget and kind.
pub async fn totals(tx: &TenantTx, year: i64) -> Result<Totals, Error> {
    let teams: HashMap<BudgetId, String> = budgets(tx)
        .await?
        .into_iter()
        .filter(|budget| budget.year == year)
        .map(|budget| (budget.id, budget.team))
        .collect();
    let worth = Expr::from(Func::coalesce([
        Expr::col(gift::Column::SpentCents),
        Expr::col(gift::Column::AmountCents),
    ]));
    let rows: Vec<(BudgetId, GiftKind, i64, i64)> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::BudgetId)
        .column(gift::Column::Kind)
        .expr(Expr::col(gift::Column::Id).count())
        .expr(worth.sum().cast_as("bigint"))
        .filter(gift::Column::Status.is_not_in(GiftStatus::VOID))
        .group_by(gift::Column::BudgetId)
        .group_by(gift::Column::Kind)
        .into_tuple()
        .all(tx)
        .await?;
    let mut kinds: BTreeMap<GiftKind, (i64, i64)> = BTreeMap::new();
    let mut by_team: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let mut all = Totals::default();
    for (budget, kind, count, cents) in rows {
        let Some(team) = teams.get(&budget) else {
            continue;
        };
        for sum in [
            kinds.entry(kind).or_default(),
            by_team.entry(team).or_default(),
        ] {
            sum.0 += count;
            sum.1 += cents;
        }
        all.count += count;
        all.amount_cents += cents;
    }
    all.kinds = kinds
        .into_iter()
        .map(|(kind, (count, amount_cents))| KindTotal {
            kind,
            count,
            amount_cents,
        })
        .collect();
    all.teams = by_team
        .into_iter()
        .map(|(team, (count, amount_cents))| TeamTotal {
            team: team.to_owned(),
            count,
            amount_cents,
        })
        .collect();
    (all.scores_with_gift, all.scores_without_gift) = compare_scores(tx, year).await?;
    Ok(all)
}

/// The years there are budgets for, newest first.
#[must_use]
pub fn years(budgets: &[Budget]) -> Vec<i64> {
    let mut years: Vec<i64> = budgets.iter().map(|budget| budget.year).collect();
    years.dedup();
    years
}
