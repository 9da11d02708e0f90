//! What an attention is worth now: what stands, and what was taken back or never happened. And the most it may cost.

use super::{Budget, Gift, GiftRules, GiftStatus};

impl GiftStatus {
    /// Attentions that cost nothing in the end.
    pub(super) const VOID: [Self; 3] = [Self::Declined, Self::Cancelled, Self::Released];
}

impl Gift {
    /// Whether it costs something, or will.
    #[must_use]
    pub fn stands(&self) -> bool {
        !GiftStatus::VOID.contains(&self.status)
    }

    /// What stands as paid, in cents. What was paid and then taken back stays in the row, because the ledger vouches for it, and is paid no
    /// longer.
    #[must_use]
    pub fn paid_cents(&self) -> Option<i64> {
        self.spent_cents.filter(|_| self.stands())
    }

    /// What was paid and then taken back, in cents.
    #[must_use]
    pub fn taken_back_cents(&self) -> Option<i64> {
        self.spent_cents.filter(|_| !self.stands())
    }

    /// What people mean by its amount, in cents: what was paid, also when it was taken back, otherwise what was set apart for it.
    #[must_use]
    pub fn amount_now_cents(&self) -> i64 {
        self.spent_cents.unwrap_or(self.amount_cents)
    }

    /// What it costs, in cents, as totals count it: nothing when it does not stand.
    #[must_use]
    pub fn cost_cents(&self) -> i64 {
        if self.stands() {
            self.amount_now_cents()
        } else {
            0
        }
    }

    /// What is still set apart for it until its receipt comes, in cents.
    pub(super) fn set_apart_cents(&self) -> i64 {
        if self.stands() && self.spent_cents.is_none() {
            self.amount_cents
        } else {
            0
        }
    }
}

impl Budget {
    /// Most that one attention from it may cost under `rules`, in cents.
    #[must_use]
    pub fn cap_under(&self, rules: &GiftRules) -> i64 {
        self.cap_cents
            .map_or(rules.cap_cents, |own| Ord::min(own, rules.cap_cents))
    }
}
