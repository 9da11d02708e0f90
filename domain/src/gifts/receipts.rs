//! Receipts: what was paid, with the receipt for it.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use tenants::{TenantTx, secret, staff::StaffMember};

use super::{
    policy::check_receipt_amount,
    rule_inputs::reload_locked,
    transitions::{booking, locked_known, require_giver},
};
use crate::{
    Code, Error,
    cases::Viewer,
    files::FileStore,
    gift_ledger::{
        Accounts, EntryKind, Gift, GiftId, GiftStatus, Receipt, chain::Locked, seen_gift,
    },
    quotas,
};

/// Largest receipt, in bytes.
pub const RECEIPT_MAX: usize = 10 * 1024 * 1024;

/// A receipt to keep.
pub struct NewReceipt {
    /// Name of the file, as it was sent.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// Its bytes, without metadata.
    pub bytes: Vec<u8>,
    /// What was paid, in cents, VAT included.
    pub amount_cents: i64,
}

/// Keeps the receipt and books the payment in the budget the gift was given from, so that a late receipt stands in the right year.
/// The bytes are written before the budget is locked, and deleted again when the payment is refused.
///
/// # Errors
/// [`Code::ReceiptShort`] with the most there is for it, when it cost more than is left; [`Code::ReceiptNeedsApproval`], or the [`Code`] of the cap, when it
/// cost more than was set apart and than the rules allow; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn add_receipt(
    tx: &TenantTx,
    file_store: &FileStore,
    id: GiftId,
    actor: &StaffMember,
    new: NewReceipt,
) -> Result<Receipt, Error> {
    let waiting = seen_gift(tx, Viewer::of(actor), id).await?;
    require_giver(&waiting, actor)?;
    if !waiting.awaits_receipt() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    quotas::require_storage(tx).await?;
    let place = FileStore::place(tx.tenant())?;
    let receipt = Receipt {
        tenant_id: tx.tenant(),
        id: tx.new_id(),
        gift_id: id,
        place,
        name: new.name,
        media_type: new.media_type,
        bytes: i64::try_from(new.bytes.len()).map_err(Error::bug)?,
        content_hash: secret::hash_bytes(&new.bytes),
        amount_cents: new.amount_cents,
        staff_id: actor.id,
        at: tx.now(),
    };
    file_store
        .put(&receipt.place, new.bytes)
        .await
        .map_err(Error::bug)?;
    if let Err(refused) = pay(tx, &receipt, &waiting, actor).await {
        // Best effort: what cannot be deleted either is in the log, and nothing points to it.
        if let Err(error) = file_store.discard(&receipt.place).await {
            tracing::warn!(place = receipt.place, %error, "the bytes of a refused receipt could not be deleted");
        }
        return Err(refused);
    }
    Ok(receipt)
}

/// Takes the locks of giving for a receipt of more than was set apart, and evaluates the rules again: or a gift of a cent would be
/// a way around every cap.
async fn dearer(tx: &TenantTx, receipt: &Receipt, waiting: &Gift) -> Result<(Gift, Locked), Error> {
    let (gift, context, totals) = reload_locked(tx, waiting).await?;
    if !gift.awaits_receipt() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    check_receipt_amount(receipt.amount_cents, &gift, &context, &totals)?;
    Ok((gift, Locked::new(context.budget, totals.head)))
}

/// Books a receipt whose bytes are kept.
async fn pay(
    tx: &TenantTx,
    receipt: &Receipt,
    waiting: &Gift,
    actor: &StaffMember,
) -> Result<(), Error> {
    let (gift, mut locked) = if receipt.amount_cents > waiting.amount_cents {
        dearer(tx, receipt, waiting).await?
    } else {
        locked_known(tx, waiting, &GiftStatus::AWAITS_RECEIPT).await?
    };
    tx.insert_all(vec![receipt.clone().into_active_model().reset_all()])
        .await?;
    let mut entry = booking(
        EntryKind::Spending,
        Accounts::spend(gift.set_apart_cents(), receipt.amount_cents),
        actor,
    );
    entry.receipt = Some(receipt.id);
    entry.evidence = receipt.evidence_hash();
    let most = locked.balance.available + gift.set_apart_cents();
    match locked.book_for(tx, gift, entry).await {
        Err(error) if error.code() == Code::BudgetShort => Err(Error::refused_because(
            Code::ReceiptShort,
            "cents",
            most.to_string(),
        )),
        other => other.map(drop),
    }
}
