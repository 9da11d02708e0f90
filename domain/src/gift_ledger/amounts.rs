//! What a gift is worth now: what stands, and what was taken back or never happened.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use tenants::StaffId;

use super::{Budget, Gift, GiftStatus, entity::gift};

/// The sum of what gifts cost, in cents: of each what was paid, or what is set apart for it. `PostgreSQL` would answer with a number of
/// another kind.
pub(crate) fn sum_of_costs() -> Expr {
    Expr::from(Func::coalesce([
        Expr::col((gift::Entity, gift::Column::SpentCents)),
        Expr::col((gift::Entity, gift::Column::AmountCents)),
    ]))
    .sum()
    .cast_as("bigint")
}

impl GiftStatus {
    /// Gifts for which no money is set apart or paid.
    pub(crate) const VOID: [Self; 4] = [
        Self::Declined,
        Self::Cancelled,
        Self::Released,
        Self::Lapsed,
    ];
    /// Gifts that neither the person got nor the giver gave: no cap counts them. One that was released is not among them, because its
    /// receipt may still come: what the caps would leave without it could be given twice.
    pub(crate) const UNGIVEN: [Self; 3] = [Self::Declined, Self::Cancelled, Self::Lapsed];
    /// Gifts that may be bought, or are, while their receipt is not in.
    pub(crate) const AWAITS_RECEIPT: [Self; 3] = [Self::Ordered, Self::HandedOver, Self::Released];
    /// Gifts for which money is set apart.
    pub(crate) const SETS_APART: [Self; 3] = [Self::Requested, Self::Ordered, Self::HandedOver];
}

impl Gift {
    /// Whether `person` gave it, approved it or, as `corrector`, put its amount right last: then somebody else has to look at it.
    #[must_use]
    pub fn took_part(&self, person: StaffId, corrector: Option<StaffId>) -> bool {
        [Some(self.giver_id), self.approver_id, corrector].contains(&Some(person))
    }

    /// Whether it costs something, or will.
    #[must_use]
    pub fn is_active(&self) -> bool {
        !GiftStatus::VOID.contains(&self.status)
    }

    /// Whether its receipt is still to come.
    #[must_use]
    pub fn awaits_receipt(&self) -> bool {
        GiftStatus::AWAITS_RECEIPT.contains(&self.status)
    }

    /// What stands as paid, in cents. What was paid and then taken back stays in the row, because the ledger vouches for it, and is paid no
    /// longer.
    #[must_use]
    pub fn paid_cents(&self) -> Option<i64> {
        self.spent_cents.filter(|_| self.is_active())
    }

    /// What was paid and then taken back, in cents.
    #[must_use]
    pub fn reversed_cents(&self) -> Option<i64> {
        self.spent_cents.filter(|_| !self.is_active())
    }

    /// As programs read it: what was paid and then taken back counts as not paid.
    #[must_use]
    pub fn without_reversed_payment(self) -> Self {
        Self {
            spent_cents: self.paid_cents(),
            ..self
        }
    }

    /// What people mean by its amount, in cents: what was paid, also when it was taken back, otherwise what was set apart for it.
    #[must_use]
    pub fn amount_now_cents(&self) -> i64 {
        self.spent_cents.unwrap_or(self.amount_cents)
    }

    /// What it costs, in cents, as totals count it: nothing when it does not stand.
    #[must_use]
    pub fn cost_cents(&self) -> i64 {
        if self.is_active() {
            self.amount_now_cents()
        } else {
            0
        }
    }

    /// What is still set apart for it until its receipt comes, in cents.
    pub(crate) fn set_apart_cents(&self) -> i64 {
        if self.is_active() && self.spent_cents.is_none() {
            self.amount_cents
        } else {
            0
        }
    }
}

impl Budget {
    /// Its name with its year, which many people already write in the name.
    #[must_use]
    pub fn title(&self) -> String {
        let year = self.year.to_string();
        let mut numbers = self.name.split(|sign: char| !sign.is_ascii_digit());
        if numbers.any(|number| number == year) {
            self.name.clone()
        } else {
            format!("{} {year}", self.name)
        }
    }
}
