//! What somebody decides about a case is decided on what they saw: whatever happened since is shown to them first.

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use tenants::{StaffId, TenantTx};

use super::{Case, CaseId, Event, EventKind, entity::case_file, events};
use crate::{Code, Error};

/// Of what happened to a case, newest first: what somebody does not know who saw the event with the id `seen` as the newest one, without what they
/// did themselves. Of an event that is not of this case nothing was seen.
#[must_use]
pub fn events_since(events: Vec<Event>, seen: &str, reader: StaffId) -> Vec<Event> {
    let unseen = events
        .into_iter()
        .take_while(|event| event.id.to_string() != seen);
    unseen
        .filter(|event| event.actor_id != Some(reader))
        .collect()
}

/// Refuses a change of a case to which something happened that matters since its page was shown to `actor`. `seen` is the id of the newest event
/// on that page. The case stays locked until the change is done.
///
/// # Errors
/// [`Code::CaseChanged`].
pub async fn require_unchanged(
    tx: &TenantTx,
    case: &Case,
    (seen, actor): (&str, StaffId),
    matters: impl Fn(EventKind) -> bool,
) -> Result<(), Error> {
    lock(tx, case.id).await?;
    let since = events_since(events(tx, case.id).await?, seen, actor);
    if since.iter().any(|event| matters(event.kind)) {
        return Err(Error::refused(Code::CaseChanged));
    }
    Ok(())
}

async fn lock(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.find::<case_file::Entity>()
        .filter(case_file::Column::Id.eq(case))
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}
