//! What follows after giving: approval, handing over, checking the receipt, correcting the amount, and reversing. Each step locks the budget,
//! so that two people who do something with one gift at once do it after each other.

use tenants::{TenantTx, staff::StaffMember};

use super::{
    notices,
    policy::check_correction,
    rule_inputs::{BudgetContext, reload_locked},
};
use crate::{
    Code, Error,
    cases::Viewer,
    gift_ledger::{
        Accounts, EntryKind, Gift, GiftId, GiftStatus,
        chain::{Booking, Locked, lock},
        entries_of, gift, last_corrector, seen_gift,
    },
};

/// A gift with its budget locked: what it is now is what it stays until the commit.
pub(super) async fn locked(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    states: &[GiftStatus],
) -> Result<(Gift, Locked), Error> {
    let known = seen_gift(tx, Viewer::of(actor), id).await?;
    locked_known(tx, &known, states).await
}

/// As [`locked`], for a gift that was read before.
pub(super) async fn locked_known(
    tx: &TenantTx,
    known: &Gift,
    states: &[GiftStatus],
) -> Result<(Gift, Locked), Error> {
    let locked = lock(tx, known.budget_id).await?;
    let gift = gift(tx, known.id).await?;
    if !states.contains(&gift.status) {
        return Err(Error::refused(Code::GiftNotNow));
    }
    Ok((gift, locked))
}

pub(super) fn booking(kind: EntryKind, change: Accounts, actor: &StaffMember) -> Booking {
    Booking::new(kind, change, Some(actor.id))
}

/// Whoever gave a gift does not decide on it.
pub(super) fn require_other(gift: &Gift, actor: &StaffMember) -> Result<(), Error> {
    if gift.giver_id == actor.id {
        return Err(Error::refused(Code::GiftFourEyes));
    }
    Ok(())
}

/// Agrees with a gift that waits. From now on it may be bought, so the days for its receipt begin now, by the rules that hold now.
///
/// # Errors
/// [`Code::GiftFourEyes`] for the giver, [`Code::GiftNotNow`], [`Error::NotFound`].
pub async fn approve(tx: &TenantTx, id: GiftId, actor: &StaffMember) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, actor, &[GiftStatus::Requested]).await?;
    require_other(&gift, actor)?;
    let context = BudgetContext::read(tx, gift.giver_id, gift.budget_id, false).await?;
    let agreed = Gift {
        first_due_at: Some(gift.receipt_due_at),
        receipt_due_at: context.rules.receipt_due(tx.now(), context.zone),
        ..gift
    };
    let mut entry = booking(EntryKind::Approval, Accounts::default(), actor);
    entry.evidence = agreed.moved_due_hash();
    let gift = locked.book_for(tx, agreed, entry).await?;
    notices::decided(tx, &gift, actor.id).await?;
    Ok(gift)
}

/// Does not agree; the money comes back.
///
/// # Errors
/// As [`approve`].
pub async fn decline(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    note: String,
) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, actor, &[GiftStatus::Requested]).await?;
    require_other(&gift, actor)?;
    let mut entry = booking(
        EntryKind::Refusal,
        Accounts::reserve(-gift.amount_cents),
        actor,
    );
    entry.note = note;
    let gift = locked.book_for(tx, gift, entry).await?;
    notices::decided(tx, &gift, actor.id).await?;
    Ok(gift)
}

/// The resident has it: before the receipt came in or after, since most people hand in the receipt first, and also once the year is closed.
///
/// # Errors
/// [`Error::NotFound`] for another colleague's, [`Code::GiftNotNow`], also the second time.
pub async fn hand_over(tx: &TenantTx, id: GiftId, actor: &StaffMember) -> Result<Gift, Error> {
    let states = [
        GiftStatus::Ordered,
        GiftStatus::Settled,
        GiftStatus::Released,
    ];
    let known = seen_gift(tx, Viewer::of(actor), id).await?;
    // Before anything is told of how it stands: another colleague's is as absent.
    require_giver(&known, actor)?;
    let (gift, mut locked) = locked_known(tx, &known, &states).await?;
    if gift.handed_over_at.is_some() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    let entry = booking(EntryKind::HandOver, Accounts::default(), actor);
    locked.book_for(tx, gift, entry).await
}

pub(super) fn require_giver(gift: &Gift, actor: &StaffMember) -> Result<(), Error> {
    if gift.giver_id == actor.id {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Notes that the receipt was looked at by somebody who neither gave nor approved, nor put the amount right last. `shown` is the amount that
/// was looked at beside it, in cents; nothing when whatever stands there is held for right.
///
/// # Errors
/// [`Code::GiftFourEyes`]; [`Code::Changed`] when another amount stands there by now; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn check_receipt(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    shown: Option<i64>,
) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, actor, &[GiftStatus::Settled]).await?;
    let corrector = last_corrector(&entries_of(tx, id, None).await?);
    if gift.took_part(actor.id, corrector) {
        return Err(Error::refused(Code::GiftFourEyes));
    }
    if gift.checker_id.is_some() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    if shown.is_some() && shown != gift.spent_cents {
        return Err(Error::refused(Code::Changed));
    }
    let entry = booking(EntryKind::ReceiptCheck, Accounts::default(), actor);
    locked.book_for(tx, gift, entry).await
}

/// It did not happen, or was paid back: the money is available again. Of one that was released when its year was closed the money came back
/// then; now no receipt is waited for any longer.
///
/// # Errors
/// [`Error::NotFound`] for another colleague's, unless `any`; [`Code::GiftFourEyes`] for the giver of one
/// that is paid; [`Code::GiftNotNow`].
pub async fn cancel(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    any: bool,
    note: String,
) -> Result<Gift, Error> {
    let states: Vec<_> = GiftStatus::SETS_APART
        .into_iter()
        .chain([GiftStatus::Released])
        .chain(any.then_some(GiftStatus::Settled))
        .collect();
    let known = seen_gift(tx, Viewer::of(actor), id).await?;
    if !any {
        require_giver(&known, actor)?;
    }
    let (gift, mut locked) = locked_known(tx, &known, &states).await?;
    if gift.status == GiftStatus::Settled {
        require_other(&gift, actor)?;
    }
    let back = match gift.spent_cents {
        Some(spent) => Accounts::spend(0, -spent),
        None => Accounts::reserve(-gift.set_apart_cents()),
    };
    let mut entry = booking(EntryKind::Cancellation, back, actor);
    entry.note = note;
    locked.book_for(tx, gift, entry).await
}

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
/// and within what the person and the giver may have; no approval is asked for: whoever corrects is the second person. The receipt has to be
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
    let (gift, context, totals) =
        reload_locked(tx, &seen_gift(tx, Viewer::of(actor), id).await?).await?;
    if gift.status != GiftStatus::Settled {
        return Err(Error::refused(Code::GiftNotNow));
    }
    require_other(&gift, actor)?;
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
