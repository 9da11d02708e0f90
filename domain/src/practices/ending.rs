//! What becomes of a published practice at its owner's: it still holds, it goes to the archive, or it is taken back.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx};

use super::{
    Practice, PracticeId, PracticeStatus, PublishedState,
    entity::{practice_review, published_practice},
    form::LINE_MAX,
    get,
    lifecycle::advance,
    tombstone::leave_tombstone,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    input, text,
};

/// Says that a published practice still holds. Whom to ask has to consent again.
///
/// # Errors
/// [`Code::PracticeNotNow`] for one that is not published.
pub async fn confirm(tx: &TenantTx, id: PracticeId, actor: StaffId) -> Result<(), Error> {
    use published_practice::Column;

    let confirmed = tx
        .update::<published_practice::Entity>()
        .col_expr(Column::ConfirmedAt, Expr::value(tx.now()))
        .col_expr(Column::State, Expr::value(PublishedState::Published))
        .col_expr(Column::EndedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::ContactUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([PublishedState::Published, PublishedState::Archived]))
        .exec(tx)
        .await?;
    if confirmed.rows_affected == 0 {
        get(tx, id).await?;
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeConfirm, object, json!({})).await
}

/// Puts a published practice into the archive: it can be read and is no longer found among the others, until somebody says that it holds.
///
/// # Errors
/// [`Code::PracticeNotNow`] for one that is not published.
pub async fn archive(tx: &TenantTx, id: PracticeId, actor: StaffId) -> Result<(), Error> {
    use published_practice::Column;

    let archived = tx
        .update::<published_practice::Entity>()
        .col_expr(Column::State, Expr::value(PublishedState::Archived))
        .col_expr(Column::EndedAt, Expr::value(Some(tx.now())))
        .col_expr(Column::ContactUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(PublishedState::Published))
        .exec(tx)
        .await?;
    if archived.rows_affected == 0 {
        get(tx, id).await?;
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeArchive, object, json!({})).await
}

/// Takes a practice back: of the published copy only the reason and the day are left, and a version that the exchange judges is gone. What the
/// owner has is a draft again.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Code::PracticeNotNow`] when nothing is to be taken back.
pub async fn withdraw(
    tx: &TenantTx,
    owner: &Tenant,
    id: PracticeId,
    actor: StaffId,
    reason: &str,
) -> Result<Practice, Error> {
    let mut errors = FieldErrors::default();
    let reason = input::required(text::clean_line(reason), LINE_MAX, "reason", &mut errors);
    errors.into_result()?;
    let practice = get(tx, id).await?;
    let reason = practice.private(owner)?.hide(&reason);
    let reviews = tx
        .delete::<practice_review::Entity>()
        .filter(practice_review::Column::Id.eq(id))
        .exec(tx)
        .await?;
    if reviews.rows_affected == 0 {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    leave_tombstone(
        tx,
        id,
        tx.tenant(),
        PublishedState::Withdrawn,
        &reason,
        tx.now(),
    )
    .await?;
    let practice = advance(tx, &practice, PracticeStatus::Draft, &[]).await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeWithdraw, object, json!({})).await?;
    Ok(practice)
}
