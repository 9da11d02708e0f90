//! The entries behind one total: a part of a ledger, with the sum that must be that total.

use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait},
};
use tenants::{TenantTx, text_enum};

use super::{
    Accounts, BudgetId, Entry, EntryKind, GiftKind,
    chain::with_sums,
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

/// Which entries are asked for; what is not named does not choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// That changed this account.
    pub account: Option<Account>,
    /// Of this kind.
    pub entry: Option<EntryKind>,
    /// About gifts of this kind.
    pub gift: Option<GiftKind>,
}

/// What entries came to.
#[derive(Default, FromQueryResult)]
pub struct EntrySum {
    /// How many there are.
    pub count: i64,
    /// What they changed.
    #[sea_orm(nested)]
    pub change: Accounts,
}

impl EntryFilter {
    fn apply(
        self,
        tx: &TenantTx,
        budget: BudgetId,
        query: Select<gift_ledger::Entity>,
    ) -> Select<gift_ledger::Entity> {
        let changed = |account| match account {
            Account::Allocated => gift_ledger::Column::AllocatedCents,
            Account::Available => gift_ledger::Column::AvailableCents,
            Account::Reserved => gift_ledger::Column::ReservedCents,
            Account::Spent => gift_ledger::Column::SpentCents,
        };
        let about = |kind: GiftKind| {
            let gifts = tx
                .find::<gift::Entity>()
                .select_only()
                .column(gift::Column::Id)
                .filter(gift::Column::BudgetId.eq(budget))
                .filter(gift::Column::Kind.eq(kind));
            gift_ledger::Column::GiftId.in_subquery(gifts.into_query())
        };
        let which = Condition::all()
            .add(gift_ledger::Column::BudgetId.eq(budget))
            .add_option((self.account).map(|account| changed(account).ne(0)))
            .add_option((self.entry).map(|kind| gift_ledger::Column::Kind.eq(kind)))
            .add_option(self.gift.map(about));
        query.filter(which)
    }

    /// The entries, newest first, at most `limit` with a lower number than `before`.
    pub async fn entries(
        self,
        tx: &TenantTx,
        budget: BudgetId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Entry>, Error> {
        let lower = before.map(|number| gift_ledger::Column::Sequence.lt(number));
        Ok(self
            .apply(tx, budget, tx.find::<gift_ledger::Entity>())
            .filter(Condition::all().add_option(lower))
            .order_by_desc(gift_ledger::Column::Sequence)
            .limit(limit)
            .all(tx)
            .await?)
    }

    /// How many entries there are, and the sum of what they changed.
    pub async fn sum(self, tx: &TenantTx, budget: BudgetId) -> Result<EntrySum, Error> {
        let query = self
            .apply(tx, budget, tx.find::<gift_ledger::Entity>())
            .select_only()
            .expr_as(Expr::col(gift_ledger::Column::Id).count(), "count");
        let sum = with_sums(query).into_model::<EntrySum>().one(tx).await?;
        Ok(sum.unwrap_or_default())
    }
}
