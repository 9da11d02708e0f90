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
use tenants::{Db, Tenant, TenantDirectory, TenantId, TenantTx, tenant_owned, typed_id};

pub use self::transport::{Mailer, SendError, Sender, SentMail};
use crate::{
    Error, Language,
    jobs::{self, Failure, Job},
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
pub struct NewMail<'a> {
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
pub async fn enqueue(tx: &TenantTx, new: NewMail<'_>) -> Result<(), Error> {
    let mail = write(tx, new).await?;
    jobs::enqueue(tx, &SendMail { mail }).await
}

/// Writes a mail in the caller's transaction; the caller sees to a job that sends it with [`send`].
pub(crate) async fn write(tx: &TenantTx, new: NewMail<'_>) -> Result<MailId, Error> {
    let id: MailId = tx.new_id();
    let subject = new.language.text_with(new.text, new.values);
    let body = new
        .language
        .text_with(&format!("{}-body", new.text), new.values);
    tx.insert(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        kind: Set(new.kind.to_owned()),
        recipient: Set(new.recipient.to_owned()),
        subject: Set(subject.lines().collect::<Vec<_>>().join(" ")),
        body: Set(body),
        language: Set(new.language.as_str().to_owned()),
        message_id: Set(format!("{id}@gehoord")),
        created_at: Set(tx.now()),
        sent_at: Set(None),
        refused_at: Set(None),
    })
    .await?;
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

/// What sending a mail needs.
#[derive(Clone)]
pub struct MailContext {
    /// The database.
    pub db: Db,
    /// The municipalities.
    pub directory: TenantDirectory,
    /// The mail server.
    pub mailer: Mailer,
}

/// Sends one mail that was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// Which one.
    pub mail: MailId,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    type Context = MailContext;

    async fn run(&self, owner: TenantId, context: &MailContext) -> Result<(), Failure> {
        send(owner, self.mail, context).await.map(drop)
    }
}

/// Sends a mail that was written, unless that was done before. Gives back when it left, in UTC; nothing when it was erased meanwhile.
pub(crate) async fn send(
    owner: TenantId,
    id: MailId,
    context: &MailContext,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let tx = context.db.read(owner).await?;
    let mail = tx
        .find::<entity::Entity>()
        .filter(entity::Column::Id.eq(id))
        .one(&tx)
        .await
        .map_err(Error::from)?;
    drop(tx);
    let Some(mail) = mail else { return Ok(None) };
    if mail.sent_at.is_some() {
        return Ok(mail.sent_at);
    }
    let tenant = context
        .directory
        .by_id(owner)
        .await?
        .ok_or_else(|| Failure::GiveUp("its municipality is gone".to_owned()))?;
    let result = context.mailer.send(&tenant, &mail).await;
    let now = context.db.now();
    let note = async |column| note(owner, id, context, column, now).await;
    match result {
        Ok(()) => {
            note(entity::Column::SentAt).await?;
            Ok(Some(now))
        }
        Err(SendError::Passing(cause)) => Err(Failure::Retry(cause)),
        Err(SendError::Final(cause)) => {
            note(entity::Column::RefusedAt).await?;
            Err(Failure::GiveUp(cause))
        }
    }
}

async fn note(
    owner: TenantId,
    id: MailId,
    context: &MailContext,
    column: entity::Column,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    // The mail has left: forgetting that would send it again.
    jobs::retry_database(|| async {
        let tx = context.db.write(owner).await?;
        tx.update::<entity::Entity>()
            .col_expr(column, Expr::value(at))
            .filter(entity::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.commit().await.map_err(Error::from)
    })
    .await
}
