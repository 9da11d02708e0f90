//! A case gets a category, another one, or none any more.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};

use super::actions::record;
use crate::{
    Code, Error,
    audit::Action,
    cases::{
        Case, CaseId, EventKind, Viewer, change, entity::case_file, get, refuse_merged, seen,
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
    let case = seen(tx, Viewer::of(actor), id).await?;
    refuse_merged(tx, &case).await?;
    if case.category.as_deref() == key {
        return Ok(case);
    }
    let wanted = usable_category(tx, key.map(str::to_owned)).await?;
    if wanted.as_ref().map(|category| category.key.as_str()) != key {
        return Err(Error::invalid("category", "not_an_option"));
    }
    // What belongs to nobody yet goes to the team of its category.
    let team = wanted.and_then(|category| category.team_id);
    let team = case.team_id.or(team.filter(|_| case.assignee_id.is_none()));
    let changed = change(tx, id)
        .col_expr(case_file::Column::Category, Expr::value(key))
        .col_expr(case_file::Column::TeamId, Expr::value(team))
        .filter(case_file::Column::Version.eq(case.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let after = get(tx, id).await?;
    clocks::reassess_promises(tx, &after, actor.id).await?;
    let details = json!({ "from": case.category, "to": key });
    let what = (EventKind::Categorised, Action::CaseCategorise);
    record(tx, id, actor, what, details).await?;
    get(tx, id).await
}
