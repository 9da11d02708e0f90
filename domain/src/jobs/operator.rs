//! What the operator sees of jobs and does with them.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;
use tenants::{PlatformTx, TenantId};
use utoipa::ToSchema;

use super::{JobId, JobKind, JobRow, JobState, entity};
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

/// Jobs of an owner that need somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JobHealth)]
pub struct Health {
    /// Given up, mails included.
    pub given_up: i64,
    /// Mails that were given up.
    pub given_up_mails: i64,
    /// Their time came more than an hour ago, and they were not done.
    pub stuck: i64,
}

/// How long a job may wait for a worker before it counts as stuck.
const STUCK: TimeDelta = TimeDelta::hours(1);

/// Who has jobs that need somebody. One statement.
pub async fn health(tx: &PlatformTx) -> Result<HashMap<TenantId, Health>, Error> {
    use entity::Column;

    let given_up = || Condition::all().add(Column::State.eq(JobState::GivenUp));
    let mails = [JobKind::SendMail, JobKind::SendReceipt].map(JobKind::as_str);
    let stuck = || {
        Condition::all()
            .add(Column::State.eq(JobState::Queued))
            .add(Column::RunAt.lt(tx.now() - STUCK))
    };
    let sum = |condition: Condition| -> Expr {
        // PostgreSQL sums bigint to numeric.
        Expr::expr(Expr::case(condition, Expr::value(1_i64)).finally(0_i64))
            .sum()
            .cast_as("bigint")
    };
    let counted = tx
        .find::<entity::Entity>()
        .select_only()
        .column(Column::Owner)
        .expr_as(sum(given_up()), "given_up")
        .expr_as(
            sum(given_up().add(Column::Kind.is_in(mails))),
            "given_up_mails",
        )
        .expr_as(sum(stuck()), "stuck")
        .filter(Condition::any().add(given_up()).add(stuck()))
        .group_by(Column::Owner)
        .into_tuple::<(TenantId, i64, i64, i64)>()
        .all(tx)
        .await?;
    Ok(counted
        .into_iter()
        .map(|(owner, given_up, given_up_mails, stuck)| {
            let health = Health {
                given_up,
                given_up_mails,
                stuck,
            };
            (owner, health)
        })
        .collect())
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
