//! A case gets a category, another one, or none any more.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};

use super::actions::record;
use crate::{
    Code, Error,
    audit::Action,
    cases::{
        Case, CaseId, EventKind, Subject, Viewer, change, entity::case_file, get, refuse_merged,
        refuse_subject, seen, usable_category_with_team,
    },
    clocks, routing,
    teams::{self, TeamId},
};

/// The team of a case that gets another category: the category's, as when it is filed, unless somebody gave it to another team by hand or it
/// is about that team (Awb art. 9:7). A team that is no longer used gets nothing, and the municipality's default team is given by nobody.
async fn team_after(
    tx: &TenantTx,
    case: &Case,
    wanted: Option<TeamId>,
) -> Result<Option<TeamId>, Error> {
    let Some(wanted) = wanted.filter(|team| case.team_id != Some(*team)) else {
        return Ok(case.team_id);
    };
    if teams::usable(tx, wanted).await?.is_none() {
        return Ok(case.team_id);
    }
    if let Some(team) = case.team_id {
        let before = usable_category_with_team(tx, case.category.clone()).await?;
        let by_category = before.and_then(|category| category.team_id) == Some(team);
        if !by_category && routing::default_team(tx).await? != Some(team) {
            return Ok(case.team_id);
        }
    }
    match refuse_subject(tx, case.id, Subject::Team(wanted)).await {
        Ok(()) => Ok(Some(wanted)),
        Err(error) if error.code() == Code::CaseAboutHandler => Ok(case.team_id),
        Err(error) => Err(error),
    }
}

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
    let wanted = usable_category_with_team(tx, key.map(str::to_owned)).await?;
    if wanted.as_ref().map(|category| category.key.as_str()) != key {
        return Err(Error::invalid("category", "not_an_option"));
    }
    let team = team_after(tx, &case, wanted.and_then(|category| category.team_id)).await?;
    let changed = change(tx, id)
        .col_expr(case_file::Column::Category, Expr::value(key))
        .col_expr(case_file::Column::TeamId, Expr::value(team))
        .filter(case_file::Column::Version.eq(case.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let details = json!({ "from": case.category, "to": key });
    let after = Case {
        category: key.map(str::to_owned),
        team_id: team,
        version: case.version + 1,
        ..case
    };
    clocks::reassess_promises(tx, &after, actor.id).await?;
    let what = (EventKind::Categorised, Action::CaseCategorise);
    record(tx, id, actor, what, details).await?;
    get(tx, id).await
}
