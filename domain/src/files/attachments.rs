//! Files that are there: found, handed in, deleted.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;
use tenants::{TenantTx, secret};
use utoipa::ToSchema;

use super::{
    DiscardFiles, File, FileId, FileState, ScanFile, ScanStatus,
    entity::intake_file::{self, Column},
};
use crate::{
    Error, jobs,
    submissions::{DraftId, SubmissionId},
};

/// A file of a message as pages and programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FileItem)]
pub struct FileDetail {
    /// Id.
    pub id: FileId,
    /// Key of the question it answers.
    pub field: String,
    /// Its name.
    pub name: String,
    /// `jpeg`, `png`, `webp`, `heic` or `pdf`.
    #[schema(value_type = crate::forms::FileKind)]
    pub kind: String,
    /// Bytes.
    pub size_bytes: i64,
    /// `clean`, `notChecked` (there is no scanner here), `waiting` (cannot be opened yet) or `infected` (cannot be opened).
    #[schema(example = "clean")]
    pub scan_status: ScanStatus,
}

impl File {
    /// The file in an installation with or without a scanner.
    #[must_use]
    pub fn detail(&self, has_scanner: bool) -> FileDetail {
        FileDetail {
            id: self.id,
            field: self.field.clone(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            size_bytes: self.size,
            scan_status: self.state.scan_status(has_scanner),
        }
    }
}

/// How long bytes may be on their way before their row is thought to be forgotten.
const ARRIVAL_MAX: TimeDelta = TimeDelta::hours(1);

/// The files of a draft, in the order they came.
pub async fn of_draft(tx: &TenantTx, draft: DraftId) -> Result<Vec<File>, Error> {
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(Column::DraftId.eq(draft))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// The files of what was handed in, in the order they came.
pub async fn of_submission(tx: &TenantTx, submission: SubmissionId) -> Result<Vec<File>, Error> {
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(Column::SubmissionId.eq(submission))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// The files that a program uploaded and may hand in, by their codes.
pub async fn by_codes(tx: &TenantTx, codes: &[String]) -> Result<Vec<File>, Error> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(Column::CodeHash.is_in(codes.iter().map(|code| secret::hash(code))))
        .filter(Column::SubmissionId.is_null())
        .filter(Column::State.eq(FileState::Unchecked))
        .filter(Column::ExpiresAt.gt(tx.now()))
        .all(tx)
        .await?)
}

/// A file that was handed in.
pub async fn get(tx: &TenantTx, id: FileId) -> Result<File, Error> {
    tx.find::<intake_file::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::SubmissionId.is_not_null())
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// These files, in the order they came.
pub(crate) async fn by_ids(tx: &TenantTx, ids: Vec<FileId>) -> Result<Vec<File>, Error> {
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// The places among `places` at which a file is kept, or is about to be.
pub(crate) async fn named(tx: &TenantTx, places: &[String]) -> Result<Vec<String>, Error> {
    let rows = tx
        .find::<intake_file::Entity>()
        .filter(Column::Place.is_in(places))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.place).collect())
}

/// Takes a file out of a draft; one that is not there is out already.
pub async fn remove(tx: &TenantTx, draft: DraftId, id: FileId) -> Result<(), Error> {
    delete_where(
        tx,
        Condition::all()
            .add(Column::DraftId.eq(draft))
            .add(Column::SubmissionId.is_null())
            .add(Column::Id.eq(id)),
    )
    .await
}

/// Makes files part of what was handed in, and asks the scanner about each.
pub(crate) async fn attach(
    tx: &TenantTx,
    files: &[FileId],
    submission: SubmissionId,
) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    tx.update::<intake_file::Entity>()
        .col_expr(Column::SubmissionId, Expr::value(submission))
        .col_expr(
            Column::ExpiresAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(Column::CodeHash, Expr::value(Option::<String>::None))
        .col_expr(Column::AskedAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(files.iter().copied()))
        .filter(Column::SubmissionId.is_null())
        .exec(tx)
        .await?;
    for file in files {
        jobs::enqueue(tx, &ScanFile { file: *file }).await?;
    }
    Ok(())
}

/// Deletes all files of what was handed in, with their bytes.
pub async fn delete(tx: &TenantTx, submissions: &[SubmissionId]) -> Result<(), Error> {
    if submissions.is_empty() {
        return Ok(());
    }
    delete_where(
        tx,
        Condition::all().add(Column::SubmissionId.is_in(submissions.iter().copied())),
    )
    .await
}

/// Bytes of all files that residents sent.
pub(crate) async fn stored_bytes(tx: &TenantTx) -> Result<i64, Error> {
    let sum: Option<Option<i64>> = tx
        .find::<intake_file::Entity>()
        .select_only()
        // PostgreSQL sums bigint to numeric.
        .expr(Expr::col(Column::Size).sum().cast_as("bigint"))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

/// Removes rows, and leaves a job that removes their bytes.
pub(super) async fn delete_where(tx: &TenantTx, which: Condition) -> Result<(), Error> {
    let rows = tx
        .find::<intake_file::Entity>()
        .filter(which)
        .all(tx)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    tx.delete::<intake_file::Entity>()
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    let places = rows.into_iter().map(|row| row.place).collect();
    jobs::enqueue(tx, &DiscardFiles { places }).await
}

/// Deletes what came with a draft that was thrown away.
pub async fn delete_of_draft(tx: &TenantTx, draft: DraftId) -> Result<(), Error> {
    let own = Condition::all()
        .add(Column::DraftId.eq(draft))
        .add(Column::SubmissionId.is_null());
    delete_where(tx, own).await
}

/// Deletes what was never handed in, and rows whose bytes never came.
pub async fn delete_expired(tx: &TenantTx) -> Result<(), Error> {
    delete_where(
        tx,
        Condition::all().add(Column::SubmissionId.is_null()).add(
            Condition::any().add(Column::ExpiresAt.lt(tx.now())).add(
                Condition::all()
                    .add(Column::State.eq(FileState::Arriving))
                    .add(Column::CreatedAt.lt(tx.now() - ARRIVAL_MAX)),
            ),
        ),
    )
    .await
}
