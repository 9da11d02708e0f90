//! What an attention is worth now: what stands, and what was taken back or never happened. And the most it may cost.

use super::{Budget, Gift, GiftRules, GiftStatus};

impl GiftStatus {
    /// Attentions for which no money is set apart or paid.
    pub(super) const VOID: [Self; 4] = [
        Self::Declined,
        Self::Cancelled,
        Self::Released,
        Self::Lapsed,
    ];
    /// Attentions that neither the person got nor the giver gave: no cap counts them. One that was released is not among them, because its
    /// receipt may still come: what the caps would leave without it could be given twice.
    pub(super) const UNGIVEN: [Self; 3] = [Self::Declined, Self::Cancelled, Self::Lapsed];
    /// Attentions that may be bought, or are, while their receipt is not in.
    pub(super) const AWAITS_RECEIPT: [Self; 3] = [Self::Ordered, Self::HandedOver, Self::Released];
    /// Attentions for which money is set apart.
    pub(super) const SETS_APART: [Self; 3] = [Self::Requested, Self::Ordered, Self::HandedOver];
}

impl Gift {
    /// Whether it costs something, or will.
    #[must_use]
    pub fn stands(&self) -> bool {
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

    /// Most that one attention from it may cost under `rules`, in cents.
    #[must_use]
    pub fn cap_under(&self, rules: &GiftRules) -> i64 {
        self.cap_cents
            .map_or(rules.cap_cents, |own| Ord::min(own, rules.cap_cents))
    }
}
