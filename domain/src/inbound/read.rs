//! A mail that is kept is read, and goes where it belongs.

use std::time::Duration;

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{Tenant, TenantId, TenantTx};

use super::{
    InboundMailId, InboundReason, InboundState,
    entity::{Column, Entity},
    message::{self, Incoming, Nature},
    settle::{self, Place},
};
use crate::{
    Error,
    cases::{self, Case, CaseId},
    files::{FileContext, FileStoreError},
    jobs::{Failure, Job, JobKind, Queue},
    mail::{self, MESSAGE_ID_HOST, MailContext, WrittenTo},
};

/// Longest that reading one mail may take. One that takes longer is put before a person.
const READING_MAX: Duration = Duration::from_secs(20);

/// What reading mails needs.
#[derive(Clone)]
pub struct InboundContext {
    /// The store of files.
    pub files: FileContext,
    /// The municipalities, and the addresses for answers.
    pub mail: MailContext,
}

/// Reads one mail that is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadInbound {
    /// Which one.
    pub mail: InboundMailId,
}

/// The bytes of a mail; nothing when they are gone.
pub(super) async fn bytes(
    context: &InboundContext,
    place: Option<&str>,
) -> Result<Option<Vec<u8>>, Failure> {
    let Some(place) = place else { return Ok(None) };
    match context.files.store.get(place).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileStoreError::Missing) => Ok(None),
        Err(error) => Err(Failure::Retry(error.to_string())),
    }
}

/// Reads beside the threads that answer requests. A mail on which the reader stops or stays is one that cannot be read.
pub(super) async fn read_apart<T: Send + 'static>(
    bytes: Vec<u8>,
    reader: impl FnOnce(Vec<u8>) -> T + Send + 'static,
) -> Option<T> {
    let reading = tokio::task::spawn_blocking(move || reader(bytes));
    tokio::time::timeout(READING_MAX, reading).await.ok()?.ok()
}

impl Job for ReadInbound {
    const KIND: JobKind = JobKind::ReadInbound;
    const QUEUE: Queue = Queue::Files;
    type Context = InboundContext;

    async fn run(&self, owner: TenantId, context: &InboundContext) -> Result<(), Failure> {
        let tx = context.mail.db.read(owner).await?;
        let row = tx
            .find::<Entity>()
            .filter(Column::Id.eq(self.mail))
            .filter(Column::State.eq(InboundState::Stored))
            .one(&tx)
            .await
            .map_err(Error::from)?;
        drop(tx);
        let Some(row) = row else { return Ok(()) };
        let tenant = (context.mail.directory.by_id(owner).await?)
            .ok_or_else(|| Failure::GiveUp("its municipality is gone".to_owned()))?;
        let incoming = match bytes(context, row.place.as_deref()).await? {
            Some(bytes) => read_apart(bytes, |bytes| message::read(&bytes))
                .await
                .flatten(),
            None => None,
        };
        let tx = context.mail.db.write(owner).await?;
        let Some(incoming) = incoming else {
            given_up(&tx, self.mail).await?;
            tx.commit().await?;
            return Ok(());
        };
        let place = belongs(&tx, context, &tenant, &incoming).await?;
        settle::settle(&tx, self.mail, incoming, place).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Puts a mail before a person that could not be read.
pub(crate) async fn given_up(tx: &TenantTx, mail: InboundMailId) -> Result<(), Error> {
    tx.update::<Entity>()
        .col_expr(Column::State, Expr::value(InboundState::Waiting))
        .col_expr(Column::Reason, Expr::value(InboundReason::Unreadable))
        .filter(Column::Id.eq(mail))
        .filter(Column::State.eq(InboundState::Stored))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether it is a mail of our own that came back by some way: nothing follows from it.
fn is_own(context: &InboundContext, tenant: &Tenant, incoming: &Incoming) -> bool {
    let replies = context.mail.mailer.replies();
    let is_reply_address =
        replies.is_some_and(|replies| replies.verify(tenant, &incoming.from) != WrittenTo::Other);
    let own_id = incoming.message_id.rsplit_once('@');
    context.mail.mailer.is_own(&incoming.from)
        || is_reply_address
        || own_id.is_some_and(|(_, host)| host.eq_ignore_ascii_case(MESSAGE_ID_HOST))
}

/// Where a mail belongs: to the message whose reply address it was sent to. Subjects and Message-IDs prove nothing.
async fn belongs(
    tx: &TenantTx,
    context: &InboundContext,
    tenant: &Tenant,
    incoming: &Incoming,
) -> Result<Place, Error> {
    let mut forged = false;
    let mut found: Option<(mail::Answered, Case)> = None;
    let mut gone = false;
    for address in &incoming.recipients {
        let replies = context.mail.mailer.replies();
        match replies.map(|replies| replies.verify(tenant, address)) {
            Some(WrittenTo::Ours(token)) => match mail::answered(tx, &token).await? {
                Some(answered) => {
                    let case = cases::get(tx, CaseId(answered.about)).await?;
                    gone = case.erased_at.is_some();
                    found = Some((answered, case));
                    break;
                }
                None => gone = true,
            },
            Some(WrittenTo::Forged) => forged = true,
            Some(WrittenTo::Other) | None => {}
        }
    }
    let found = found.filter(|_| !gone);
    if is_own(context, tenant, incoming) {
        return Ok(Place::Automatic(None));
    }
    match (&incoming.nature, found) {
        (Nature::Bounce(status), Some((answered, case))) => {
            Ok(Place::Bounce(answered, Box::new(case), status.clone()))
        }
        (Nature::Bounce(_), None) => Ok(Place::Automatic(None)),
        (Nature::Automatic, found) => Ok(Place::Automatic(
            found.map(|(answered, case)| (answered, Box::new(case))),
        )),
        (Nature::Personal, Some((answered, case))) => {
            if settle::joined_today(tx, case.id).await? >= super::JOINED_A_DAY {
                return Ok(Place::Full(Box::new(case)));
            }
            Ok(Place::Joins(answered, Box::new(case)))
        }
        (Nature::Personal, None) => Ok(Place::Nowhere(if gone {
            InboundReason::Gone
        } else if forged {
            InboundReason::Forged
        } else {
            InboundReason::NoAddress
        })),
    }
}
