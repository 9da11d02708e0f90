//! A file comes in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use ring::digest;
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::{TenantTx, secret};

use super::{
    File, FileId, FileState, FileStore, ScanFile,
    content::{self, Rejected},
    entity::intake_file::{self, Column},
    name,
};
use crate::{
    Error, FieldProblem,
    forms::{FILE_MB_MAX, FILES_MAX, FILES_TOTAL_MB_MAX, Field, FileKind},
    jobs,
    submissions::{DraftId, SubmissionId},
};

/// Bytes in what people call a megabyte when they look at a file.
const MB: usize = 1_048_576;
/// Files of a question that says nothing about how many.
const FILES_USUAL: u32 = 5;

/// What files that come after the message have for the key of their question. No form has it: its keys begin with a letter.
pub const LATER_FILES: &str = "_later";
/// Most files that come after the message.
const LATER_FILES_MAX: u32 = 20;

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// Nothing in it.
    Empty,
    /// Larger than one file may be.
    TooLarge {
        /// In MB.
        max: u32,
    },
    /// By its contents not one of the kinds that are asked for.
    WrongKind {
        /// What may be sent.
        kinds: Vec<FileKind>,
    },
    /// Cut off or damaged.
    Broken,
    /// More pixels than anybody can open.
    TooManyPixels,
    /// A document that is cut off, or none at all.
    BrokenDocument,
    /// A document with a password or another lock.
    Locked,
    /// The upload was cut off.
    CutOff,
    /// More files than the question takes.
    TooMany {
        /// How many it takes.
        max: u32,
    },
    /// The message would become too large.
    TotalTooLarge {
        /// In MB.
        max: u32,
    },
    /// It was added already.
    Twice,
    /// The store or the disk did not take it.
    NotKept,
    /// Too many files come in at this moment, or came from this address just now.
    Busy,
    /// Nobody knows this code, or it was used already.
    Unknown,
}

impl FileProblem {
    /// The word under which locale files and programs know it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::TooLarge { .. } => "file_too_large",
            Self::WrongKind { .. } => "file_unfit",
            Self::Broken => "file_broken",
            Self::TooManyPixels => "file_too_many_pixels",
            Self::BrokenDocument => "file_broken_document",
            Self::Locked => "file_locked",
            Self::CutOff => "file_cut_off",
            Self::TooMany { .. } => "file_too_many",
            Self::TotalTooLarge { .. } => "file_total_too_large",
            Self::Twice => "file_twice",
            Self::NotKept => "file_not_kept",
            Self::Busy => "file_busy",
            Self::Unknown => "file_unknown",
        }
    }
}

/// The problem of one file of a field, with its name for the sentence.
#[must_use]
pub fn problem(field: &str, file: &str, problem: &FileProblem) -> FieldProblem {
    let mut parameters = BTreeMap::from([("file".to_owned(), file.to_owned())]);
    match problem {
        FileProblem::TooLarge { max }
        | FileProblem::TooMany { max }
        | FileProblem::TotalTooLarge { max } => {
            parameters.insert("max".to_owned(), max.to_string());
        }
        FileProblem::WrongKind { kinds } => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            parameters.insert("kinds".to_owned(), kinds.join(", "));
        }
        _ => {}
    }
    FieldProblem {
        field: field.to_owned(),
        code: problem.name().to_owned(),
        parameters,
    }
}

/// What a question takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Kinds of files.
    pub kinds: Vec<FileKind>,
    /// How many.
    pub count: u32,
    /// Largest file, in MB.
    pub mb: u32,
}

impl Limits {
    /// Largest file, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        usize::try_from(self.mb)
            .unwrap_or(usize::MAX)
            .saturating_mul(MB)
    }
}

/// What `field` takes; what its form does not say is the platform's own limit.
#[must_use]
pub fn limits(field: &Field) -> Limits {
    Limits {
        kinds: if field.accept.is_empty() {
            FileKind::ALL.to_vec()
        } else {
            field.accept.clone()
        },
        count: field.max_files.unwrap_or(FILES_USUAL).min(FILES_MAX),
        mb: field.max_mb.unwrap_or(FILE_MB_MAX).min(FILE_MB_MAX),
    }
}

/// What is taken after the message: all kinds, as large as the platform takes any.
#[must_use]
pub fn later_limits() -> Limits {
    Limits {
        kinds: FileKind::ALL.to_vec(),
        count: LATER_FILES_MAX,
        mb: FILE_MB_MAX,
    }
}

/// A file that may be kept as far as its contents go.
#[derive(Debug)]
pub struct Examined {
    /// Its cleaned name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its bytes, cleaned.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes as sent.
    pub digest: String,
}

/// Judges a file by its bytes and cleans it. Takes some milliseconds for a large photo: run it where that keeps nobody waiting.
///
/// # Errors
/// [`FileProblem`] that says what is wrong with this file.
pub fn examine(limits: &Limits, sent_name: &str, bytes: &[u8]) -> Result<Examined, FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::Empty);
    }
    if bytes.len() > limits.bytes() {
        return Err(FileProblem::TooLarge { max: limits.mb });
    }
    let kind = content::kind(bytes)
        .filter(|kind| limits.kinds.contains(kind))
        .ok_or_else(|| FileProblem::WrongKind {
            kinds: limits.kinds.clone(),
        })?;
    let clean = content::clean(kind, bytes).map_err(|unfit| match unfit {
        Rejected::Broken => FileProblem::Broken,
        Rejected::TooManyPixels => FileProblem::TooManyPixels,
        Rejected::BrokenDocument => FileProblem::BrokenDocument,
        Rejected::Locked => FileProblem::Locked,
    })?;
    Ok(Examined {
        name: name::clean(sent_name, kind),
        kind,
        bytes: clean.bytes,
        digest: HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref()),
    })
}

/// A file whose row is written and whose bytes are not stored yet.
#[derive(Debug)]
pub struct PendingUpload {
    /// Its id.
    pub id: FileId,
    /// Question it answers.
    pub field: String,
    /// Its name.
    pub name: String,
    place: String,
    bytes: Vec<u8>,
}

/// For whom a file comes.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// Somebody who fills in a form.
    Draft(DraftId),
    /// A program, by the code it was given.
    Code(&'a str),
}

/// Writes the row of a file that comes for `owner`, unless the question or the message is full or has the file already. `present` are the
/// files that the owner has, this transaction's own included.
///
/// # Errors
/// When the database does not answer; a [`FileProblem`] inside when the file is one too many.
pub async fn register(
    tx: &TenantTx,
    owner: Owner<'_>,
    field: &Field,
    file: Examined,
    present: &mut Vec<File>,
    expires_at: DateTime<Utc>,
) -> Result<Result<PendingUpload, FileProblem>, Error> {
    let question = (field.key.as_str(), limits(field).count);
    register_for(tx, owner, question, file, present, expires_at).await
}

/// As [`register`], for a file that comes after the message and answers no question of its form. `present` are all files of the message.
pub async fn register_later(
    tx: &TenantTx,
    code: &str,
    file: Examined,
    present: &mut Vec<File>,
    expires_at: DateTime<Utc>,
) -> Result<Result<PendingUpload, FileProblem>, Error> {
    let question = (LATER_FILES, LATER_FILES_MAX);
    register_for(tx, Owner::Code(code), question, file, present, expires_at).await
}

async fn register_for(
    tx: &TenantTx,
    owner: Owner<'_>,
    (key, max): (&str, u32),
    file: Examined,
    present: &mut Vec<File>,
    expires_at: DateTime<Utc>,
) -> Result<Result<PendingUpload, FileProblem>, Error> {
    if present.iter().any(|known| known.digest == file.digest) {
        return Ok(Err(FileProblem::Twice));
    }
    let count = present.iter().filter(|known| known.field == key).count();
    if u32::try_from(count).is_ok_and(|count| count >= max) {
        return Ok(Err(FileProblem::TooMany { max }));
    }
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let total: i64 = present.iter().map(|known| known.size).sum();
    let most = i64::from(FILES_TOTAL_MB_MAX) * i64::try_from(MB).unwrap_or(i64::MAX);
    if total.saturating_add(size) > most {
        return Ok(Err(FileProblem::TotalTooLarge {
            max: FILES_TOTAL_MB_MAX,
        }));
    }
    let (draft_id, code_hash) = match owner {
        Owner::Draft(id) => (Some(id), None),
        Owner::Code(code) => (None, Some(secret::hash(code))),
    };
    let row = tx
        .insert(intake_file::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            draft_id: Set(draft_id),
            submission_id: Set(None),
            code_hash: Set(code_hash),
            field: Set(key.to_owned()),
            name: Set(file.name),
            kind: Set(file.kind.as_str().to_owned()),
            size: Set(size),
            digest: Set(file.digest),
            place: Set(FileStore::place(tx.tenant())?),
            state: Set(FileState::Arriving),
            finding: Set(None),
            created_at: Set(tx.now()),
            expires_at: Set(Some(expires_at)),
            asked_at: Set(None),
            checked_at: Set(None),
        })
        .await?;
    let upload = PendingUpload {
        id: row.id,
        field: row.field.clone(),
        name: row.name.clone(),
        place: row.place.clone(),
        bytes: file.bytes,
    };
    present.push(row);
    Ok(Ok(upload))
}

/// Writes the row of a file whose bytes are stored, as part of what was handed in, and asks the scanner about it. Without limits of a question:
/// it did not come with a form.
pub(crate) async fn add_stored(
    tx: &TenantTx,
    submission: SubmissionId,
    field: &str,
    file: Examined,
    (place, size): (String, usize),
) -> Result<FileId, Error> {
    let row = tx
        .insert(intake_file::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            draft_id: Set(None),
            submission_id: Set(Some(submission)),
            code_hash: Set(None),
            field: Set(field.to_owned()),
            name: Set(file.name),
            kind: Set(file.kind.as_str().to_owned()),
            size: Set(i64::try_from(size).unwrap_or(i64::MAX)),
            digest: Set(file.digest),
            place: Set(place),
            state: Set(FileState::Unchecked),
            finding: Set(None),
            created_at: Set(tx.now()),
            expires_at: Set(None),
            asked_at: Set(Some(tx.now())),
            checked_at: Set(None),
        })
        .await?;
    jobs::enqueue(tx, &ScanFile { file: row.id }).await?;
    Ok(row.id)
}

impl PendingUpload {
    /// Stores the bytes; outside of any transaction, for a store may be slow.
    ///
    /// # Errors
    /// [`super::FileStoreError`]; then [`confirm`] takes the row back.
    pub async fn store(&mut self, store: &FileStore) -> Result<(), super::FileStoreError> {
        store
            .put(&self.place, std::mem::take(&mut self.bytes))
            .await
    }
}

/// Files whose bytes are stored are there from now on; the rows of those that could not be stored go, with whatever bytes they left.
pub async fn confirm(tx: &TenantTx, stored: &[FileId], failed: &[FileId]) -> Result<(), Error> {
    if !stored.is_empty() {
        tx.update::<intake_file::Entity>()
            .col_expr(Column::State, Expr::value(FileState::Unchecked))
            .filter(Column::Id.is_in(stored.iter().copied()))
            .filter(Column::State.eq(FileState::Arriving))
            .exec(tx)
            .await?;
    }
    if !failed.is_empty() {
        super::attachments::delete_where(
            tx,
            sea_orm::Condition::all().add(Column::Id.is_in(failed.iter().copied())),
        )
        .await?;
    }
    Ok(())
}
