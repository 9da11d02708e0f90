//! What somebody may do with a gift, as its page offers it: the domain decides once more when it is done.

use domain::gift_ledger::{Gift, GiftStatus};
use tenants::{Grants, Permission, StaffId};

use crate::extract::Staff;

/// What the reader may do with a gift now.
#[derive(Default)]
pub(super) struct AllowedActions {
    pub hand_over: bool,
    pub hand_in: bool,
    pub cancel: bool,
    pub card: bool,
    pub approve: bool,
    pub check: bool,
    pub correct: bool,
    pub reverse: bool,
}

impl AllowedActions {
    /// `corrector` is who put the amount right last.
    pub fn of<P: Grants>(staff: &Staff<P>, gift: &Gift, corrector: Option<StaffId>) -> Self {
        let me = staff.member().id;
        let mine = gift.giver_id == me;
        let manages = staff.may(Permission::ManageGifts) && !mine;
        let is = |states: &[GiftStatus]| states.contains(&gift.status);
        let awaits = gift.awaits_receipt();
        let settled = is(&[GiftStatus::Settled]);
        Self {
            hand_over: mine
                && gift.handed_over_at.is_none()
                && (settled || is(&[GiftStatus::Ordered, GiftStatus::Released])),
            hand_in: mine && awaits,
            cancel: mine && (awaits || is(&[GiftStatus::Requested])),
            card: mine && (awaits || settled),
            approve: manages && is(&[GiftStatus::Requested]),
            check: manages
                && settled
                && gift.checker_id.is_none()
                && !gift.took_part(me, corrector),
            correct: manages && settled,
            reverse: manages && (awaits || settled),
        }
    }
}
