//! A case gets a category, another one, or none any more.

use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};

use crate::{
    Code, Error, audit,
    cases::{
        Case, CaseId, EventKind, entity::case_file, get, record_event, refuse_merged,
        usable_category,
    },
    clocks,
};

/// Says what a case is about, or that it is not known. Promises that run are chosen again by it; what has a result keeps it.
///
/// # Errors
/// [`Error::Invalid`] for a category that is not used; [`Code::CaseMerged`], [`Error::NotFound`].
pub async fn categorise(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    key: Option<&str>,
) -> Result<Case, Error> {
    let case = get(tx, id).await?;
    refuse_merged(tx, &case).await?;
    if case.category.as_deref() == key {
        return Ok(case);
    }
    let wanted = usable_category(tx, key.map(str::to_owned)).await?;
    if wanted.as_deref() != key {
        return Err(Error::invalid("category", "not_an_option"));
    }
    let changed = tx
        .update::<case_file::Entity>()
        .col_expr(case_file::Column::Category, Expr::value(wanted.clone()))
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(1),
        )
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::Version.eq(case.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let after = get(tx, id).await?;
    clocks::reassess_promises(tx, &after, actor.id).await?;
    let details = json!({ "from": case.category, "to": wanted });
    record_event(
        tx,
        id,
        EventKind::Categorised,
        Some(actor.id),
        details.clone(),
    )
    .await?;
    audit::record(
        tx,
        Some(actor.id),
        audit::Action::CaseCategorise,
        ("case", Some(id.0)),
        details,
    )
    .await?;
    get(tx, id).await
}
