//! Receipts: what was paid, with the proof of it.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use tenants::{TenantTx, secret, staff::StaffMember};

use super::{
    Accounts, EntryKind, Gift, GiftId, GiftStatus, Receipt, ReceiptId, amount,
    entity::{gift, gift_receipt},
    follow::{booking, change, locked_known, own},
    judge::may_cost,
    ledger::Locked,
    lists::gift,
    standing::look_again,
};
use crate::{
    Code, Error, FieldErrors,
    files::{self, FileStore},
    text,
};

/// Largest receipt, in bytes.
pub const RECEIPT_MAX: usize = 10 * 1024 * 1024;

/// The receipts of an attention, newest first.
pub async fn receipts(tx: &TenantTx, gift: GiftId) -> Result<Vec<Receipt>, Error> {
    Ok(tx
        .find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::GiftId.eq(gift))
        .order_by_desc(gift_receipt::Column::Id)
        .all(tx)
        .await?)
}

/// The other attentions for which exactly the same file was handed in as for these, by attention, oldest first. That may be right, when one
/// receipt lists several; whoever checks should know it. Two statements.
pub async fn same_receipt(
    tx: &TenantTx,
    gifts: &[GiftId],
) -> Result<HashMap<GiftId, Vec<Gift>>, Error> {
    if gifts.is_empty() {
        return Ok(HashMap::new());
    }
    let hashes = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        .column(gift_receipt::Column::ContentHash)
        .filter(gift_receipt::Column::GiftId.is_in(gifts.iter().copied()))
        .into_query();
    let handed_in: Vec<(GiftId, String)> = tx
        .find::<gift_receipt::Entity>()
        .select_only()
        .column(gift_receipt::Column::GiftId)
        .column(gift_receipt::Column::ContentHash)
        .filter(gift_receipt::Column::ContentHash.in_subquery(hashes))
        .into_tuple()
        .all(tx)
        .await?;
    let mut by_hash: HashMap<&str, BTreeSet<GiftId>> = HashMap::new();
    for (gift, hash) in &handed_in {
        by_hash.entry(hash).or_default().insert(*gift);
    }
    by_hash.retain(|_, gifts| gifts.len() > 1);
    let ids: BTreeSet<GiftId> = by_hash.values().flatten().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known = tx
        .find::<gift::Entity>()
        .filter(gift::Column::Id.is_in(ids))
        .order_by_asc(gift::Column::Id)
        .all(tx)
        .await?;
    let others = |gift: GiftId| {
        let same = |other: &&Gift| {
            other.id != gift
                && by_hash
                    .values()
                    .any(|gifts| gifts.contains(&gift) && gifts.contains(&other.id))
        };
        known.iter().filter(same).cloned().collect::<Vec<_>>()
    };
    Ok(gifts
        .iter()
        .map(|gift| (*gift, others(*gift)))
        .filter(|(_, others)| !others.is_empty())
        .collect())
}

/// One receipt.
pub async fn receipt(tx: &TenantTx, id: ReceiptId) -> Result<Receipt, Error> {
    tx.find::<gift_receipt::Entity>()
        .filter(gift_receipt::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
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
/// The bytes are written before the budget is locked, and thrown away again when the payment is refused.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::ReceiptShort`] with the most there is for it, when it cost more than is left; [`Code::ReceiptOverEyes`], or the [`Code`] of the cap, when it
/// cost more than was set apart and than the rules allow; [`Code::GiftNotNow`]; [`Error::NotFound`].
pub async fn keep_receipt(
    tx: &TenantTx,
    file_store: &FileStore,
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
    let bytes = files::content::clean(kind, &new.bytes)
        .map_err(|_| Error::invalid("file", "receipt_broken"))?
        .bytes;
    let waiting = gift(tx, id).await?;
    own(&waiting, actor)?;
    if !waiting.awaits_receipt() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    let place = FileStore::place(tx.tenant())?;
    let receipt = Receipt {
        tenant_id: tx.tenant(),
        id: tx.new_id(),
        gift_id: id,
        place,
        name: text::clean_line(&new.name).chars().take(120).collect(),
        media_type: files::content::media_type(kind).to_owned(),
        bytes: i64::try_from(bytes.len()).map_err(Error::bug)?,
        content_hash: secret::hash_bytes(&bytes),
        amount_cents: new.amount_cents,
        staff_id: actor.id,
        at: tx.now(),
    };
    file_store
        .put(&receipt.place, bytes)
        .await
        .map_err(Error::bug)?;
    if let Err(refused) = pay(tx, &receipt, &waiting, actor).await {
        // Best effort: what cannot be thrown away either is told in the log, and nothing points to it.
        if let Err(error) = file_store.discard(&receipt.place).await {
            tracing::warn!(place = receipt.place, %error, "the bytes of a refused receipt could not be thrown away");
        }
        return Err(refused);
    }
    Ok(receipt)
}

/// Stands in line for a receipt of more than was set apart, as giving does, and lets the rules look once more: or a gift of a cent would be
/// a way around every cap.
async fn dearer(tx: &TenantTx, receipt: &Receipt, waiting: &Gift) -> Result<(Gift, Locked), Error> {
    let (gift, ground, standing) = look_again(tx, waiting).await?;
    if !gift.awaits_receipt() {
        return Err(Error::refused(Code::GiftNotNow));
    }
    may_cost(receipt.amount_cents, &gift, &ground, &standing)?;
    Ok((gift, Locked::new(ground.budget, standing.head)))
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
        &gift,
        actor,
    );
    entry.receipt = Some(receipt.id);
    entry.evidence.clone_from(&receipt.content_hash);
    let most = locked.balance.available + gift.set_apart_cents();
    locked
        .book(tx, entry)
        .await
        .map_err(|error| match error.code() {
            Code::BudgetShort => {
                Error::refused_because(Code::ReceiptShort, "cents", most.to_string())
            }
            _ => error,
        })?;
    change(
        tx,
        gift.id,
        vec![
            (gift::Column::Status, Expr::value(GiftStatus::Settled)),
            (gift::Column::SpentCents, Expr::value(receipt.amount_cents)),
        ],
    )
    .await?;
    Ok(())
}
