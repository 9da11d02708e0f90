//! Confirming that a message was received (Awb art. 9:6: in writing).
//!
//! A mail confirms when the mail server has taken it, not when it is written: since the Wet modernisering elektronisch bestuurlijk verkeer
//! (Awb afd. 2.3) the municipality has to prove when it sent something. The page with the receipt shows the same text, but nobody can
//! prove that it was seen, and reading a page changes nothing here; so whoever leaves no mail address gets a letter, and staff say when.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{TenantId, TenantTx};

use crate::{
    Error, cases, clocks,
    jobs::{self, Failure, Job},
    mail::{self, MailContext, MailId},
    submissions::{SubmissionId, entity as submission},
};

/// Notes that the confirmation of a message has left, and stops the clock that waited for it. A message that waits in quarantine has no
/// clock yet; the instant is kept for when it gets one.
async fn confirmed(tx: &TenantTx, id: SubmissionId, at: DateTime<Utc>) -> Result<(), Error> {
    tx.update::<submission::Entity>()
        .col_expr(submission::Column::ConfirmedAt, Expr::value(at))
        .filter(submission::Column::Id.eq(id))
        .filter(submission::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    if let Some(case) = cases::by_submission(tx, id).await? {
        clocks::stop_acknowledgement(tx, case.id, at).await?;
    }
    Ok(())
}

/// Mails a receipt and notes that it confirmed its message.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendReceipt {
    /// The mail.
    pub mail: MailId,
    /// The message that it confirms.
    pub submission: SubmissionId,
}

impl Job for SendReceipt {
    const KIND: &'static str = "intake.receipt";
    type Context = MailContext;

    async fn run(&self, owner: TenantId, context: &MailContext) -> Result<(), Failure> {
        let Some(at) = mail::send(owner, self.mail, context).await? else {
            return Ok(());
        };
        jobs::retry_database(|| async {
            let tx = context.db.write(owner).await?;
            confirmed(&tx, self.submission, at).await?;
            tx.commit().await.map_err(Error::from)
        })
        .await?;
        Ok(())
    }
}
