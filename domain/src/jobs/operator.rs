//! What the operator sees of jobs and does with them.

use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany, sea_query::Expr,
};
use serde::Serialize;
use tenants::PlatformTx;
use utoipa::ToSchema;

use super::{JobId, JobRow, JobState, entity};
use crate::Error;

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
    count(tx, JobState::Queued).await
}

async fn count(tx: &PlatformTx, state: JobState) -> Result<u64, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(entity::Column::State.eq(state))
        .count(tx)
        .await?)
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JobTotals)]
pub struct Totals {
    /// Waiting for a worker or for their time.
    pub queued: u64,
    /// Being worked on.
    pub running: u64,
    /// Given up.
    pub given_up: u64,
}

/// How many jobs there are in each state.
pub async fn totals(tx: &PlatformTx) -> Result<Totals, Error> {
    let running = tx
        .find::<entity::Entity>()
        .filter(entity::Column::State.eq(JobState::Queued))
        .filter(entity::Column::LeasedUntil.gte(tx.now()))
        .count(tx)
        .await?;
    Ok(Totals {
        queued: count(tx, JobState::Queued).await?.saturating_sub(running),
        running,
        given_up: count(tx, JobState::GivenUp).await?,
    })
}

fn queue_again(tx: &PlatformTx) -> UpdateMany<entity::Entity> {
    tx.update::<entity::Entity>()
        .col_expr(entity::Column::State, Expr::value(JobState::Queued))
        .col_expr(entity::Column::Attempts, Expr::value(0_i64))
        .col_expr(entity::Column::RunAt, Expr::value(tx.now()))
        .filter(entity::Column::State.eq(JobState::GivenUp))
}

/// Puts a job that was given up back in its queue.
///
/// # Errors
/// [`Error::NotFound`] when there is no such job among those given up.
pub async fn retry(tx: &PlatformTx, id: JobId) -> Result<(), Error> {
    let changed = queue_again(tx)
        .filter(entity::Column::Id.eq(id))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Puts all jobs that were given up back in their queues. Gives back how many.
pub async fn retry_all(tx: &PlatformTx) -> Result<u64, Error> {
    Ok(queue_again(tx).exec(tx).await?.rows_affected)
}
