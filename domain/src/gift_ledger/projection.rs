//! What entries change in the row of a gift. The row is written by applying the entry that was booked, and verified by applying all entries
//! of the chain again.

use chrono::{DateTime, Utc};
use tenants::StaffId;

use super::{Accounts, Entry, EntryKind, Gift, GiftStatus, Receipt};

/// The columns of a gift that only entries change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GiftState {
    /// Nothing before the first entry.
    pub status: Option<GiftStatus>,
    /// What was set apart for it, in cents.
    pub amount_cents: i64,
    pub spent_cents: Option<i64>,
    pub approver_id: Option<StaffId>,
    pub checker_id: Option<StaffId>,
    pub handed_over_at: Option<DateTime<Utc>>,
}

impl GiftState {
    pub fn of(gift: &Gift) -> Self {
        Self {
            status: Some(gift.status),
            amount_cents: gift.amount_cents,
            spent_cents: gift.spent_cents,
            approver_id: gift.approver_id,
            checker_id: gift.checker_id,
            handed_over_at: gift.handed_over_at,
        }
    }

    /// What `entry` makes of it.
    pub fn apply(&mut self, entry: &Entry) {
        let paid = Some(self.spent_cents.unwrap_or_default() + entry.spent_cents);
        match entry.kind {
            EntryKind::Reservation => {
                self.status = Some(GiftStatus::Ordered);
                self.amount_cents = entry.reserved_cents;
            }
            EntryKind::Approval => {
                self.status = Some(GiftStatus::Ordered);
                self.approver_id = entry.actor_id;
            }
            EntryKind::Refusal => {
                self.status = Some(GiftStatus::Declined);
                self.approver_id = entry.actor_id;
            }
            EntryKind::HandOver => {
                self.handed_over_at = Some(entry.at);
                // What was paid, or released, before the resident had it stays so.
                if self.status == Some(GiftStatus::Ordered) {
                    self.status = Some(GiftStatus::HandedOver);
                }
            }
            EntryKind::Spending => {
                self.status = Some(GiftStatus::Settled);
                self.spent_cents = paid;
            }
            // Another amount is another thing to check.
            EntryKind::Correction => {
                self.spent_cents = paid;
                self.checker_id = None;
            }
            EntryKind::ReceiptCheck => self.checker_id = entry.actor_id,
            EntryKind::Cancellation => self.status = Some(GiftStatus::Cancelled),
            EntryKind::Release => self.status = Some(GiftStatus::Released),
            EntryKind::Lapse => self.status = Some(GiftStatus::Lapsed),
            EntryKind::Forgetting
            | EntryKind::Allocation
            | EntryKind::TransferIn
            | EntryKind::TransferOut
            | EntryKind::Closing => {}
        }
    }

    /// The gift in this state.
    pub fn write_to(self, gift: &mut Gift) {
        gift.status = self.status.unwrap_or(gift.status);
        gift.amount_cents = self.amount_cents;
        gift.spent_cents = self.spent_cents;
        gift.approver_id = self.approver_id;
        gift.checker_id = self.checker_id;
        gift.handed_over_at = self.handed_over_at;
    }
}

/// Everything that the entries of a chain say of one gift.
#[derive(Default)]
pub(super) struct GiftHistory {
    /// Number of the newest entry.
    pub at: i64,
    pub state: GiftState,
    /// Hash of what the reservation, or the entry about the forgetting, vouches for.
    pub facts: Option<String>,
    /// Hash of what the approval vouches for; empty when it moved nothing.
    pub moved_due: String,
    /// Who put the amount right last.
    pub corrector: Option<StaffId>,
    pub forgotten: bool,
}

impl GiftHistory {
    pub fn visit(&mut self, entry: &Entry) {
        self.at = entry.sequence;
        self.state.apply(entry);
        match entry.kind {
            EntryKind::Reservation => self.facts = Some(entry.evidence.clone()),
            EntryKind::Approval => self.moved_due.clone_from(&entry.evidence),
            EntryKind::Correction => self.corrector = entry.actor_id,
            EntryKind::Forgetting => {
                self.facts = Some(entry.evidence.clone());
                self.forgotten = true;
            }
            _ => {}
        }
    }
}

/// Whether an entry is about a gift when its kind is, and moves money only when its kind does.
pub(super) fn is_whole(entry: &Entry) -> bool {
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
pub(super) fn is_booked_by(receipt: &Receipt, entry: &Entry) -> bool {
    receipt.content_hash == entry.evidence
        && receipt.amount_cents == entry.spent_cents
        && Some(receipt.gift_id) == entry.gift_id
        && Some(receipt.staff_id) == entry.actor_id
        && receipt.at == entry.at
}
