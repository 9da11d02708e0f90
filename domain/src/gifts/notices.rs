//! Who hears that a gift waits for approval, and what became of it.

use tenants::{Role, StaffId, TenantTx};

use crate::{
    Error,
    gift_ledger::{Gift, GiftStatus},
    inbox::{self, NoticeKind, Subject, Whom},
};

fn path(gift: &Gift) -> String {
    format!("/attenties/{}", gift.id)
}

/// Tells whoever answers for the budget that a gift waits for approval, if it does; all budget holders, when nobody does or the giver is the
/// one.
pub(super) async fn waits(
    tx: &TenantTx,
    gift: &Gift,
    holder: Option<StaffId>,
) -> Result<(), Error> {
    if gift.status != GiftStatus::Requested {
        return Ok(());
    }
    let whom = match holder.filter(|holder| *holder != gift.giver_id) {
        Some(holder) => Whom::Staff(holder),
        None => Whom::Role(Role::BudgetHolder),
    };
    let subject = Subject::Page(&path(gift), "");
    inbox::notify(
        tx,
        whom,
        NoticeKind::GiftWaits,
        subject,
        Some(gift.giver_id),
    )
    .await
}

/// Tells the giver that a gift was approved, or was not.
pub(super) async fn decided(tx: &TenantTx, gift: &Gift, by: StaffId) -> Result<(), Error> {
    let subject = Subject::Page(&path(gift), "");
    let whom = Whom::Staff(gift.giver_id);
    inbox::notify(tx, whom, NoticeKind::GiftDecided, subject, Some(by)).await
}
