//! Work that follows from a request: rows written in the same transaction, done by a worker afterwards.
//!
//! The table belongs to the platform (its column is `owner`) and holds ids only. A job is claimed by one worker for a lease; it then opens
//! the owner's own transaction, so it sees no more than a request of that owner. It is done, tried again later with back-off, or given up; what was
//! given up stays visible to the operator.

mod claim;
mod entity;
mod kind;
mod operator;
mod own;

use std::{future::Future, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Serialize, de::DeserializeOwned};
use tenants::{TenantId, TenantTx, text_enum, typed_id};

pub use self::{
    claim::{LEASE, MAX_ATTEMPTS, back_off, record_result, release, renew},
    entity::Model as JobRow,
    kind::JobKind,
    operator::{Health, Totals, health, list, retry, retry_all, totals, waiting},
};
pub(crate) use self::{
    claim::{claim, due, is_given_up},
    own::retry_own,
};
use crate::{Code, Error};

typed_id! {
    /// A job.
    JobId
}

text_enum! {
    /// Where a job stands.
    JobState {
        /// Waiting for its time, or being worked on.
        Queued = "queued",
        /// Tried too often, or hopeless; waits for the operator.
        GivenUp = "givenUp",
    }
}

/// The queues, the most important first. Each has places of its own in a worker: a server that does not answer delays its own queue only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Mails without which somebody cannot sign in.
    AccountMail,
    /// All other mails.
    Mail,
    /// Work in our own database, such as clocks.
    Database,
    /// Work that needs the store of files or the virus scanner.
    Files,
}

impl Queue {
    /// Every queue, the most important first.
    pub const ALL: [Self; 4] = [Self::AccountMail, Self::Mail, Self::Database, Self::Files];

    /// The number in the table.
    pub(crate) const fn priority(self) -> i64 {
        match self {
            Self::AccountMail => 0,
            Self::Mail => 1,
            Self::Database => 2,
            Self::Files => 3,
        }
    }

    /// Most jobs of this queue that one worker does at the same time.
    pub(crate) const fn places(self) -> usize {
        match self {
            Self::Mail => 4,
            Self::AccountMail | Self::Database | Self::Files => 2,
        }
    }
}

/// How a try failed.
#[derive(Debug)]
pub enum Failure {
    /// It may work later.
    Retry(String),
    /// It never will.
    GiveUp(String),
    /// Not before an instant. This try does not count.
    Later(DateTime<Utc>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<tenants::Error> for Failure {
    fn from(error: tenants::Error) -> Self {
        Self::Retry(error.to_string())
    }
}

/// A kind of work. Doing it twice must do no more than doing it once.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// Its kind.
    const KIND: JobKind;

    /// Where it waits, unless [`enqueue_in`] says otherwise.
    const QUEUE: Queue = Queue::Database;

    /// What it needs beside its payload.
    type Context: Send + Sync;

    /// Does the work for its owner.
    fn run(
        &self,
        owner: TenantId,
        context: &Self::Context,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Writes a job in the caller's transaction: it exists exactly if the work it follows from does.
pub async fn enqueue<J: Job>(tx: &TenantTx, job: &J) -> Result<(), Error> {
    insert(tx, job, J::QUEUE, tx.now()).await
}

/// As [`enqueue`], for a job that waits until an instant.
pub async fn enqueue_at<J: Job>(
    tx: &TenantTx,
    job: &J,
    run_at: DateTime<Utc>,
) -> Result<(), Error> {
    insert(tx, job, J::QUEUE, run_at).await
}

/// As [`enqueue`], in another queue than the usual one of its kind.
pub(crate) async fn enqueue_in<J: Job>(tx: &TenantTx, job: &J, queue: Queue) -> Result<(), Error> {
    insert(tx, job, queue, tx.now()).await
}

/// As [`enqueue_at`], for several jobs of a kind. One statement.
pub(crate) async fn enqueue_each_at<J: Job>(
    tx: &TenantTx,
    jobs: Vec<(J, DateTime<Utc>)>,
) -> Result<(), Error> {
    if jobs.is_empty() {
        return Ok(());
    }
    let rows = (jobs.iter())
        .map(|(job, run_at)| row(tx, job, J::QUEUE, *run_at))
        .collect::<Result<Vec<_>, _>>()?;
    entity::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn insert<J: Job>(
    tx: &TenantTx,
    job: &J,
    queue: Queue,
    run_at: DateTime<Utc>,
) -> Result<(), Error> {
    entity::Entity::insert(row(tx, job, queue, run_at)?)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn row<J: Job>(
    tx: &TenantTx,
    job: &J,
    queue: Queue,
    run_at: DateTime<Utc>,
) -> Result<entity::ActiveModel, Error> {
    Ok(entity::ActiveModel {
        id: Set(tx.new_id()),
        owner: Set(tx.tenant()),
        kind: Set(J::KIND.to_string()),
        priority: Set(queue.priority()),
        payload: Set(serde_json::to_value(job).map_err(Error::bug)?),
        state: Set(JobState::Queued),
        run_at: Set(run_at),
        attempts: Set(0),
        leased_until: Set(None),
        last_error: Set(None),
        created_at: Set(tx.now()),
    })
}

/// Runs a claimed job of the kind `J`.
///
/// # Errors
/// [`Failure::GiveUp`] for a payload that cannot be read; otherwise the job's own.
pub(crate) async fn run<J: Job>(row: &JobRow, context: &J::Context) -> Result<(), Failure> {
    let job: J = serde_json::from_value(row.payload.clone())
        .map_err(|error| Failure::GiveUp(format!("unreadable payload: {error}")))?;
    job.run(row.owner, context).await
}

/// Which errors of the database are waited out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Persist {
    /// Those that pass by themselves.
    Outages,
    /// All of them: what would follow from giving up is worse.
    Always,
}

/// Does `step` until the database takes it, however long that lasts: what has happened outside of the program must not be forgotten because
/// the database was away, or it would happen again. The worker ends it at its stop.
///
/// # Errors
/// An error that is not waited out.
pub(crate) async fn retry_database<T, F>(persist: Persist, step: impl Fn() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>> + Send,
{
    let mut wait = Duration::from_millis(250);
    loop {
        match step().await {
            Err(error) if persist == Persist::Always || error.code() == Code::Unavailable => {
                tracing::error!(%error, "a result could not be recorded yet");
                tokio::time::sleep(wait).await;
                wait = Duration::from_secs(4).min(wait * 2);
            }
            done => return done,
        }
    }
}
