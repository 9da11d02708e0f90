//! An answer in writing to what a resident wrote.

use chrono::{DateTime, Utc};
use tenants::{StaffId, TenantTx};

use super::{clock::ClockOutcome, clock_store::rows_of, service_rule::ClockKind, stopping::stop};
use crate::{Error, cases::CaseId};

/// Ends the promise to answer what a resident let us know. The promise to call stays: whoever asked for a call was not called.
pub(crate) async fn answered(
    tx: &TenantTx,
    case: CaseId,
    actor: Option<StaffId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    for clock in rows_of(tx, case).await? {
        if clock.kind == ClockKind::NextResponse && clock.stopped_at.is_none() {
            stop(tx, &clock, at, actor, ClockOutcome::Kept).await?;
        }
    }
    Ok(())
}
