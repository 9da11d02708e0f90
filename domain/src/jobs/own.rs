//! Jobs of an organisation that its own staff put back in their queue.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, Query},
};
use serde_json::Value;
use tenants::TenantTx;

use super::{
    JobKind, JobRow, JobState,
    entity::{Column, Entity},
};
use crate::Error;

/// Most jobs that were given up which are looked at.
const LOOKED_AT: u64 = 1_000;

/// Puts the jobs of these kinds that were given up, and whose payload is meant, back in their queues. Gives back how many.
pub(crate) async fn retry_own(
    tx: &TenantTx,
    kinds: &[JobKind],
    is_meant: impl Fn(&Value) -> bool,
) -> Result<usize, Error> {
    let given_up = Query::select()
        .expr(Expr::cust("*"))
        .from(Entity)
        .and_where(Column::Owner.eq(tx.tenant()))
        .and_where(Column::State.eq(JobState::GivenUp))
        .and_where(Column::Kind.is_in(kinds.iter().map(ToString::to_string)))
        .order_by(Column::CreatedAt, sea_orm::Order::Desc)
        .limit(LOOKED_AT)
        .to_owned();
    let mut meant = Vec::new();
    for row in tx.query_all(&given_up).await? {
        let row = JobRow::from_query_result(&row, "")?;
        if is_meant(&row.payload) {
            meant.push(row.id);
        }
    }
    if meant.is_empty() {
        return Ok(0);
    }
    let again = Query::update()
        .table(Entity)
        .value(Column::State, JobState::Queued)
        .value(Column::Attempts, 0_i64)
        .value(Column::RunAt, tx.now())
        .value(Column::LeasedUntil, None::<DateTime<Utc>>)
        .and_where(Column::Owner.eq(tx.tenant()))
        .and_where(Column::State.eq(JobState::GivenUp))
        .and_where(Column::Id.is_in(meant.iter().copied()))
        .to_owned();
    tx.execute(&again).await?;
    Ok(meant.len())
}
