//! A mail is kept before anything in it is believed.

use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use serde_json::json;
use tenants::{Db, TenantId, TenantTx, secret};

use super::{
    InboundMailId, InboundReason, InboundSource, InboundState, ReadInbound,
    entity::{ActiveModel, Column, Entity},
};
use crate::{Code, Error, files::FileStore, jobs};

/// A mail that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its id.
    pub id: InboundMailId,
    /// Whether it was there already.
    pub repeated: bool,
}

/// The row of a mail of which nothing is known yet.
pub(super) fn row(
    tx: &TenantTx,
    digest: &str,
    (place, size): (Option<String>, usize),
    source: InboundSource,
) -> ActiveModel {
    ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        digest: Set(digest.to_owned()),
        place: Set(place),
        size: Set(i64::try_from(size).unwrap_or(i64::MAX)),
        source: Set(source),
        state: Set(InboundState::Stored),
        reason: Set(None::<InboundReason>),
        case_id: Set(None),
        mail_id: Set(None),
        from_address: Set(String::new()),
        from_name: Set(String::new()),
        subject: Set(String::new()),
        message_id: Set(String::new()),
        other_sender: Set(false),
        text: Set(String::new()),
        whole: Set(String::new()),
        files: Set(json!([])),
        files_kept_at: Set(None),
        written_at: Set(None),
        received_at: Set(tx.now()),
        decided_by: Set(None),
        decided_at: Set(None),
        note: Set(String::new()),
    }
}

async fn by_digest(tx: &TenantTx, digest: &str) -> Result<Option<Accepted>, Error> {
    let known = tx
        .find::<Entity>()
        .filter(Column::Digest.eq(digest))
        .one(tx)
        .await?;
    Ok(known.map(|mail| Accepted {
        id: mail.id,
        repeated: true,
    }))
}

/// The mail with these bytes, if it is kept already: SHA-256 in hexadecimal.
pub async fn known(db: &Db, owner: TenantId, digest: &str) -> Result<Option<Accepted>, Error> {
    by_digest(&db.read(owner).await?, digest).await
}

/// Keeps a mail of a municipality, and leaves a job that reads it. A mail that is there already changes nothing.
///
/// Its bytes are stored before its row: of a program that stops between the two nothing is known, so whoever brought the mail brings it again.
///
/// # Errors
/// [`Code::Unavailable`] when the store or the database does not answer.
pub async fn accept(
    db: &Db,
    store: &FileStore,
    owner: TenantId,
    source: InboundSource,
    bytes: Vec<u8>,
) -> Result<Accepted, Error> {
    let digest = secret::hash_bytes(&bytes);
    if let Some(known) = known(db, owner, &digest).await? {
        return Ok(known);
    }
    let (place, size) = (FileStore::place(owner)?, bytes.len());
    if let Err(error) = store.put(&place, bytes).await {
        tracing::error!(%error, "a mail that came in could not be kept");
        return Err(Error::refused(Code::Unavailable));
    }
    let tx = db.write(owner).await?;
    let new = row(&tx, &digest, (Some(place.clone()), size), source);
    let inserted = tx.insert(new).await;
    match inserted {
        Ok(mail) => {
            jobs::enqueue(&tx, &ReadInbound { mail: mail.id }).await?;
            tx.commit().await?;
            Ok(Accepted {
                id: mail.id,
                repeated: false,
            })
        }
        Err(error) if error.is_duplicate() => {
            drop(tx);
            // What stays if this fails is swept at night.
            let _ = store.discard(&place).await;
            let known = known(db, owner, &digest).await?;
            known.ok_or_else(|| Error::bug("a mail is there twice and not at all"))
        }
        Err(error) => Err(error.into()),
    }
}
