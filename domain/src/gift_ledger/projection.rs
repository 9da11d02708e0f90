//! What the entries of a chain tell, one by one: what the proof holds the rows against.

use chrono::{DateTime, Utc};
use tenants::StaffId;

use super::{Accounts, Entry, EntryKind, GiftStatus, Receipt};

/// What the entries tell of one gift.
#[derive(Default)]
pub(crate) struct GiftState {
    pub at: i64,
    pub status: Option<GiftStatus>,
    pub facts: Option<String>,
    /// What an approval vouches for; empty when it moved nothing.
    pub moved_due: String,
    pub approver: Option<StaffId>,
    pub checker: Option<StaffId>,
    /// Who put the amount right last.
    pub corrector: Option<StaffId>,
    pub handed_over: Option<DateTime<Utc>>,
    /// What was set apart for it, in cents.
    pub reserved: i64,
    pub spent: Option<i64>,
    pub forgotten: bool,
}

impl GiftState {
    pub fn apply(&mut self, entry: &Entry) {
        self.at = entry.sequence;
        let paid = Some(self.spent.unwrap_or_default() + entry.spent_cents);
        match entry.kind {
            EntryKind::Reservation => {
                self.status = Some(GiftStatus::Ordered);
                self.reserved = entry.reserved_cents;
                self.facts = Some(entry.evidence.clone());
            }
            EntryKind::Approval => {
                self.approver = entry.actor_id;
                self.moved_due.clone_from(&entry.evidence);
            }
            EntryKind::Refusal => {
                self.status = Some(GiftStatus::Declined);
                self.approver = entry.actor_id;
            }
            EntryKind::HandOver => {
                self.handed_over = Some(entry.at);
                // What was paid, or released, before the resident had it stays so.
                if self.status == Some(GiftStatus::Ordered) {
                    self.status = Some(GiftStatus::HandedOver);
                }
            }
            EntryKind::Spending => {
                self.status = Some(GiftStatus::Settled);
                self.spent = paid;
            }
            // Another amount is another thing to check.
            EntryKind::Correction => {
                self.spent = paid;
                self.checker = None;
                self.corrector = entry.actor_id;
            }
            EntryKind::ReceiptCheck => self.checker = entry.actor_id,
            EntryKind::Cancellation => self.status = Some(GiftStatus::Cancelled),
            EntryKind::Release => self.status = Some(GiftStatus::Released),
            EntryKind::Lapse => self.status = Some(GiftStatus::Lapsed),
            EntryKind::Forgetting => {
                self.facts = Some(entry.evidence.clone());
                self.forgotten = true;
            }
            EntryKind::Allocation
            | EntryKind::TransferIn
            | EntryKind::TransferOut
            | EntryKind::Closing => {}
        }
    }
}

/// Whether an entry is about a gift when its kind is, and moves money only when its kind does.
pub(crate) fn is_whole(entry: &Entry) -> bool {
    let moves_nothing = entry.change() == Accounts::default();
    match entry.kind {
        EntryKind::Allocation | EntryKind::TransferIn | EntryKind::TransferOut => {
            entry.gift_id.is_none()
        }
        EntryKind::Closing => entry.gift_id.is_none() && moves_nothing,
        EntryKind::Approval
        | EntryKind::HandOver
        | EntryKind::ReceiptCheck
        | EntryKind::Forgetting => entry.gift_id.is_some() && moves_nothing,
        EntryKind::Reservation
        | EntryKind::Refusal
        | EntryKind::Spending
        | EntryKind::Correction
        | EntryKind::Cancellation
        | EntryKind::Release
        | EntryKind::Lapse => entry.gift_id.is_some(),
    }
}

/// Whether a receipt is the one that the entry books.
pub(crate) fn is_booked_by(receipt: &Receipt, entry: &Entry) -> bool {
    receipt.content_hash == entry.evidence
        && receipt.amount_cents == entry.spent_cents
        && Some(receipt.gift_id) == entry.gift_id
        && Some(receipt.staff_id) == entry.actor_id
        && receipt.at == entry.at
}
