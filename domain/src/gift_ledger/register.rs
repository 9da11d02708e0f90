//! What was given, as a list and as totals: for whoever answers for the budgets, and for whoever checks that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;
use tenants::{StaffId, TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    BudgetId, Entry, Gift, GiftId, GiftKind, GiftStatus, KindTotal, ScoreMean,
    amounts::sum_of_costs,
    budgets,
    entity::{gift, gift_budget},
    lists::visible,
    score_comparison::compare_scores,
};
use crate::{Error, cases::Viewer};

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
    viewer: Viewer,
    filter: &RegisterFilter,
    before: Option<GiftId>,
    limit: u64,
) -> Result<Vec<Gift>, Error> {
    let of_budgets = Condition::all()
        .add_option(filter.year.map(|year| gift_budget::Column::Year.eq(year)))
        .add_option((filter.team.as_deref()).map(|team| gift_budget::Column::Team.eq(team)));
    let budgets = (!of_budgets.is_empty()).then(|| {
        let budgets = tx.find::<gift_budget::Entity>().filter(of_budgets);
        let ids = budgets.select_only().column(gift_budget::Column::Id);
        gift::Column::BudgetId.in_subquery(ids.into_query())
    });
    let is = |status| Condition::all().add(gift::Column::Status.eq(status));
    let waits = filter.waits.map(|waits| match waits {
        WaitingFor::Approval => is(GiftStatus::Requested),
        WaitingFor::Receipt => Condition::all()
            .add(gift::Column::Status.is_in(GiftStatus::AWAITS_RECEIPT))
            .add(
                Condition::any()
                    .add(gift::Column::ReceiptDueAt.lt(tx.now()))
                    .add(is(GiftStatus::Released)),
            ),
        WaitingFor::Check => is(GiftStatus::Settled).add(gift::Column::CheckerId.is_null()),
    });
    let is_active = || gift::Column::Status.is_not_in(GiftStatus::VOID);
    let which = Condition::all()
        .add(visible(tx, viewer))
        .add_option(before.map(|id| gift::Column::Id.lt(id)))
        .add_option(filter.budget.map(|id| gift::Column::BudgetId.eq(id)))
        .add_option(budgets)
        .add_option(filter.kind.map(|kind| gift::Column::Kind.eq(kind)))
        .add_option(filter.giver.map(|id| gift::Column::GiverId.eq(id)))
        .add_option(waits)
        .add_option(filter.counted.then(is_active));
    Ok(tx
        .find::<gift::Entity>()
        .filter(which)
        .order_by_desc(gift::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The gifts that entries are about, by their ids.
pub async fn gifts_of_entries(
    tx: &TenantTx,
    entries: &[Entry],
) -> Result<HashMap<GiftId, Gift>, Error> {
    let ids: BTreeSet<GiftId> = entries.iter().filter_map(|entry| entry.gift_id).collect();
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
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

/// Counts the totals of a year: one sum by budget and kind, without what is about the viewer (Awb art. 9:7).
pub async fn totals(tx: &TenantTx, viewer: Viewer, year: i64) -> Result<Totals, Error> {
    let teams: HashMap<BudgetId, String> = budgets(tx)
        .await?
        .into_iter()
        .filter(|budget| budget.year == year)
        .map(|budget| (budget.id, budget.team))
        .collect();
    let rows: Vec<(BudgetId, GiftKind, i64, i64)> = tx
        .find::<gift::Entity>()
        .select_only()
        .column(gift::Column::BudgetId)
        .column(gift::Column::Kind)
        .expr(Expr::col(gift::Column::Id).count())
        .expr(sum_of_costs())
        .filter(visible(tx, viewer))
        .filter(gift::Column::Status.is_not_in(GiftStatus::VOID))
        .group_by(gift::Column::BudgetId)
        .group_by(gift::Column::Kind)
        .into_tuple()
        .all(tx)
        .await?;
    let mut kinds: BTreeMap<GiftKind, KindTotal> = BTreeMap::new();
    let mut by_team: BTreeMap<&str, TeamTotal> = BTreeMap::new();
    let mut all = Totals::default();
    for (budget, kind, count, cents) in rows {
        let Some(team) = teams.get(&budget) else {
            continue;
        };
        let of_kind = kinds.entry(kind).or_insert(KindTotal {
            kind,
            count: 0,
            amount_cents: 0,
        });
        let of_team = by_team.entry(team).or_insert_with(|| TeamTotal {
            team: team.clone(),
            ..TeamTotal::default()
        });
        for (counted, amount) in [
            (&mut of_kind.count, &mut of_kind.amount_cents),
            (&mut of_team.count, &mut of_team.amount_cents),
            (&mut all.count, &mut all.amount_cents),
        ] {
            *counted += count;
            *amount += cents;
        }
    }
    all.kinds = kinds.into_values().collect();
    all.teams = by_team.into_values().collect();
    (all.scores_with_gift, all.scores_without_gift) =
        compare_scores(tx, Some(viewer), year).await?;
    Ok(all)
}
