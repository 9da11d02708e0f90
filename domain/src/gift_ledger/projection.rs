//! What entries change in the row of a gift. The row is written by applying the entry that was booked, and verified by applying all entries
//! of the chain again.

use tenants::StaffId;

use super::{Accounts, Entry, EntryKind, Gift, GiftStatus, Receipt};

impl Gift {
    /// This gift as it was before its first entry, in every column that only entries change.
    pub(super) fn before_entries(&self) -> Self {
        Self {
            status: GiftStatus::Requested,
            amount_cents: 0,
            spent_cents: None,
            approver_id: None,
            checker_id: None,
            handed_over_at: None,
            ..self.clone()
        }
    }

    /// Changes it as `entry` says: the only writer of its status, its amounts and who approved and checked it.
    pub(super) fn apply(&mut self, entry: &Entry) {
        match entry.kind {
            EntryKind::Reservation => {
                self.status = self.first_status();
                self.amount_cents = entry.reserved_cents;
            }
            EntryKind::Approval => {
                self.status = GiftStatus::Ordered;
                self.approver_id = entry.actor_id;
            }
            EntryKind::Refusal => {
                self.status = GiftStatus::Declined;
                self.approver_id = entry.actor_id;
            }
            EntryKind::HandOver => {
                self.handed_over_at = Some(entry.at);
                // What was paid, or released, before the resident had it stays so. A gift without the approval it needed is handed over as
                // well: the verification reports that.
                if [GiftStatus::Requested, GiftStatus::Ordered].contains(&self.status) {
                    self.status = GiftStatus::HandedOver;
                }
            }
            EntryKind::Spending => {
                self.status = GiftStatus::Settled;
                self.spent_cents = Some(self.spent_cents.unwrap_or_default() + entry.spent_cents);
            }
            // Another amount is another thing to check.
            EntryKind::Correction => {
                self.spent_cents = Some(self.spent_cents.unwrap_or_default() + entry.spent_cents);
                self.checker_id = None;
            }
            EntryKind::ReceiptCheck => self.checker_id = entry.actor_id,
            EntryKind::Cancellation => self.status = GiftStatus::Cancelled,
            EntryKind::Release => self.status = GiftStatus::Released,
            EntryKind::Lapse => self.status = GiftStatus::Lapsed,
            EntryKind::Forgetting
            | EntryKind::Allocation
            | EntryKind::TransferIn
            | EntryKind::TransferOut
            | EntryKind::Closing => {}
        }
    }

    /// What it is once its money is set apart: it waits when the rules asked for approval by a second person.
    pub(crate) fn first_status(&self) -> GiftStatus {
        if self.needed().next().is_some() {
            GiftStatus::Requested
        } else {
            GiftStatus::Ordered
        }
    }
}

/// What the entries of a chain say of one gift.
pub(super) struct GiftHistory {
    /// The gift as its entries make it.
    pub gift: Gift,
    /// Number of the newest entry.
    pub at: i64,
    /// Hash of what the reservation, or the entry about the forgetting, vouches for.
    pub facts: Option<String>,
    /// Hash of what the approval vouches for; empty when it moved nothing.
    pub moved_due: String,
    /// Who put the amount right last.
    pub corrector: Option<StaffId>,
    pub forgotten: bool,
}

impl GiftHistory {
    pub fn new(gift: &Gift) -> Self {
        Self {
            gift: gift.before_entries(),
            at: 0,
            facts: None,
            moved_due: String::new(),
            corrector: None,
            forgotten: false,
        }
    }

    pub fn visit(&mut self, entry: &Entry) {
        self.at = entry.sequence;
        self.gift.apply(entry);
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
    receipt.evidence_hash() == entry.evidence
        && receipt.amount_cents == entry.spent_cents
        && Some(receipt.gift_id) == entry.gift_id
        && Some(receipt.staff_id) == entry.actor_id
        && receipt.at == entry.at
}
