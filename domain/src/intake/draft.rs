//! A form somebody is filling in.
//!
//! A draft belongs to its beginning and to its visitor: it is opened by its id, which its pages carry, together with the secret of the visitor,
//! which only a cookie of this host has. So two tabs of one form are two drafts, and nobody can hand a draft of their own to somebody else.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use tenants::{
    TenantTx,
    secret::{self, Sealer},
};

use super::entity::intake_draft::{self, Column};
use crate::{
    Error,
    files::{self, File, FileState},
    forms::{self, FieldType, Form, FormVersionId, Published, RawAnswers},
    submissions::{DraftId, SubmissionId},
};

/// A draft as its holder sees it.
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The version it was begun on; it stays on it.
    pub version: FormVersionId,
    /// What it became, once it was handed in.
    pub submission: Option<SubmissionId>,
    /// Everything that was typed, also what cannot be used, and the ids of its files.
    pub answers: RawAnswers,
    /// Its files.
    pub files: Vec<File>,
    /// How it came to be.
    pub signals: SpamSignals,
    /// Code of the receipt, once it was handed in.
    pub receipt: Option<String>,
    /// When it is deleted, in UTC.
    pub expires_at: DateTime<Utc>,
    /// When it was begun, in UTC.
    pub created_at: DateTime<Utc>,
    sealer: Sealer,
}

/// How a form was filled in: what tells a person from a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpamSignals {
    /// When the empty page was given out, as far as its signature proves; otherwise when the first answers came. In UTC.
    pub begun_at: Option<DateTime<Utc>>,
    /// Hash of the signed time on that page: one page is one message.
    pub page: Option<String>,
    /// Whether the field that nobody sees was filled in.
    pub honeypot_filled: bool,
}

#[derive(Default, Serialize, Deserialize)]
struct Contents {
    answers: RawAnswers,
    #[serde(default)]
    signals: SpamSignals,
    receipt: Option<String>,
}

/// Puts the ids of files that are there in the place of whatever a browser said about them.
pub fn set_file_answers(form: &Form, answers: &mut RawAnswers, files: &[File]) {
    for (_, field) in form
        .fields()
        .filter(|(_, field)| field.r#type == FieldType::Files)
    {
        let ids: Vec<String> = files
            .iter()
            .filter(|file| file.field == field.key && file.state != FileState::Arriving)
            .map(|file| file.id.to_string())
            .collect();
        if ids.is_empty() {
            answers.0.remove(&field.key);
        } else {
            answers.0.insert(field.key.clone(), ids);
        }
    }
}

impl Draft {
    pub(super) fn seal(&self) -> Result<Vec<u8>, Error> {
        let contents = Contents {
            answers: self.answers.clone(),
            signals: self.signals.clone(),
            receipt: self.receipt.clone(),
        };
        let plain = serde_json::to_vec(&contents).map_err(Error::bug)?;
        Ok(self.sealer.seal(&plain)?)
    }
}

/// Begins a draft, which `holder` opens: the secret of the visitor.
pub async fn begin(
    tx: &TenantTx,
    form: &Published,
    answers: RawAnswers,
    signals: SpamSignals,
    holder: &str,
) -> Result<Draft, Error> {
    let life = TimeDelta::hours(
        form.form
            .definition()
            .privacy
            .draft_hours
            .clamp(1, 24 * 7)
            .into(),
    );
    let draft = Draft {
        id: tx.new_id(),
        version: form.version,
        submission: None,
        answers,
        files: Vec::new(),
        signals: SpamSignals {
            begun_at: Some(signals.begun_at.unwrap_or_else(|| tx.now())),
            ..signals
        },
        receipt: None,
        expires_at: tx.now() + life,
        created_at: tx.now(),
        sealer: Sealer::for_code(holder)?,
    };
    tx.insert(intake_draft::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(draft.id),
        form_version_id: Set(form.version),
        secret_hash: Set(secret::hash(holder)),
        sealed: Set(draft.seal()?),
        submission_id: Set(None),
        created_at: Set(tx.now()),
        expires_at: Set(draft.expires_at),
    })
    .await?;
    Ok(draft)
}

/// The draft with an id that `holder` began; nothing when there is none, or no longer.
pub async fn resume(tx: &TenantTx, id: DraftId, holder: &str) -> Result<Option<Draft>, Error> {
    let mut query = tx
        .find::<intake_draft::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::SecretHash.eq(secret::hash(holder)))
        .filter(Column::ExpiresAt.gt(tx.now()));
    if tx.may_change() {
        // Two tabs that send at once: the second adds to what the first one kept.
        query = query.lock_exclusive();
    }
    let row = query.one(tx).await?;
    match row {
        Some(row) => opened(tx, row, holder).await.map(Some),
        None => Ok(None),
    }
}

/// Most drafts of one visitor among which a beginning is looked for.
const BEGINNINGS: u64 = 20;

/// The draft that `holder` began on a page, by the hash of its signed time: the empty page that is sent once more goes on in the draft that it
/// began.
pub async fn begun_on(tx: &TenantTx, page: &str, holder: &str) -> Result<Option<DraftId>, Error> {
    let rows = tx
        .find::<intake_draft::Entity>()
        .filter(Column::SecretHash.eq(secret::hash(holder)))
        .filter(Column::SubmissionId.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .order_by_desc(Column::CreatedAt)
        .limit(BEGINNINGS)
        .all(tx)
        .await?;
    let sealer = Sealer::for_code(holder)?;
    let began = |row: &intake_draft::Model| {
        let contents: Option<Contents> = sealer
            .open(&row.sealed)
            .and_then(|plain| serde_json::from_slice(&plain).ok());
        contents.is_some_and(|contents| contents.signals.page.as_deref() == Some(page))
    };
    Ok(rows.iter().find(|row| began(row)).map(|row| row.id))
}

/// What `holder` began of a form and did not hand in: ids, and when it was begun, newest first.
pub async fn half_filled(
    tx: &TenantTx,
    slug: &str,
    holder: &str,
) -> Result<Vec<(DraftId, DateTime<Utc>)>, Error> {
    let rows = tx
        .find::<intake_draft::Entity>()
        .filter(Column::SecretHash.eq(secret::hash(holder)))
        .filter(Column::SubmissionId.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .order_by_desc(Column::CreatedAt)
        .limit(BEGINNINGS)
        .all(tx)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        // Versions never change and are kept in memory.
        if forms::version(tx, row.form_version_id).await?.slug == slug {
            found.push((row.id, row.created_at));
        }
    }
    Ok(found)
}

/// Throws a draft away that was not handed in; its files end with it.
pub async fn discard(tx: &TenantTx, id: DraftId, holder: &str) -> Result<(), Error> {
    let thrown = tx
        .update::<intake_draft::Entity>()
        .col_expr(Column::Sealed, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::ExpiresAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::SecretHash.eq(secret::hash(holder)))
        .filter(Column::SubmissionId.is_null())
        .exec(tx)
        .await?;
    if thrown.rows_affected > 0 {
        files::delete_of_draft(tx, id).await?;
    }
    Ok(())
}

async fn opened(tx: &TenantTx, row: intake_draft::Model, holder: &str) -> Result<Draft, Error> {
    let id = row.id;
    let sealer = Sealer::for_code(holder)?;
    let contents: Contents = sealer
        .open(&row.sealed)
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .unwrap_or_default();
    let files = if row.submission_id.is_none() {
        files::of_draft(tx, id).await?
    } else {
        Vec::new()
    };
    Ok(Draft {
        id,
        version: row.form_version_id,
        submission: row.submission_id,
        answers: contents.answers,
        files,
        signals: contents.signals,
        receipt: contents.receipt,
        expires_at: row.expires_at,
        created_at: row.created_at,
        sealer,
    })
}

/// Keeps what was typed. A draft that was handed in meanwhile stays as it is.
pub async fn save(tx: &TenantTx, draft: &Draft) -> Result<(), Error> {
    tx.update::<intake_draft::Entity>()
        .col_expr(Column::Sealed, Expr::value(draft.seal()?))
        // Answers that were carried over to another version stay there.
        .col_expr(Column::FormVersionId, Expr::value(draft.version))
        .filter(Column::Id.eq(draft.id))
        .filter(Column::SubmissionId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Turns a draft into `submission`; whether this call did it. What was typed leaves the draft, only the way to the receipt stays.
pub(super) async fn mark_submitted(
    tx: &TenantTx,
    draft: &Draft,
    submission: SubmissionId,
) -> Result<bool, Error> {
    let handed_in = tx
        .update::<intake_draft::Entity>()
        .col_expr(Column::SubmissionId, Expr::value(submission))
        .col_expr(Column::Sealed, Expr::value(draft.seal()?))
        .filter(Column::Id.eq(draft.id))
        .filter(Column::SubmissionId.is_null())
        .exec(tx)
        .await?;
    Ok(handed_in.rows_affected == 1)
}

/// Reads a draft again by its id, with the code its holder has shown already.
pub(super) async fn receipt_code(tx: &TenantTx, draft: &Draft) -> Result<Option<String>, Error> {
    let row = tx
        .find::<intake_draft::Entity>()
        .filter(Column::Id.eq(draft.id))
        .one(tx)
        .await?;
    Ok(row
        .and_then(|row| draft.sealer.open(&row.sealed))
        .and_then(|plain| serde_json::from_slice::<Contents>(&plain).ok())
        .and_then(|contents| contents.receipt))
}

/// Removes drafts whose time is over, with their files.
pub async fn delete_expired_drafts(tx: &TenantTx) -> Result<u64, Error> {
    files::delete_expired(tx).await?;
    let swept = tx
        .delete::<intake_draft::Entity>()
        .filter(Column::ExpiresAt.lt(tx.now()))
        .exec(tx)
        .await?;
    Ok(swept.rows_affected)
}
