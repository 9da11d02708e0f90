//! Confirming that a message was received (Awb art. 9:6: in writing).
//!
//! A mail confirms when the mail server has taken it, not when it is written: since the Wet modernisering elektronisch bestuurlijk verkeer
//! (Awb afd. 2.3) the municipality has to prove when it sent something. The page with the receipt shows the same text, but nobody can
//! prove that it was seen, and reading a page changes nothing here; so whoever leaves no mail address gets a letter, and staff say when.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::TenantTx;

use crate::{
    Error, cases, clocks,
    submissions::{SubmissionId, entity as submission},
};

/// Notes that the confirmation of a message has left, and stops the clock that waited for it. A message that waits in quarantine has no
/// clock yet; the instant is kept for when it gets one.
pub(crate) async fn confirmed(
    tx: &TenantTx,
    id: SubmissionId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.update::<submission::Entity>()
        .col_expr(submission::Column::ConfirmedAt, Expr::value(at))
        .filter(submission::Column::Id.eq(id))
        .filter(submission::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    if let Some(case) = cases::by_submission(tx, id).await? {
        clocks::acknowledged(tx, case.id, at).await?;
    }
    Ok(())
}
