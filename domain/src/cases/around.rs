//! How many messages there were about something before an instant and after it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use tenants::TenantTx;

use super::{
    category::below,
    entity::case_file::{self, Column},
    reference::TRIAL_PATTERN,
};
use crate::Error;

/// How many messages of a category came in the time before an instant, and in the same time from it on. Trial messages do not count, erased ones do.
/// One statement.
pub(crate) async fn counts_around(
    tx: &TenantTx,
    category: &str,
    at: DateTime<Utc>,
    span: TimeDelta,
) -> Result<(i64, i64), Error> {
    let sum = |condition: Condition| -> Expr {
        // PostgreSQL sums bigint to numeric.
        Expr::expr(Expr::case(condition, Expr::value(1_i64)).finally(0_i64))
            .sum()
            .cast_as("bigint")
    };
    let before = Condition::all().add(Column::ReceivedAt.lt(at));
    let after = Condition::all().add(Column::ReceivedAt.gte(at));
    let counted = tx
        .find::<case_file::Entity>()
        .select_only()
        .expr_as(sum(before), "before")
        .expr_as(sum(after), "after")
        .filter(
            // One of the first level also counts those below it.
            Condition::any()
                .add(Column::Category.eq(category))
                .add(Column::Category.in_subquery(below(tx, category))),
        )
        .filter(Column::ReceivedAt.gte(at - span))
        .filter(Column::ReceivedAt.lt(at + span))
        .filter(Column::Reference.not_like(TRIAL_PATTERN));
    let Some(row) = tx.query_one(&counted.into_query()).await? else {
        return Ok((0, 0));
    };
    let number = |name: &str| -> Result<i64, Error> {
        // The sum over nothing is null.
        Ok(row.try_get::<Option<i64>>("", name)?.unwrap_or_default())
    };
    Ok((number("before")?, number("after")?))
}
