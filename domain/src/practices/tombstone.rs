//! What is left of a practice that was withdrawn or taken down.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, Delete, QueryFilter, Update, sea_query::Expr};
use tenants::TenantId;

use super::{
    PracticeContent, PracticeId, PublishedState,
    entity::{
        practice_party, practice_text, published_practice, published_practice_theme,
        published_practice_version,
    },
};
use crate::Error;

/// Leaves of a published practice of `owner` only that there was one, why it went and when.
pub(super) async fn leave_tombstone(
    tx: &impl ConnectionTrait,
    id: PracticeId,
    owner: TenantId,
    state: PublishedState,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    use published_practice::Column;

    macro_rules! delete {
        ($($table:ident),+) => {
            $(Delete::many($table::Entity)
                .filter($table::Column::Owner.eq(owner))
                .filter($table::Column::Practice.eq(id))
                .exec(tx)
                .await?;)+
        };
    }
    delete!(
        published_practice_theme,
        published_practice_version,
        practice_party,
        practice_text
    );
    let body = serde_json::to_value(PracticeContent::default()).map_err(Error::bug)?;
    let emptied = Update::many(published_practice::Entity)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Reason, Expr::value(Some(reason.to_owned())))
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .col_expr(Column::Title, Expr::value(""))
        .col_expr(Column::Summary, Expr::value(""))
        .col_expr(Column::Body, Expr::value(body))
        .col_expr(Column::ContactUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::Owner.eq(owner))
        .exec(tx)
        .await?;
    Ok(emptied.rows_affected)
}
