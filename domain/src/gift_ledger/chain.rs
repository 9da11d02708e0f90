//! Entries: their accounts, their canonical form, and how one is added.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _, Func, LockType},
};
use serde_json::json;
use tenants::{NewRow, StaffId, TenantTx, secret};

use super::{
    Budget, BudgetId, Entry, EntryKind, Gift, GiftEntryId, GiftId, ReceiptId,
    entity::{gift, gift_budget, gift_ledger},
};
use crate::{Code, Error, audit};

/// The four accounts of a budget, in cents: balances, or changes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Accounts {
    /// Where the money comes from; zero or below.
    pub allocated: i64,
    /// What may still be given.
    pub available: i64,
    /// Given and not yet paid.
    pub reserved: i64,
    /// Paid.
    pub spent: i64,
}

impl Accounts {
    /// Money that is set aside (below zero: taken away).
    #[must_use]
    pub const fn set_aside(cents: i64) -> Self {
        Self {
            allocated: -cents,
            available: cents,
            reserved: 0,
            spent: 0,
        }
    }

    /// Money that is set apart for a gift (below zero: given back).
    #[must_use]
    pub const fn reserve(cents: i64) -> Self {
        Self {
            allocated: 0,
            available: -cents,
            reserved: cents,
            spent: 0,
        }
    }

    /// A payment of `cents` for which `reserved` was set apart; the difference comes from, or goes back to, what is available.
    #[must_use]
    pub const fn spend(reserved: i64, cents: i64) -> Self {
        Self {
            allocated: 0,
            available: reserved - cents,
            reserved: -reserved,
            spent: cents,
        }
    }

    /// The sum of all four, which is zero for every entry and every balance.
    #[must_use]
    pub fn sum(self) -> i128 {
        [self.allocated, self.available, self.reserved, self.spent]
            .map(i128::from)
            .iter()
            .sum()
    }

    /// These balances after a change; nothing when one of them would be below zero, or too large to count.
    #[must_use]
    pub fn after(self, change: Self) -> Option<Self> {
        let after = Self {
            allocated: self.allocated.checked_add(change.allocated)?,
            available: self.available.checked_add(change.available)?,
            reserved: self.reserved.checked_add(change.reserved)?,
            spent: self.spent.checked_add(change.spent)?,
        };
        (after.available >= 0 && after.reserved >= 0 && after.spent >= 0 && after.allocated <= 0)
            .then_some(after)
    }
}

impl Entry {
    /// What this entry changed.
    #[must_use]
    pub const fn change(&self) -> Accounts {
        Accounts {
            allocated: self.allocated_cents,
            available: self.available_cents,
            reserved: self.reserved_cents,
            spent: self.spent_cents,
        }
    }

    /// The balances after it.
    #[must_use]
    pub const fn balance(&self) -> Accounts {
        Accounts {
            allocated: self.allocated_after,
            available: self.available_after,
            reserved: self.reserved_after,
            spent: self.spent_after,
        }
    }

    /// What it changed of a gift, in cents: what was paid, or else what was set apart; nothing when it moved no money.
    #[must_use]
    pub fn change_of_gift(&self) -> Option<i64> {
        let changes = [self.spent_cents, self.reserved_cents];
        changes.into_iter().find(|cents| *cents != 0)
    }

    /// The hash of its canonical form. The only free text stands last, so that no text can pass for another field.
    #[must_use]
    pub fn computed_hash(&self) -> String {
        let id = |id: Option<String>| id.unwrap_or_default();
        secret::hash(&format!(
            "gehoord gift ledger 1\ntenant={}\nbudget={}\nsequence={}\nid={}\nkind={}\ngift={}\nreceipt={}\nactor={}\nother={}\n\
             allocated={}/{}\navailable={}/{}\nreserved={}/{}\nspent={}/{}\nevidence={}\nat={}\nprevious={}\nnote={}",
            self.tenant_id,
            self.budget_id,
            self.sequence,
            self.id,
            self.kind,
            id(self.gift_id.map(|id| id.to_string())),
            id(self.receipt_id.map(|id| id.to_string())),
            id(self.actor_id.map(|id| id.to_string())),
            id(self.other_budget_id.map(|id| id.to_string())),
            self.allocated_cents,
            self.allocated_after,
            self.available_cents,
            self.available_after,
            self.reserved_cents,
            self.reserved_after,
            self.spent_cents,
            self.spent_after,
            self.evidence,
            self.at.timestamp_micros(),
            self.previous_hash,
            self.note,
        ))
    }
}

/// A budget whose row is locked, with the head of its chain: the only value an entry can be added through.
pub(crate) struct Locked {
    pub budget: Budget,
    pub sequence: i64,
    pub balance: Accounts,
    hash: String,
}

/// An entry to add.
pub(crate) struct Booking {
    pub kind: EntryKind,
    pub change: Accounts,
    pub gift: Option<GiftId>,
    pub receipt: Option<ReceiptId>,
    pub other: Option<BudgetId>,
    pub actor: Option<StaffId>,
    pub evidence: String,
    pub note: String,
}

impl Booking {
    pub fn new(kind: EntryKind, change: Accounts, actor: Option<StaffId>) -> Self {
        Self {
            kind,
            change,
            gift: None,
            receipt: None,
            other: None,
            actor,
            evidence: String::new(),
            note: String::new(),
        }
    }
}

/// Locks a budget and reads the head of its chain: two statements, because a statement that waited for a lock still sees what was there
/// when it began.
pub(crate) async fn lock(tx: &TenantTx, id: BudgetId) -> Result<Locked, Error> {
    let budget = tx
        .find::<gift_budget::Entity>()
        .filter(gift_budget::Column::Id.eq(id))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let head = newest(tx, id).await?;
    Ok(Locked::new(budget, head))
}

pub(crate) async fn newest(tx: &TenantTx, id: BudgetId) -> Result<Option<Entry>, Error> {
    Ok(tx
        .find::<gift_ledger::Entity>()
        .filter(gift_ledger::Column::BudgetId.eq(id))
        .order_by_desc(gift_ledger::Column::Sequence)
        .limit(1)
        .one(tx)
        .await?)
}

impl Locked {
    /// `head` has to be read by a statement that began after the row of `budget` was locked.
    pub fn new(budget: Budget, head: Option<Entry>) -> Self {
        let (sequence, balance, hash) = head.map_or_else(Default::default, |head| {
            (head.sequence, head.balance(), head.hash)
        });
        Self {
            budget,
            sequence,
            balance,
            hash,
        }
    }

    /// Adds an entry to the chain; what a person does with a gift stands in the audit log as well.
    ///
    /// # Errors
    /// [`Code::BudgetShort`] with what is left, when a balance would be below zero.
    pub async fn book(&mut self, tx: &TenantTx, booking: Booking) -> Result<Entry, Error> {
        self.book_with(tx, booking, Vec::new()).await
    }

    /// As [`book`](Self::book), for an entry about a gift: writes what it changes in the gift's row.
    pub async fn book_for(
        &mut self,
        tx: &TenantTx,
        mut gift: Gift,
        mut booking: Booking,
    ) -> Result<Gift, Error> {
        booking.gift = Some(gift.id);
        let entry = self.book(tx, booking).await?;
        gift.apply(&entry);
        tx.update::<gift::Entity>()
            .col_expr(gift::Column::Status, Expr::value(gift.status))
            .col_expr(gift::Column::SpentCents, Expr::value(gift.spent_cents))
            .col_expr(gift::Column::ApproverId, Expr::value(gift.approver_id))
            .col_expr(gift::Column::CheckerId, Expr::value(gift.checker_id))
            .col_expr(gift::Column::HandedOverAt, Expr::value(gift.handed_over_at))
            .col_expr(gift::Column::ReceiptDueAt, Expr::value(gift.receipt_due_at))
            .col_expr(gift::Column::FirstDueAt, Expr::value(gift.first_due_at))
            .filter(gift::Column::Id.eq(gift.id))
            .exec(tx)
            .await?;
        Ok(gift)
    }

    /// As [`book`](Self::book), together with the rows that the entry vouches for.
    pub async fn book_with(
        &mut self,
        tx: &TenantTx,
        booking: Booking,
        mut rows: Vec<NewRow>,
    ) -> Result<Entry, Error> {
        let after = self.balance.after(booking.change).ok_or_else(|| {
            Error::refused_because(
                Code::BudgetShort,
                "cents",
                self.balance.available.to_string(),
            )
        })?;
        let id: GiftEntryId = tx.new_id();
        let mut entry = Entry {
            tenant_id: tx.tenant(),
            id,
            budget_id: self.budget.id,
            sequence: self.sequence + 1,
            kind: booking.kind,
            gift_id: booking.gift,
            receipt_id: booking.receipt,
            actor_id: booking.actor,
            other_budget_id: booking.other,
            allocated_cents: booking.change.allocated,
            available_cents: booking.change.available,
            reserved_cents: booking.change.reserved,
            spent_cents: booking.change.spent,
            allocated_after: after.allocated,
            available_after: after.available,
            reserved_after: after.reserved,
            spent_after: after.spent,
            evidence: booking.evidence,
            note: booking.note,
            at: tx.now(),
            previous_hash: self.hash.clone(),
            hash: String::new(),
        };
        entry.hash = entry.computed_hash();
        rows.push(NewRow::of(entry.clone().into_active_model().reset_all()));
        if let (Some(gift), Some(actor), Some(action)) =
            (entry.gift_id, entry.actor_id, entry.kind.action())
        {
            rows.push(audit::row(
                tx,
                Some(actor),
                action,
                ("gift", Some(gift.0)),
                json!({ "budget": entry.budget_id, "entry": entry.sequence,
                    "reservedCents": entry.reserved_cents, "spentCents": entry.spent_cents }),
            ));
        }
        tx.insert_together(rows).await?;
        self.sequence = entry.sequence;
        self.balance = after;
        self.hash.clone_from(&entry.hash);
        Ok(entry)
    }
}

/// Adds to a query of entries what they changed together, as [`Accounts`] reads it; zero when there are none.
pub(super) fn with_sums(query: Select<gift_ledger::Entity>) -> Select<gift_ledger::Entity> {
    [
        (gift_ledger::Column::AllocatedCents, "allocated"),
        (gift_ledger::Column::AvailableCents, "available"),
        (gift_ledger::Column::ReservedCents, "reserved"),
        (gift_ledger::Column::SpentCents, "spent"),
    ]
    .into_iter()
    .fold(query, |query, (column, account)| {
        // `PostgreSQL` would answer with a number of another kind.
        let sum = Expr::col(column).sum().cast_as("bigint");
        query.expr_as(Func::coalesce([sum, Expr::value(0_i64)]), account)
    })
}

/// The entries of a budget in order, at most `limit` with a higher number than `after`.
pub(super) async fn entries_after(
    tx: &TenantTx,
    budget: BudgetId,
    after: i64,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    Ok(tx
        .find::<gift_ledger::Entity>()
        .filter(gift_ledger::Column::BudgetId.eq(budget))
        .filter(gift_ledger::Column::Sequence.gt(after))
        .order_by_asc(gift_ledger::Column::Sequence)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The entries about one gift, in order.
pub async fn entries_of(
    tx: &TenantTx,
    gift: GiftId,
    limit: Option<u64>,
) -> Result<Vec<Entry>, Error> {
    Ok(tx
        .find::<gift_ledger::Entity>()
        .filter(gift_ledger::Column::GiftId.eq(gift))
        .order_by_asc(gift_ledger::Column::Sequence)
        .limit(limit)
        .all(tx)
        .await?)
}

impl EntryKind {
    /// What an entry about a gift is in the audit log; nothing for entries that are part of another act.
    #[must_use]
    pub const fn action(self) -> Option<audit::Action> {
        match self {
            Self::Reservation => Some(audit::Action::GiftReservation),
            Self::Approval => Some(audit::Action::GiftApproval),
            Self::Refusal => Some(audit::Action::GiftRefusal),
            Self::HandOver => Some(audit::Action::GiftHandOver),
            Self::Spending => Some(audit::Action::GiftSpending),
            Self::ReceiptCheck => Some(audit::Action::GiftReceiptCheck),
            Self::Correction => Some(audit::Action::GiftCorrection),
            Self::Cancellation => Some(audit::Action::GiftCancellation),
            Self::Allocation
            | Self::TransferOut
            | Self::TransferIn
            | Self::Release
            | Self::Lapse
            | Self::Closing
            | Self::Forgetting => None,
        }
    }
}
