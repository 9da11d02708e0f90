//! A form somebody is filling in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{
    TenantTx,
    secret::{self, Sealer},
};

use super::entity::intake_draft::{self, Column};
use crate::{
    Error,
    files::{self, File, FileState},
    forms::{FieldType, Form, FormVersionId, Published, RawAnswers},
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

/// Begins a draft. Gives back the code that opens it, for the holder alone.
pub async fn begin(
    tx: &TenantTx,
    form: &Published,
    answers: RawAnswers,
    signals: SpamSignals,
) -> Result<(Draft, String), Error> {
    let secret = secret::new_code()?;
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
        sealer: Sealer::for_code(&secret)?,
    };
    tx.insert(intake_draft::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(draft.id),
        form_version_id: Set(form.version),
        secret_hash: Set(secret::hash(&secret)),
        sealed: Set(draft.seal()?),
        submission_id: Set(None),
        created_at: Set(tx.now()),
        expires_at: Set(draft.expires_at),
    })
    .await?;
    let code = format!("{}.{secret}", draft.id);
    Ok((draft, code))
}

/// The draft that `code` opens; nothing when there is none, or no longer.
pub async fn resume(tx: &TenantTx, code: &str) -> Result<Option<Draft>, Error> {
    let Some((id, secret)) = code.split_once('.') else {
        return Ok(None);
    };
    let Ok(id) = id.parse::<DraftId>() else {
        return Ok(None);
    };
    let mut query = tx
        .find::<intake_draft::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::SecretHash.eq(secret::hash(secret)))
        .filter(Column::ExpiresAt.gt(tx.now()));
    if tx.may_change() {
        // Two tabs that send at once: the second adds to what the first one kept.
        query = query.lock_exclusive();
    }
    let row = query.one(tx).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealer = Sealer::for_code(secret)?;
    let contents: Contents = sealer
        .open(&row.sealed)
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .unwrap_or_default();
    let files = if row.submission_id.is_none() {
        files::of_draft(tx, id).await?
    } else {
        Vec::new()
    };
    Ok(Some(Draft {
        id,
        version: row.form_version_id,
        submission: row.submission_id,
        answers: contents.answers,
        files,
        signals: contents.signals,
        receipt: contents.receipt,
        expires_at: row.expires_at,
        sealer,
    }))
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
