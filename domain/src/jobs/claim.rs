//! Taking jobs, keeping them, and what becomes of them.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query},
};
use tenants::{PlatformTx, TenantId, tenant};

use super::{Failure, JobId, JobRow, JobState, Queue, entity};
use crate::Error;

/// How long a worker keeps a job before another one takes it over. It renews the lease while it works, so this is also about how long the
/// jobs of a worker that was killed wait.
pub const LEASE: TimeDelta = TimeDelta::minutes(1);
/// After so many tries a job is given up: five days or a little more (RFC 5321 §4.5.4.1), with the back-off below.
pub const MAX_ATTEMPTS: i64 = 39;

/// Jobs of one owner in one queue whose time has come.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Due {
    pub(crate) priority: i64,
    pub(crate) owner: TenantId,
}

/// Queued, its time has come, its municipality has not left, and nobody keeps it.
fn ready(now: DateTime<Utc>, except: &[JobId]) -> Condition {
    Condition::all()
        .add(entity::Column::State.eq(JobState::Queued))
        .add(entity::Column::RunAt.lte(now))
        .add(entity::Column::Id.is_not_in(except.iter().copied()))
        .add(entity::Column::Owner.not_in_subquery(tenant::left()))
        .add(
            Condition::any()
                .add(entity::Column::LeasedUntil.is_null())
                .add(entity::Column::LeasedUntil.lt(now)),
        )
}

/// Which owners have jobs to do in `queues`. `except` are those that this worker is doing.
pub(crate) async fn due(
    tx: &PlatformTx,
    queues: &[Queue],
    except: &[JobId],
) -> Result<Vec<Due>, Error> {
    let priorities = queues.iter().map(|queue| queue.priority());
    Ok(tx
        .find::<entity::Entity>()
        .select_only()
        .column(entity::Column::Priority)
        .column(entity::Column::Owner)
        .filter(entity::Column::Priority.is_in(priorities))
        .filter(ready(tx.now(), except))
        .distinct()
        .into_model::<Due>()
        .all(tx)
        .await?)
}

/// Takes the job of an owner in a queue that waits longest.
pub(crate) async fn claim(
    tx: &PlatformTx,
    queue: Queue,
    owner: TenantId,
    except: &[JobId],
) -> Result<Option<JobRow>, Error> {
    let next = Query::select()
        .column(entity::Column::Id)
        .from(entity::Entity)
        .cond_where(ready(tx.now(), except))
        .and_where(entity::Column::Priority.eq(queue.priority()))
        .and_where(entity::Column::Owner.eq(owner))
        .order_by(entity::Column::RunAt, sea_orm::Order::Asc)
        .order_by(entity::Column::Id, sea_orm::Order::Asc)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let claim = Query::update()
        .table(entity::Entity)
        .value(entity::Column::LeasedUntil, tx.now() + LEASE)
        .value(
            entity::Column::Attempts,
            Expr::col(entity::Column::Attempts).add(1),
        )
        // Compared with one value: PostgreSQL may look into a list that is asked for once for every row, and lease a job each time.
        .and_where(Expr::col(entity::Column::Id).eq(Expr::from(next)))
        .returning_all()
        .to_owned();
    let row = tx.query_one(&claim).await?;
    Ok(row
        .map(|row| JobRow::from_query_result(&row, ""))
        .transpose()?)
}

/// Whether this try still has the job. Each claim counts a try, so the number tells two workers apart.
fn still_kept(row: &JobRow) -> Condition {
    Condition::all()
        .add(entity::Column::Id.eq(row.id))
        .add(entity::Column::State.eq(JobState::Queued))
        .add(entity::Column::Attempts.eq(row.attempts))
        .add(entity::Column::LeasedUntil.is_not_null())
}

fn any_still_kept(rows: &[JobRow]) -> Condition {
    (rows.iter()).fold(Condition::any(), |any, row| any.add(still_kept(row)))
}

/// Keeps jobs for another [`LEASE`].
pub async fn renew(tx: &PlatformTx, rows: &[JobRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    tx.update::<entity::Entity>()
        .col_expr(
            entity::Column::LeasedUntil,
            Expr::value(Some(tx.now() + LEASE)),
        )
        .filter(any_still_kept(rows))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts jobs back whose try was interrupted by a stop: it does not count.
pub async fn release(tx: &PlatformTx, rows: &[JobRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    tx.update::<entity::Entity>()
        .col_expr(
            entity::Column::LeasedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            entity::Column::Attempts,
            Expr::col(entity::Column::Attempts).sub(1),
        )
        .filter(any_still_kept(rows))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a job is given up after this failure.
pub(crate) fn is_given_up(row: &JobRow, failure: &Failure) -> bool {
    match failure {
        Failure::GiveUp(_) => true,
        Failure::Retry(_) => row.attempts >= MAX_ATTEMPTS,
        Failure::Later(_) => false,
    }
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
                .filter(still_kept(row))
                .exec(tx)
                .await?;
            return Ok(());
        }
        Err(failure) => failure,
    };
    let cause = match failure {
        Failure::Retry(cause) | Failure::GiveUp(cause) => cause,
        Failure::Later(at) => return put_off(tx, row, *at).await,
    };
    let state = if is_given_up(row, failure) {
        tracing::error!(job = %row.id, kind = row.kind, cause, "job given up");
        JobState::GivenUp
    } else {
        tracing::warn!(job = %row.id, kind = row.kind, attempt = row.attempts, cause, "job will be tried again");
        JobState::Queued
    };
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
        .filter(still_kept(row))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts a job back until an instant, as if it had not been tried.
async fn put_off(tx: &PlatformTx, row: &JobRow, until: DateTime<Utc>) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(
            entity::Column::LeasedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            entity::Column::Attempts,
            Expr::col(entity::Column::Attempts).sub(1),
        )
        .col_expr(entity::Column::RunAt, Expr::value(until))
        .filter(still_kept(row))
        .exec(tx)
        .await?;
    Ok(())
}

/// The wait before try `attempts + 1`: half a minute, doubled each time up to four hours, with a quarter of jitter taken from the id, so
/// that a thousand mails that failed together do not come back together.
#[must_use]
pub fn back_off(attempts: i64, id: JobId) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 11)).unwrap_or(1) - 1;
    let base = Duration::from_secs(30)
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(Duration::from_hours(4));
    let jitter = u32::from(id.0.as_bytes().last().copied().unwrap_or_default());
    let wait = base + base / 4 * jitter / 255;
    TimeDelta::from_std(wait).unwrap_or(TimeDelta::hours(5))
}

#[cfg(test)]
mod tests {
    use tenants::uuid::Uuid;

    use super::*;

    #[test]
    fn the_waits_grow_to_four_hours_and_end_after_five_days() {
        let id = JobId(Uuid::nil());
        assert_eq!(back_off(1, id), TimeDelta::seconds(30));
        assert_eq!(back_off(2, id), TimeDelta::minutes(1));
        assert_eq!(back_off(10, id), TimeDelta::hours(4));
        assert_eq!(back_off(500, JobId(Uuid::max())), TimeDelta::hours(5));
        for id in [id, JobId(Uuid::max())] {
            let total: TimeDelta = (1..MAX_ATTEMPTS).map(|attempt| back_off(attempt, id)).sum();
            assert!(
                total >= TimeDelta::days(5) && total < TimeDelta::days(7),
                "{total}"
            );
        }
    }
}
