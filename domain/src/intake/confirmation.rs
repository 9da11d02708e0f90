//! Confirming that a message was received (Awb art. 9:6: in writing).
//!
//! A mail confirms when the mail server has taken it, not when it is written: since the Wet modernisering elektronisch bestuurlijk verkeer
//! (Awb afd. 2.3) the municipality has to prove when it sent something. The page with the receipt shows the same text, but nobody can
//! prove that it was seen, and reading a page changes nothing here; so whoever leaves no mail address gets a letter, and staff say when.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Tenant, TenantId, TenantTx, text_enum};

use super::receipt::promise_sentence;
use crate::{
    Error,
    cases::{self, Case, EventKind},
    clocks,
    jobs::{self, Failure, Job, JobKind, Persist, Queue},
    mail::{self, MailContext, MailId},
    submissions::{SubmissionId, entity as submission},
};

/// Notes that the confirmation of a message has left, and stops the clock that waited for it.
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

/// Most receipts that one mailbox gets in a day. Whoever types a stranger's address a hundred times fills no mailbox.
pub const RECEIPTS_A_DAY: u64 = 5;
/// Most receipts that a municipality mails in an hour. Whoever types a hundred strangers' addresses makes nobody's mail server distrust it.
pub const RECEIPTS_AN_HOUR: u64 = 500;
const RECEIPT_MAIL: &str = "intake.receipt";

text_enum! {
    /// Which limit keeps a receipt from being mailed.
    ReceiptLimit {
        /// Of the mailbox that would get it.
        Mailbox = "mailbox",
        /// Of the network address that the message came from.
        Sender = "sender",
        /// Of the municipality.
        Municipality = "municipality",
    }
}

/// The limit that a receipt to `recipient` would exceed, if there is one.
pub(super) async fn receipt_limit(
    tx: &TenantTx,
    recipient: &str,
    sender_exceeded: bool,
) -> Result<Option<ReceiptLimit>, Error> {
    if sender_exceeded {
        return Ok(Some(ReceiptLimit::Sender));
    }
    let day = tx.now() - TimeDelta::days(1);
    let hour = tx.now() - TimeDelta::hours(1);
    let (to_mailbox, to_all) =
        mail::written_lately(tx, RECEIPT_MAIL, (recipient, day), hour).await?;
    if to_mailbox >= RECEIPTS_A_DAY {
        return Ok(Some(ReceiptLimit::Mailbox));
    }
    if to_all >= RECEIPTS_AN_HOUR {
        return Ok(Some(ReceiptLimit::Municipality));
    }
    Ok(None)
}

/// Mails the receipt of a message that became a case; at a limit the case says that it was not mailed, so that staff confirm another way.
pub(super) async fn mail_receipt(
    tx: &TenantTx,
    tenant: &Tenant,
    case: &Case,
    recipient: &str,
    limit: Option<ReceiptLimit>,
) -> Result<(), Error> {
    if let Some(limit) = limit {
        tracing::warn!(tenant = tenant.slug, %limit, "a receipt is not mailed: too many were");
        let details = json!({ "limit": limit });
        return cases::record_event(tx, case.id, EventKind::MailHeld, None, details).await;
    }
    let language = cases::language(case);
    let received_and_due = (case.received_at, case.due_at);
    let promise = promise_sentence(case.preference, received_and_due, language, tenant.zone);
    let new = mail::NewMail {
        kind: RECEIPT_MAIL,
        recipient,
        about: Some(case.id.0),
        language,
        text: "mail-receipt",
        values: &[
            ("municipality", &tenant.name),
            ("reference", &case.reference),
            ("promise", &promise),
        ],
    };
    let receipt = SendReceipt {
        mail: mail::write(tx, new, Some(&tenant.texts)).await?,
        submission: case.submission_id,
    };
    jobs::enqueue(tx, &receipt).await
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
    const KIND: JobKind = JobKind::SendReceipt;
    const QUEUE: Queue = Queue::Mail;
    type Context = MailContext;

    async fn run(&self, owner: TenantId, context: &MailContext) -> Result<(), Failure> {
        let Some(at) = mail::send(owner, self.mail, context).await? else {
            return Ok(());
        };
        jobs::retry_database(Persist::Outages, || async {
            let tx = context.db.write(owner).await?;
            confirmed(&tx, self.submission, at).await?;
            tx.commit().await.map_err(Error::from)
        })
        .await?;
        Ok(())
    }
}
