//! What is done with files afterwards: the scanner looks at them, and bytes nobody needs are removed.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Db, TenantId, TenantTx};

use super::{
    FileId, FileState, FileStore, FileStoreError, Scanner, Verdict,
    entity::intake_file::{self, Column},
};
use crate::{
    Error,
    audit::{self, Action},
    jobs::{self, Failure, Job, JobKind, Queue},
};

/// After so long a question to the scanner is thought to be given up, and asked again: longer than a job lasts.
pub(crate) const ASK_AGAIN_AFTER: TimeDelta = TimeDelta::days(3);
/// Files asked about again at once.
const ASK_MAX: u64 = 500;

/// What jobs about files need.
#[derive(Clone)]
pub struct FileContext {
    /// The database.
    pub db: Db,
    /// Where files are.
    pub store: FileStore,
    /// Who looks for viruses, if anybody.
    pub scanner: Option<Scanner>,
}

/// Asks the scanner about one file that was handed in.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScanFile {
    /// Which one.
    pub file: FileId,
}

impl Job for ScanFile {
    const KIND: JobKind = JobKind::ScanFile;
    const QUEUE: Queue = Queue::Files;
    type Context = FileContext;

    async fn run(&self, owner: TenantId, context: &FileContext) -> Result<(), Failure> {
        let Some(scanner) = &context.scanner else {
            return Ok(());
        };
        let tx = context.db.read(owner).await?;
        let row = tx
            .find::<intake_file::Entity>()
            .filter(Column::Id.eq(self.file))
            .one(&tx)
            .await
            .map_err(Error::from)?;
        drop(tx);
        let Some(row) = row.filter(|row| row.state == FileState::Unchecked) else {
            return Ok(());
        };
        let bytes = match context.store.get(&row.place).await {
            Ok(bytes) => bytes,
            Err(error @ FileStoreError::Missing) => return Err(Failure::GiveUp(error.to_string())),
            Err(error) => return Err(Failure::Retry(error.to_string())),
        };
        let verdict = scanner
            .scan(&bytes)
            .await
            .map_err(|error| Failure::Retry(error.to_string()))?;
        let (state, finding) = match verdict {
            Verdict::Clean => (FileState::Clean, None),
            Verdict::Infected(name) => (FileState::Infected, Some(name)),
        };
        let tx = context.db.write(owner).await?;
        tx.update::<intake_file::Entity>()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Finding, Expr::value(finding.clone()))
            .col_expr(Column::CheckedAt, Expr::value(tx.now()))
            .filter(Column::Id.eq(self.file))
            .exec(&tx)
            .await
            .map_err(Error::from)?;
        if state == FileState::Infected {
            let object = ("file", Some(self.file.0));
            let details = json!({ "finding": finding });
            audit::record(&tx, None, Action::FilesInfected, object, details).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Removes bytes whose rows are gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct DiscardFiles {
    /// Where they are.
    pub places: Vec<String>,
}

impl Job for DiscardFiles {
    const KIND: JobKind = JobKind::DiscardFiles;
    const QUEUE: Queue = Queue::Files;
    type Context = FileContext;

    async fn run(&self, owner: TenantId, context: &FileContext) -> Result<(), Failure> {
        let own = format!("{owner}/");
        for place in &self.places {
            if !place.starts_with(&own) {
                return Err(Failure::GiveUp("a place of somebody else".to_owned()));
            }
            context
                .store
                .discard(place)
                .await
                .map_err(|error| Failure::Retry(error.to_string()))?;
        }
        Ok(())
    }
}

/// Asks the scanner again about files it never answered for: it was away for days, or came later than they did.
pub async fn rescan_overdue(tx: &TenantTx) -> Result<usize, Error> {
    let rows = tx
        .find::<intake_file::Entity>()
        .filter(Column::State.eq(FileState::Unchecked))
        .filter(Column::SubmissionId.is_not_null())
        .filter(Column::AskedAt.lt(tx.now() - ASK_AGAIN_AFTER))
        .limit(ASK_MAX)
        .all(tx)
        .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    tx.update::<intake_file::Entity>()
        .col_expr(Column::AskedAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    for row in &rows {
        jobs::enqueue(tx, &ScanFile { file: row.id }).await?;
    }
    Ok(rows.len())
}
