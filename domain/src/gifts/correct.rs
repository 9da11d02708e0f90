//! Putting the amount of a payment right.

use sea_orm::sea_query::Expr;
use tenants::{StaffId, TenantTx, staff::StaffMember};

use super::{
    policy::check_correction,
    rule_inputs::reload_locked,
    transitions::{booking, change, four_eyes, require_note},
};
use crate::{
    Code, Error, FieldErrors,
    gift_ledger::{
        Accounts, EntryKind, Gift, GiftId, GiftStatus, amount, chain::Locked, entity::gift, gift,
    },
};

/// What a payment really was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction<'a> {
    /// What was really paid, in cents, VAT included.
    pub cents: i64,
    /// Why it is put right.
    pub note: &'a str,
    /// The amount that was looked at, in cents; nothing when whatever stands there is put right.
    pub shown: Option<i64>,
}

impl Correction<'_> {
    /// The note in normal form.
    fn checked(&self) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        if let Err(code) = amount::check(self.cents) {
            errors.add("amount", code);
        }
        match require_note(self.note) {
            Ok(note) => errors.into_result().map(|()| note),
            Err(Error::Invalid(others)) => {
                errors.extend(others);
                Err(Error::Invalid(errors))
            }
            Err(error) => Err(error),
        }
    }
}

/// Puts the amount of a payment right, with the reason: somebody else's, never one's own. Upward it stays within the cap of one gift
/// and within what the person and the giver may have; a second pair of eyes is not asked for, because this is one. The receipt has to be
/// checked anew, by somebody else than whoever put it right.
///
/// Who puts right stands in line as who gives does: at the person, at the giver's row, at the budget.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::GiftFourEyes`] for the giver; [`Code::Changed`] when another amount stands there than the one that was looked
/// at; [`Code::CorrectionTooHigh`] with the most it may be; [`Code::BudgetShort`]; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn correct(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    correction: Correction<'_>,
) -> Result<Gift, Error> {
    let note = correction.checked()?;
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
        return Err(Error::invalid("amount", "nothing_changes"));
    }
    if cents > before {
        check_correction(cents, before, &context, &totals)?;
    }
    let mut entry = booking(
        EntryKind::Correction,
        Accounts::spend(0, cents - before),
        &gift,
        actor,
    );
    entry.note = note;
    Locked::new(context.budget, totals.head)
        .book(tx, entry)
        .await?;
    change(
        tx,
        id,
        vec![
            (gift::Column::SpentCents, Expr::value(cents)),
            (
                gift::Column::CheckerId,
                Expr::value(Option::<StaffId>::None),
            ),
        ],
    )
    .await
}
