//! Does the jobs that requests left behind: every kind of job is named here.

use tenants::Db;

use crate::{
    Error,
    clocks::{RecountClocks, SendAlerts},
    files::{DiscardFiles, FileContext, ScanFile},
    intake::SendReceipt,
    jobs::{self, Failure, Job, JobRow},
    mail::{MailContext, SendMail},
};

/// What jobs need.
#[derive(Clone)]
pub struct JobContext {
    /// The database.
    pub db: Db,
    /// For jobs that send mail.
    pub mail: MailContext,
    /// For jobs that read or remove files.
    pub files: FileContext,
}

async fn run(row: &JobRow, context: &JobContext) -> Result<(), Failure> {
    let JobContext { db, mail, files } = context;
    match row.kind.as_str() {
        DiscardFiles::KIND => jobs::run::<DiscardFiles>(row, files).await,
        RecountClocks::KIND => jobs::run::<RecountClocks>(row, db).await,
        ScanFile::KIND => jobs::run::<ScanFile>(row, files).await,
        SendMail::KIND => jobs::run::<SendMail>(row, mail).await,
        SendReceipt::KIND => jobs::run::<SendReceipt>(row, mail).await,
        SendAlerts::KIND => jobs::run::<SendAlerts>(row, db).await,
        other => Err(Failure::GiveUp(format!("unknown kind of job: {other}"))),
    }
}

/// Does up to `limit` jobs, one after the other: each is claimed when its turn comes, so that no lease runs out in a line. Gives back how
/// many there were. A job that panics has failed like any other.
pub async fn run_due_jobs(context: &JobContext, limit: usize) -> Result<usize, Error> {
    for done in 0..limit {
        let tx = context.db.platform().await?;
        let row = jobs::claim(&tx, 1).await?.pop();
        tx.commit().await?;
        let Some(row) = row else { return Ok(done) };
        let attempt = tokio::spawn({
            let (row, context) = (row.clone(), context.clone());
            async move { run(&row, &context).await }
        });
        let result = attempt
            .await
            .unwrap_or_else(|_| Err(Failure::Retry("the job panicked".to_owned())));
        jobs::retry_database(|| async {
            let tx = context.db.platform().await?;
            jobs::record_result(&tx, &row, &result).await?;
            tx.commit().await.map_err(Error::from)
        })
        .await?;
    }
    Ok(limit)
}
