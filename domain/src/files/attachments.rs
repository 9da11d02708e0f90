//! Files that are there: found, handed in, thrown away.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, sea_query::Expr};
use tenants::{TenantTx, secret};

use super::{DiscardFiles, File, FileId, FileState, ScanFile, entity::intake_file};
use crate::{
    Error, jobs,
    submissions::{DraftId, SubmissionId},
};

/// How long bytes may be on their way before their row is thought to be forgotten.
const ARRIVAL_MAX: TimeDelta = TimeDelta::hours(1);

/// The files of a draft, in the order they came.
pub async fn of_draft(tx: &TenantTx, draft: DraftId) -> Result<Vec<File>, Error> {
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(intake_file::Column::DraftId.eq(draft))
        .order_by_asc(intake_file::Column::CreatedAt)
        .order_by_asc(intake_file::Column::Id)
        .all(tx)
        .await?)
}

/// The files of what was handed in, in the order they came.
pub async fn of_submission(tx: &TenantTx, submission: SubmissionId) -> Result<Vec<File>, Error> {
    Ok(tx
        .find::<intake_file::Entity>()
        .filter(intake_file::Column::SubmissionId.eq(submission))
        .order_by_asc(intake_file::Column::CreatedAt)
        .order_by_asc(intake_file::Column::Id)
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
        .filter(intake_file::Column::CodeHash.is_in(codes.iter().map(|code| secret::hash(code))))
        .filter(intake_file::Column::SubmissionId.is_null())
        .filter(intake_file::Column::State.eq(FileState::Unchecked))
        .filter(intake_file::Column::ExpiresAt.gt(tx.now()))
        .all(tx)
        .await?)
}

/// A file that was handed in.
pub async fn get(tx: &TenantTx, id: FileId) -> Result<File, Error> {
    tx.find::<intake_file::Entity>()
        .filter(intake_file::Column::Id.eq(id))
        .filter(intake_file::Column::SubmissionId.is_not_null())
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Takes a file out of a draft; one that is not there is out already.
pub async fn remove(tx: &TenantTx, draft: DraftId, id: FileId) -> Result<(), Error> {
    delete_where(
        tx,
        Condition::all()
            .add(intake_file::Column::DraftId.eq(draft))
            .add(intake_file::Column::SubmissionId.is_null())
            .add(intake_file::Column::Id.eq(id)),
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
        .col_expr(intake_file::Column::SubmissionId, Expr::value(submission))
        .col_expr(
            intake_file::Column::ExpiresAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            intake_file::Column::CodeHash,
            Expr::value(Option::<String>::None),
        )
        .col_expr(intake_file::Column::AskedAt, Expr::value(tx.now()))
        .filter(intake_file::Column::Id.is_in(files.iter().copied()))
        .filter(intake_file::Column::SubmissionId.is_null())
        .exec(tx)
        .await?;
    for file in files {
        jobs::enqueue(tx, &ScanFile { file: *file }).await?;
    }
    Ok(())
}

/// Throws away all files of what was handed in, with their bytes.
pub async fn delete(tx: &TenantTx, submissions: &[SubmissionId]) -> Result<(), Error> {
    if submissions.is_empty() {
        return Ok(());
    }
    delete_where(
        tx,
        Condition::all().add(intake_file::Column::SubmissionId.is_in(submissions.iter().copied())),
    )
    .await
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
        .filter(intake_file::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    let places = rows.into_iter().map(|row| row.place).collect();
    jobs::enqueue(tx, &DiscardFiles { places }).await
}

/// Throws away what was never handed in, and rows whose bytes never came.
pub async fn delete_expired(tx: &TenantTx) -> Result<(), Error> {
    delete_where(
        tx,
        Condition::all()
            .add(intake_file::Column::SubmissionId.is_null())
            .add(
                Condition::any()
                    .add(intake_file::Column::ExpiresAt.lt(tx.now()))
                    .add(
                        Condition::all()
                            .add(intake_file::Column::State.eq(FileState::Arriving))
                            .add(intake_file::Column::CreatedAt.lt(tx.now() - ARRIVAL_MAX)),
                    ),
            ),
    )
    .await
}
