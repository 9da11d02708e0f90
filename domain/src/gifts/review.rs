//! Whose approval or check a gift waits for.

use tenants::{StaffId, staff::StaffMember};

use super::may_hold;
use crate::gift_ledger::{Gift, GiftStatus};

/// What a second person is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewKind {
    /// To agree.
    Approval,
    /// To look at the receipt.
    Check,
}

/// What a gift asks a second person for, and who of the colleagues can do it now: nobody, when everybody who might took part in
/// it already. Nothing when it asks for nothing. `corrector` is who put the amount right last.
#[must_use]
pub fn eligible_reviewers<'a>(
    gift: &Gift,
    corrector: Option<StaffId>,
    staff: &'a [StaffMember],
) -> Option<(ReviewKind, Vec<&'a StaffMember>)> {
    let kind = match gift.status {
        GiftStatus::Requested => ReviewKind::Approval,
        GiftStatus::Settled if gift.checker_id.is_none() => ReviewKind::Check,
        _ => return None,
    };
    let reviewers = staff
        .iter()
        .filter(|member| may_hold(member) && !gift.took_part(member.id, corrector))
        .collect();
    Some((kind, reviewers))
}
