//! What is agreed with a resident outside of a conversation that is being written down.

use tenants::{TenantTx, staff::StaffMember};

use super::actions::require_owner_or_lead;
use crate::{
    Error, FieldErrors,
    cases::{self, CaseId},
    clocks::{self, AgreementRequest, ClockId},
};

/// Keeps an agreement of an open case, which gets a clock of its own.
///
/// # Errors
/// [`Error::Invalid`]; [`crate::Code::CaseNotYours`], [`crate::Code::CaseClosed`], [`crate::Code::CaseMerged`], [`Error::NotFound`].
pub async fn agree(
    tx: &TenantTx,
    case: CaseId,
    actor: &StaffMember,
    request: &AgreementRequest,
) -> Result<ClockId, Error> {
    cases::refuse_trial(&require_owner_or_lead(tx, case, actor).await?)?;
    let mut errors = FieldErrors::default();
    let agreement = request.parse(tx, &mut errors, "").await?;
    errors.into_result()?;
    let agreement = agreement.ok_or_else(|| Error::invalid("until", "not_a_date"))?;
    clocks::agree(tx, case, actor.id, agreement).await
}
