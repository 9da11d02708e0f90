//! Putting the amount of a payment right.

use tenants::{TenantTx, staff::StaffMember};

use super::{
    policy::check_correction,
    rule_inputs::reload_locked,
    transitions::{booking, four_eyes},
};
use crate::{
    Code, Error,
    gift_ledger::{Accounts, EntryKind, Gift, GiftId, GiftStatus, chain::Locked, gift},
};

/// What a payment really was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What was really paid, in cents, VAT included.
    pub cents: i64,
    /// Why it is put right.
    pub note: String,
    /// The amount that was looked at, in cents; nothing when whatever stands there is put right.
    pub shown: Option<i64>,
}

/// Puts the amount of a payment right, with the reason: somebody else's, never one's own. Upward it stays within the cap of one gift
/// and within what the person and the giver may have; a second person is not asked for, because this is one. The receipt has to be
/// checked anew, by somebody else than whoever put it right.
///
/// A correction takes the same locks as giving, in the same order: at the person, at the giver's row, at the budget.
///
/// # Errors
/// [`Error::Invalid`] when the amount stays the same; [`Code::GiftFourEyes`] for the giver; [`Code::Changed`] when another amount stands there than the one that was looked
/// at; [`Code::CorrectionTooHigh`] with the most it may be; [`Code::BudgetShort`]; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn correct(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    correction: Correction,
) -> Result<Gift, Error> {
    let (gift, context, totals) = reload_locked(tx, &gift(tx, id).await?).await?;
    if gift.status != GiftStatus::Settled {
        return Err(Error::refused(Code::GiftNotNow));
    }
    four_eyes(gift.giver_id != actor.id)?;
    let before = gift.spent_cents.unwrap_or_default();
    if correction.shown.is_some_and(|shown| shown != before) {
        return Err(Error::refused(Code::Changed));
    }
    let cents = correction.cents;
    if cents == before {
        return Err(Error::invalid("amountCents", "nothing_changes"));
    }
    if cents > before {
        check_correction(cents, before, &context, &totals)?;
    }
    let mut entry = booking(
        EntryKind::Correction,
        Accounts::spend(0, cents - before),
        actor,
    );
    entry.note = correction.note;
    Locked::new(context.budget, totals.head)
        .book_for(tx, gift, entry)
        .await
}
