//! The entries behind one total: a ledger through a sieve, with the sum that must be that total.

use sea_orm::{
    ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use tenants::{TenantTx, text_enum};

use super::{
    Accounts, BudgetId, Entry, EntryKind, GiftKind,
    entity::{gift, gift_ledger},
};
use crate::Error;

text_enum! {
    /// One of the four accounts of a budget.
    Account {
        /// What was set aside.
        Allocated = "allocated",
        /// What may still be given.
        Available = "available",
        /// Given, and not yet paid.
        Reserved = "reserved",
        /// Paid.
        Spent = "spent",
    }
}

/// Which entries are asked for; what is not named lets everything through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// That changed this account.
    pub account: Option<Account>,
    /// Of this kind.
    pub entry: Option<EntryKind>,
    /// About gifts of this kind.
    pub gift: Option<GiftKind>,
}

/// How many entries, and what they changed; sums of nothing are null.
#[derive(Default, FromQueryResult)]
struct Sums {
    entries: i64,
    allocated: Option<i64>,
    available: Option<i64>,
    reserved: Option<i64>,
    spent: Option<i64>,
}

impl EntryFilter {
    fn apply(
        self,
        tx: &TenantTx,
        budget: BudgetId,
        mut query: Select<gift_ledger::Entity>,
    ) -> Select<gift_ledger::Entity> {
        query = query.filter(gift_ledger::Column::BudgetId.eq(budget));
        if let Some(account) = self.account {
            query = query.filter(
                match account {
                    Account::Allocated => gift_ledger::Column::AllocatedCents,
                    Account::Available => gift_ledger::Column::AvailableCents,
                    Account::Reserved => gift_ledger::Column::ReservedCents,
                    Account::Spent => gift_ledger::Column::SpentCents,
                }
                .ne(0),
            );
        }
        if let Some(kind) = self.entry {
            query = query.filter(gift_ledger::Column::Kind.eq(kind));
        }
        if let Some(kind) = self.gift {
            let gifts = tx
                .find::<gift::Entity>()
                .select_only()
                .column(gift::Column::Id)
                .filter(gift::Column::BudgetId.eq(budget))
                .filter(gift::Column::Kind.eq(kind))
                .into_query();
            query = query.filter(gift_ledger::Column::GiftId.in_subquery(gifts));
        }
        query
    }

    /// The entries that come through, newest first, at most `limit` with a lower number than `before`.
    pub async fn entries(
        self,
        tx: &TenantTx,
        budget: BudgetId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Entry>, Error> {
        let mut query = self
            .apply(tx, budget, tx.find::<gift_ledger::Entity>())
            .order_by_desc(gift_ledger::Column::Sequence)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(gift_ledger::Column::Sequence.lt(before));
        }
        Ok(query.all(tx).await?)
    }

    /// How many entries come through, and the sum of what they changed.
    pub async fn sum(self, tx: &TenantTx, budget: BudgetId) -> Result<(i64, Accounts), Error> {
        let sum = |column: gift_ledger::Column| Expr::col(column).sum().cast_as("bigint");
        let found = self
            .apply(tx, budget, tx.find::<gift_ledger::Entity>())
            .select_only()
            .expr_as(Expr::col(gift_ledger::Column::Id).count(), "entries")
            .expr_as(sum(gift_ledger::Column::AllocatedCents), "allocated")
            .expr_as(sum(gift_ledger::Column::AvailableCents), "available")
            .expr_as(sum(gift_ledger::Column::ReservedCents), "reserved")
            .expr_as(sum(gift_ledger::Column::SpentCents), "spent")
            .into_model::<Sums>()
            .one(tx)
            .await?
            .unwrap_or_default();
        Ok((
            found.entries,
            Accounts {
                allocated: found.allocated.unwrap_or_default(),
                available: found.available.unwrap_or_default(),
                reserved: found.reserved.unwrap_or_default(),
                spent: found.spent.unwrap_or_default(),
            },
        ))
    }
}
