//! Mails: written once in the transaction of the work they follow from, sent by a job.
//!
//! The row holds the finished text and a Message-ID that never changes, so a mail tried twice is the same mail. Mails to residents hold
//! none of their own words: anybody may type anybody's address into a form.

mod entity;
mod transport;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use tenants::{Tenant, TenantId, TenantTx, tenant_owned, typed_id};

pub use self::transport::{Mailer, SendError, Sender, SentMail};
use crate::{
    Error, Language, intake,
    jobs::{self, Failure, Job, Tools},
    submissions::SubmissionId,
};

typed_id! {
    /// A mail.
    MailId
}

tenant_owned!(entity);

/// Where links in mails lead: scheme and port of the outside, the host comes from the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkBase {
    /// `https` outside of demos.
    pub scheme: String,
    /// Port, when it is not the scheme's own.
    pub port: Option<u16>,
}

impl LinkBase {
    /// The address of `path` at the municipality.
    #[must_use]
    pub fn link(&self, tenant: &Tenant, path: &str) -> String {
        let host = tenant.hosts.first().map_or("localhost", String::as_str);
        match self.port {
            Some(port) => format!("{}://{host}:{port}{path}", self.scheme),
            None => format!("{}://{host}{path}", self.scheme),
        }
    }
}

/// A mail to write.
#[derive(Debug)]
pub struct Draft<'a> {
    /// What it is, for the register of mails.
    pub kind: &'static str,
    /// Address, already parsed by the form or the account.
    pub recipient: &'a str,
    /// Language of its text.
    pub language: Language,
    /// Key of the subject; the body is `<key>-body`.
    pub text: &'static str,
    /// Values for its placeholders. Never a resident's own words.
    pub values: &'a [(&'a str, &'a str)],
}

/// Writes a mail in the caller's transaction and the job that sends it.
pub async fn post(tx: &TenantTx, draft: Draft<'_>) -> Result<MailId, Error> {
    write(tx, draft, None).await
}

/// As [`post`], for the confirmation of a message: that it was received counts as confirmed when the mail has left, not when it is written.
pub(crate) async fn post_confirmation(
    tx: &TenantTx,
    draft: Draft<'_>,
    of: SubmissionId,
) -> Result<MailId, Error> {
    write(tx, draft, Some(of)).await
}

async fn write(
    tx: &TenantTx,
    draft: Draft<'_>,
    confirms: Option<SubmissionId>,
) -> Result<MailId, Error> {
    let id: MailId = tx.new_id();
    let subject = draft.language.text_with(draft.text, draft.values);
    let body = draft
        .language
        .text_with(&format!("{}-body", draft.text), draft.values);
    tx.insert(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        kind: Set(draft.kind.to_owned()),
        recipient: Set(draft.recipient.to_owned()),
        subject: Set(subject.lines().collect::<Vec<_>>().join(" ")),
        body: Set(body),
        language: Set(draft.language.as_str().to_owned()),
        message_id: Set(format!("{id}@gehoord")),
        created_at: Set(tx.now()),
        sent_at: Set(None),
        refused_at: Set(None),
    })
    .await?;
    jobs::enqueue(tx, &SendMail { mail: id, confirms }).await?;
    Ok(id)
}

/// How many mails of a kind were written to an address since `since`, whatever the case of its letters.
pub async fn written_since(
    tx: &TenantTx,
    kind: &str,
    recipient: &str,
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(
            Expr::expr(Func::lower(Expr::col(entity::Column::Recipient)))
                .eq(recipient.to_lowercase()),
        )
        .filter(entity::Column::Kind.eq(kind))
        .filter(entity::Column::CreatedAt.gt(since))
        .count(tx)
        .await?)
}

/// Throws away the mails to somebody about one message, sent or not. The job of one that did not leave yet finds nothing to send.
pub(crate) async fn erase(tx: &TenantTx, recipient: &str, reference: &str) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(
            Expr::expr(Func::lower(Expr::col(entity::Column::Recipient)))
                .eq(recipient.to_lowercase()),
        )
        .filter(entity::Column::Body.contains(reference))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sends one mail that was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// Which one.
    pub mail: MailId,
    /// The message whose receipt it confirms, if that is what it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirms: Option<SubmissionId>,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";

    async fn run(&self, owner: TenantId, tools: &Tools) -> Result<(), Failure> {
        let tx = tools.db.read(owner).await?;
        let mail = tx
            .find::<entity::Entity>()
            .filter(entity::Column::Id.eq(self.mail))
            .one(&tx)
            .await
            .map_err(Error::from)?;
        drop(tx);
        let Some(mail) = mail.filter(|mail| mail.sent_at.is_none()) else {
            return Ok(());
        };
        let tenant = tools
            .directory
            .by_id(owner)
            .await?
            .ok_or_else(|| Failure::GiveUp("its municipality is gone".to_owned()))?;
        let result = tools.mailer.send(&tenant, &mail).await;
        let now = tools.db.now();
        match result {
            Ok(()) => self.note(owner, tools, entity::Column::SentAt, now).await,
            Err(SendError::Passing(cause)) => Err(Failure::Retry(cause)),
            Err(SendError::Final(cause)) => {
                self.note(owner, tools, entity::Column::RefusedAt, now)
                    .await?;
                Err(Failure::GiveUp(cause))
            }
        }
    }
}

impl SendMail {
    async fn note(
        &self,
        owner: TenantId,
        tools: &Tools,
        column: entity::Column,
        at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        // The mail has left: forgetting that would send it again.
        jobs::insist(|| async {
            let tx = tools.db.write(owner).await?;
            tx.update::<entity::Entity>()
                .col_expr(column, Expr::value(at))
                .filter(entity::Column::Id.eq(self.mail))
                .exec(&tx)
                .await?;
            if let (Some(submission), entity::Column::SentAt) = (self.confirms, column) {
                intake::confirmed(&tx, submission, at).await?;
            }
            tx.commit().await.map_err(Error::from)
        })
        .await?;
        Ok(())
    }
}
