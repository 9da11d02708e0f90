//! What follows after giving: a second pair of eyes, handing over, the receipt, and putting things right. Each step locks the budget, so
//! that two people who do something with one attention at once do it after each other.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use tenants::{StaffId, TenantTx, secret, staff::StaffMember};

use super::{
    Accounts, EntryKind, Gift, GiftId, GiftStatus, Receipt, ReceiptId, TEXT_MAX, amount,
    entity::{gift, gift_receipt},
    ledger::{Booking, Locked, lock},
};
use crate::{
    Code, Error, FieldErrors,
    cases::CaseId,
    files::{self, Cabinet},
    forms::clean,
};

/// Largest receipt, in bytes.
pub const RECEIPT_MAX: usize = 10 * 1024 * 1024;

/// One attention.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn gift(tx: &TenantTx, id: GiftId) -> Result<Gift, Error> {
    tx.find::<gift::Entity>()
        .filter(gift::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The attentions given in a case, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::CaseId.eq(case))
        .order_by_desc(gift::Column::Id)
        .all(tx)
        .await?)
}

/// What a colleague gave, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_giver(
    tx: &TenantTx,
    giver: StaffId,
    before: Option<GiftId>,
    limit: u64,
) -> Result<Vec<Gift>, Error> {
    let mut query = tx
        .find::<gift::Entity>()
        .filter(gift::Column::GiverId.eq(giver))
        .order_by_desc(gift::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(gift::Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}

/// What waits for a second pair of eyes, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn requested(tx: &TenantTx, limit: u64) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::Status.eq(GiftStatus::Requested))
        .order_by_asc(gift::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Attentions whose receipt should have been in, the longest waiting first.
///
/// # Errors
/// When the database does not answer.
pub async fn missing_receipts(tx: &TenantTx, limit: u64) -> Result<Vec<Gift>, Error> {
    Ok(tx
        .find::<gift::Entity>()
        .filter(gift::Column::Status.is_in([GiftStatus::Ordered, GiftStatus::HandedOver]))
        .filter(gift::Column::ReceiptDueAt.lt(tx.now()))
        .order_by_asc(gift::Column::ReceiptDueAt)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The receipts of an attention, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn receipts(tx: &TenantTx, gift: GiftId) -> Result<Vec<Receipt>, Error> {
    Ok(tx
        .find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::GiftId.eq(gift))
        .order_by_desc(gift_receipt::Column::Id)
        .all(tx)
        .await?)
}

/// One receipt.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn receipt(tx: &TenantTx, id: ReceiptId) -> Result<Receipt, Error> {
    tx.find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// An attention with its budget locked: what it is now is what it stays until the commit.
async fn locked(tx: &TenantTx, id: GiftId, states: &[GiftStatus]) -> Result<(Gift, Locked), Error> {
    let budget = gift(tx, id).await?.budget_id;
    let locked = lock(tx, budget).await?;
    let gift = gift(tx, id).await?;
    if !states.contains(&gift.status) {
        return Err(Error::refused(Code::GiftNotNow));
    }
    Ok((gift, locked))
}

async fn change(
    tx: &TenantTx,
    id: GiftId,
    values: Vec<(gift::Column, Expr)>,
) -> Result<Gift, Error> {
    let mut update = tx.update::<gift::Entity>().filter(gift::Column::Id.eq(id));
    for (column, value) in values {
        update = update.col_expr(column, value);
    }
    update.exec(tx).await?;
    gift(tx, id).await
}

fn booking(kind: EntryKind, change: Accounts, gift: &Gift, actor: &StaffMember) -> Booking {
    let mut booking = Booking::new(kind, change, Some(actor.id));
    booking.gift = Some(gift.id);
    booking
}

fn four_eyes(differ: bool) -> Result<(), Error> {
    if differ {
        Ok(())
    } else {
        Err(Error::refused(Code::GiftFourEyes))
    }
}

/// Agrees with an attention that waits.
///
/// # Errors
/// [`Code::GiftFourEyes`] for the giver, [`Code::GiftNotNow`], [`Error::NotFound`].
pub async fn approve(tx: &TenantTx, id: GiftId, actor: &StaffMember) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, &[GiftStatus::Requested]).await?;
    four_eyes(gift.giver_id != actor.id)?;
    locked
        .book(
            tx,
            booking(EntryKind::Approval, Accounts::default(), &gift, actor),
        )
        .await?;
    change(
        tx,
        id,
        vec![
            (gift::Column::Status, Expr::value(GiftStatus::Ordered)),
            (gift::Column::ApproverId, Expr::value(actor.id)),
        ],
    )
    .await
}

/// Does not agree; the money comes back.
///
/// # Errors
/// As [`approve`]; [`Error::Invalid`] without a note.
pub async fn decline(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    note: &str,
) -> Result<Gift, Error> {
    let note = noted(note)?;
    let (gift, mut locked) = locked(tx, id, &[GiftStatus::Requested]).await?;
    four_eyes(gift.giver_id != actor.id)?;
    let mut entry = booking(
        EntryKind::Refusal,
        Accounts::reserve(-gift.amount_cents),
        &gift,
        actor,
    );
    entry.note = note;
    locked.book(tx, entry).await?;
    change(
        tx,
        id,
        vec![
            (gift::Column::Status, Expr::value(GiftStatus::Declined)),
            (gift::Column::ApproverId, Expr::value(actor.id)),
        ],
    )
    .await
}

/// The resident has it.
///
/// # Errors
/// [`Error::NotFound`] for another colleague's, [`Code::GiftNotNow`].
pub async fn hand_over(tx: &TenantTx, id: GiftId, actor: &StaffMember) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, &[GiftStatus::Ordered]).await?;
    own(&gift, actor)?;
    locked
        .book(
            tx,
            booking(EntryKind::HandOver, Accounts::default(), &gift, actor),
        )
        .await?;
    change(
        tx,
        id,
        vec![
            (gift::Column::Status, Expr::value(GiftStatus::HandedOver)),
            (gift::Column::HandedOverAt, Expr::value(tx.now())),
        ],
    )
    .await
}

fn own(gift: &Gift, actor: &StaffMember) -> Result<(), Error> {
    if gift.giver_id == actor.id {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

fn noted(note: &str) -> Result<String, Error> {
    let note = clean::text(note);
    if note.is_empty() {
        return Err(Error::invalid("note", "required"));
    }
    if note.chars().count() > TEXT_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with("note", "too_long", "max", TEXT_MAX);
        return Err(Error::Invalid(errors));
    }
    Ok(note)
}

/// A receipt to keep.
pub struct NewReceipt {
    /// Name of the file, as it was sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was paid, in cents, VAT included.
    pub amount_cents: i64,
}

/// Keeps the receipt and books the payment in the budget the attention was given from, so that a late receipt stands in the right year.
/// The bytes are written first: without a commit they are an orphan that nothing points to.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::BudgetShort`] when it cost more than is left; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn keep_receipt(
    tx: &TenantTx,
    cabinet: &Cabinet,
    id: GiftId,
    actor: &StaffMember,
    new: NewReceipt,
) -> Result<Receipt, Error> {
    let mut errors = FieldErrors::default();
    if let Err(code) = amount::check(new.amount_cents) {
        errors.add("amount", code);
    }
    let kind = files::content::kind(&new.bytes);
    if new.bytes.len() > RECEIPT_MAX {
        errors.add_with(
            "file",
            "receipt_too_large",
            "max",
            RECEIPT_MAX / 1024 / 1024,
        );
    } else if kind.is_none() {
        errors.add("file", "not_a_receipt");
    }
    errors.into_result()?;
    let kind = kind.ok_or_else(|| Error::invalid("file", "not_a_receipt"))?;
    // A photo of a receipt tells where and with which telephone it was made, like any other photo.
    let clean = files::content::clean(kind, &new.bytes)
        .map_err(|_| Error::invalid("file", "receipt_broken"))?
        .bytes;
    own(&gift(tx, id).await?, actor)?;
    let place = Cabinet::place(tx.tenant())?;
    let content_hash = secret::hash_bytes(&clean);
    let bytes = i64::try_from(clean.len()).map_err(Error::bug)?;
    cabinet.put(&place, clean).await.map_err(Error::bug)?;
    let states = [
        GiftStatus::Ordered,
        GiftStatus::HandedOver,
        GiftStatus::Released,
    ];
    let (gift, mut locked) = locked(tx, id, &states).await?;
    let receipt_id: ReceiptId = tx.new_id();
    let receipt = tx
        .insert(gift_receipt::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(receipt_id),
            gift_id: Set(id),
            place: Set(place),
            name: Set(clean::line(&new.name).chars().take(120).collect()),
            media_type: Set(files::content::media_type(kind).to_owned()),
            bytes: Set(bytes),
            content_hash: Set(content_hash.clone()),
            amount_cents: Set(new.amount_cents),
            staff_id: Set(actor.id),
            at: Set(tx.now()),
        })
        .await?;
    let reserved = if gift.status == GiftStatus::Released {
        0
    } else {
        gift.amount_cents
    };
    let mut entry = booking(
        EntryKind::Spending,
        Accounts::spend(reserved, new.amount_cents),
        &gift,
        actor,
    );
    entry.receipt = Some(receipt_id);
    entry.evidence = content_hash;
    locked.book(tx, entry).await?;
    change(
        tx,
        id,
        vec![
            (gift::Column::Status, Expr::value(GiftStatus::Settled)),
            (gift::Column::SpentCents, Expr::value(new.amount_cents)),
        ],
    )
    .await?;
    Ok(receipt)
}

/// Notes that the receipt was looked at by somebody who neither gave nor approved.
///
/// # Errors
/// [`Code::GiftFourEyes`], [`Code::GiftNotNow`], [`Error::NotFound`].
pub async fn check_receipt(tx: &TenantTx, id: GiftId, actor: &StaffMember) -> Result<Gift, Error> {
    let (gift, mut locked) = locked(tx, id, &[GiftStatus::Settled]).await?;
    four_eyes(gift.giver_id != actor.id && gift.approver_id != Some(actor.id))?;
    if gift.checker_id.is_some() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    locked
        .book(
            tx,
            booking(EntryKind::ReceiptCheck, Accounts::default(), &gift, actor),
        )
        .await?;
    change(
        tx,
        id,
        vec![(gift::Column::CheckerId, Expr::value(actor.id))],
    )
    .await
}

/// Puts the amount of a payment right, with the reason.
///
/// # Errors
/// [`Error::Invalid`], [`Code::BudgetShort`], [`Code::GiftNotNow`], [`Error::NotFound`].
pub async fn correct(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    cents: i64,
    note: &str,
) -> Result<Gift, Error> {
    amount::check(cents).map_err(|code| Error::invalid("amount", code))?;
    let note = noted(note)?;
    let (gift, mut locked) = locked(tx, id, &[GiftStatus::Settled]).await?;
    let before = gift.spent_cents.unwrap_or_default();
    let mut entry = booking(
        EntryKind::Correction,
        Accounts::spend(0, cents - before),
        &gift,
        actor,
    );
    entry.note = note;
    locked.book(tx, entry).await?;
    change(tx, id, vec![(gift::Column::SpentCents, Expr::value(cents))]).await
}

/// It did not happen, or was paid back: the money is available again.
///
/// # Errors
/// [`Error::NotFound`] for another colleague's, unless `any`; [`Error::Invalid`] without a note; [`Code::GiftNotNow`].
pub async fn cancel(
    tx: &TenantTx,
    id: GiftId,
    actor: &StaffMember,
    any: bool,
    note: &str,
) -> Result<Gift, Error> {
    let note = noted(note)?;
    let open = [
        GiftStatus::Requested,
        GiftStatus::Ordered,
        GiftStatus::HandedOver,
    ];
    let states: Vec<_> = open
        .into_iter()
        .chain(any.then_some(GiftStatus::Settled))
        .collect();
    let (gift, mut locked) = locked(tx, id, &states).await?;
    if !any {
        own(&gift, actor)?;
    }
    let back = match gift.spent_cents {
        Some(spent) => Accounts::spend(0, -spent),
        None => Accounts::reserve(-gift.amount_cents),
    };
    let mut entry = booking(EntryKind::Cancellation, back, &gift, actor);
    entry.note = note;
    locked.book(tx, entry).await?;
    change(
        tx,
        id,
        vec![(gift::Column::Status, Expr::value(GiftStatus::Cancelled))],
    )
    .await
}
