//! Work that follows from a request: rows written in the same transaction, done by a worker afterwards.
//!
//! The table belongs to the platform (its column is `owner`) and holds ids only. A job is claimed by one worker for a lease; it then opens
//! the owner's own transaction, so it sees no more than a request of that owner. It is done, tried again later with back-off, or given up; what was
//! given up stays visible to the operator.

mod entity;

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query},
};
use serde::{Serialize, de::DeserializeOwned};
use tenants::{PlatformTx, TenantId, TenantTx, text_enum, typed_id};

use crate::{Code, Error};

pub use entity::Model as JobRow;

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

/// How long a worker may keep a job before another one takes it over.
pub const LEASE: TimeDelta = TimeDelta::minutes(5);
/// After so many tries a job is given up: about two days, with the back-off below.
pub const MAX_ATTEMPTS: i64 = 12;

/// How a try failed.
#[derive(Debug)]
pub enum Failure {
    /// It may work later.
    Retry(String),
    /// It never will.
    GiveUp(String),
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
    /// Its name in the table; never reused for other work.
    const KIND: &'static str;

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
    enqueue_at(tx, job, tx.now()).await
}

/// As [`enqueue`], for a job that waits until an instant.
pub async fn enqueue_at<J: Job>(
    tx: &TenantTx,
    job: &J,
    run_at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = entity::ActiveModel {
        id: Set(tx.new_id()),
        owner: Set(tx.tenant()),
        kind: Set(J::KIND.to_owned()),
        payload: Set(serde_json::to_value(job).map_err(Error::bug)?),
        state: Set(JobState::Queued),
        run_at: Set(run_at),
        attempts: Set(0),
        leased_until: Set(None),
        last_error: Set(None),
        created_at: Set(tx.now()),
    };
    entity::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes up to `limit` jobs whose time has come, oldest first, each for one worker.
pub async fn claim(tx: &PlatformTx, limit: u64) -> Result<Vec<JobRow>, Error> {
    let ready = Query::select()
        .column(entity::Column::Id)
        .from(entity::Entity)
        .and_where(entity::Column::State.eq(JobState::Queued))
        .and_where(entity::Column::RunAt.lte(tx.now()))
        .and_where(entity::Column::Attempts.lt(MAX_ATTEMPTS))
        .cond_where(
            sea_orm::Condition::any()
                .add(entity::Column::LeasedUntil.is_null())
                .add(entity::Column::LeasedUntil.lt(tx.now())),
        )
        .order_by(entity::Column::RunAt, sea_orm::Order::Asc)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let claim = Query::update()
        .table(entity::Entity)
        .value(entity::Column::LeasedUntil, tx.now() + LEASE)
        .value(
            entity::Column::Attempts,
            Expr::col(entity::Column::Attempts).add(1),
        )
        .and_where(Expr::col(entity::Column::Id).in_subquery(ready))
        .returning_all()
        .to_owned();
    let mut rows = tx
        .query_all(&claim)
        .await?
        .iter()
        .map(|row| JobRow::from_query_result(row, ""))
        .collect::<Result<Vec<_>, _>>()?;
    rows.sort_by_key(|row| (row.run_at, row.id));
    Ok(rows)
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

/// Records the result of a try, unless the lease ran out and another worker has the job now.
pub async fn record_result(
    tx: &PlatformTx,
    row: &JobRow,
    result: &Result<(), Failure>,
) -> Result<(), Error> {
    let failure = match result {
        Ok(()) => {
            tx.delete::<entity::Entity>()
                .filter(entity::Column::Id.eq(row.id))
                .filter(entity::Column::LeasedUntil.eq(row.leased_until))
                .exec(tx)
                .await?;
            return Ok(());
        }
        Err(failure) => failure,
    };
    let (state, cause) = match failure {
        Failure::Retry(cause) if row.attempts < MAX_ATTEMPTS => (JobState::Queued, cause),
        Failure::Retry(cause) | Failure::GiveUp(cause) => (JobState::GivenUp, cause),
    };
    if state == JobState::GivenUp {
        tracing::error!(job = %row.id, kind = row.kind, cause, "job given up");
    } else {
        tracing::warn!(job = %row.id, kind = row.kind, attempt = row.attempts, cause, "job will be tried again");
    }
    tx.update::<entity::Entity>()
        .col_expr(entity::Column::State, Expr::value(state))
        .col_expr(entity::Column::LastError, Expr::value(cause.as_str()))
        .col_expr(
            entity::Column::LeasedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            entity::Column::RunAt,
            Expr::value(tx.now() + back_off(row.attempts, row.id)),
        )
        .filter(entity::Column::Id.eq(row.id))
        .filter(entity::Column::LeasedUntil.eq(row.leased_until))
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives up jobs whose every try ended without a result, because it took the program with it: they would be claimed for ever.
pub async fn give_up_lost(tx: &PlatformTx) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(entity::Column::State, Expr::value(JobState::GivenUp))
        .col_expr(
            entity::Column::LastError,
            Expr::value("no try came to an end"),
        )
        .filter(entity::Column::State.eq(JobState::Queued))
        .filter(entity::Column::Attempts.gte(MAX_ATTEMPTS))
        .filter(entity::Column::LeasedUntil.lt(tx.now()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Does `step` until the database takes it, for half a minute: what has happened outside of the program must not be forgotten because
/// the database was away for a moment, or it would happen again.
///
/// # Errors
/// The last error, when the time is over or the error will not pass.
pub(crate) async fn retry_database<T, F>(step: impl Fn() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>> + Send,
{
    let mut wait = Duration::from_millis(250);
    loop {
        match step().await {
            Err(error) if error.code() == Code::Unavailable && wait < Duration::from_secs(32) => {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            done => return done,
        }
    }
}

/// The wait before try `attempts + 1`: half a minute, doubled each time up to eight hours, with a quarter of jitter taken from the id, so
/// that a thousand mails that failed together do not come back together.
#[must_use]
pub fn back_off(attempts: i64, id: JobId) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 11)).unwrap_or(1) - 1;
    let base = Duration::from_secs(30)
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(Duration::from_hours(8));
    let jitter = u32::from(id.0.as_bytes().last().copied().unwrap_or_default());
    let wait = base + base / 4 * jitter / 255;
    TimeDelta::from_std(wait).unwrap_or(TimeDelta::hours(10))
}

/// Jobs in a state, newest first, at most `limit`.
pub async fn list(tx: &PlatformTx, state: JobState, limit: u64) -> Result<Vec<JobRow>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(entity::Column::State.eq(state))
        .order_by_desc(entity::Column::CreatedAt)
        .limit(limit)
        .all(tx)
        .await?)
}

/// How many jobs wait, for `doctor` and for tests.
pub async fn waiting(tx: &PlatformTx) -> Result<u64, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(entity::Column::State.eq(JobState::Queued))
        .count(tx)
        .await?)
}

/// Puts a job that was given up back in line.
///
/// # Errors
/// [`Error::NotFound`] when there is no such job among those given up.
pub async fn retry(tx: &PlatformTx, id: JobId) -> Result<(), Error> {
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(entity::Column::State, Expr::value(JobState::Queued))
        .col_expr(entity::Column::Attempts, Expr::value(0_i64))
        .col_expr(entity::Column::RunAt, Expr::value(tx.now()))
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::State.eq(JobState::GivenUp))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tenants::uuid::Uuid;

    use super::*;

    #[test]
    fn the_waits_grow_to_eight_hours_and_end_after_two_days() {
        let id = JobId(Uuid::nil());
        assert_eq!(back_off(1, id), TimeDelta::seconds(30));
        assert_eq!(back_off(2, id), TimeDelta::minutes(1));
        assert_eq!(back_off(11, id), TimeDelta::hours(8));
        assert_eq!(back_off(500, JobId(Uuid::max())), TimeDelta::hours(10));
        let total: TimeDelta = (1..MAX_ATTEMPTS).map(|attempt| back_off(attempt, id)).sum();
        assert!(
            total > TimeDelta::hours(12) && total < TimeDelta::hours(48),
            "{total}"
        );
    }
}
