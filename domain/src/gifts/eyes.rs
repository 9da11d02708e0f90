//! Whose second pair of eyes an attention waits for.

use tenants::{StaffId, staff::StaffMember};

use super::{Gift, GiftStatus, may_hold};

/// What a second pair of eyes is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To agree.
    Approval,
    /// To look at the receipt.
    Check,
}

/// What an attention asks a second pair of eyes for, and who of the colleagues can do it now: nobody, when everybody who might took part in
/// it already. Nothing when it asks for nothing. `corrector` is who put the amount right last.
#[must_use]
pub fn asked_of<'a>(
    gift: &Gift,
    corrector: Option<StaffId>,
    staff: &'a [StaffMember],
) -> Option<(Asks, Vec<&'a StaffMember>)> {
    let (asks, took_part) = match gift.status {
        GiftStatus::Requested => (Asks::Approval, [Some(gift.giver_id), None, None]),
        GiftStatus::Settled if gift.checker_id.is_none() => (
            Asks::Check,
            [Some(gift.giver_id), gift.approver_id, corrector],
        ),
        _ => return None,
    };
    let others = staff
        .iter()
        .filter(|member| may_hold(member))
        .filter(|member| !took_part.contains(&Some(member.id)))
        .collect();
    Some((asks, others))
}
