//! A case goes to another team or a colleague. Nothing that was promised waits for it.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::Deserialize;
use serde_json::json;
use tenants::{Permission, StaffId, TenantTx, permission, staff::StaffMember};
use utoipa::ToSchema;

use super::actions::{assignee_name, record_apart, require_open, staff_text};
use crate::{
    Code, Error, FieldErrors,
    audit::Action,
    cases::{
        Case, CaseId, CaseStatus, EventKind, REASON_MAX, Subject, change,
        entity::case_file::Column, get, refuse_subject, seen_by,
    },
    inbox::{self, NoticeKind, Whom},
    teams::{self, TeamId},
    text::{optional, read_choice},
};

/// To whom a case goes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct HandOnRequest {
    /// The team that it belongs to from now on; it stays with its team when this is left out.
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
    /// The colleague who works on it from now on; nobody when this is left out.
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// What they need to know.
    pub note: String,
}

/// A team that can get messages and tasks, or what is wrong with it.
pub(crate) async fn read_team(
    tx: &TenantTx,
    errors: &mut FieldErrors,
    typed: &str,
) -> Result<Option<(TeamId, String)>, Error> {
    if optional(Some(typed)).is_none() {
        return Ok(None);
    }
    let Some(id) = read_choice::<TeamId>(errors, "teamId", typed) else {
        return Ok(None);
    };
    let name = teams::usable(tx, id).await?;
    if name.is_none() {
        errors.add("teamId", "not_an_option");
    }
    Ok(name.map(|name| (id, name)))
}

/// A colleague who may read and handle messages, or what is wrong with them.
pub(crate) async fn read_colleague(
    tx: &TenantTx,
    errors: &mut FieldErrors,
    typed: &str,
) -> Result<Option<StaffMember>, Error> {
    if optional(Some(typed)).is_none() {
        return Ok(None);
    }
    let Some(id) = read_choice::<StaffId>(errors, "staffId", typed) else {
        return Ok(None);
    };
    let found = tenants::staff::get(tx, id).await?.filter(|member| {
        member.active && permission::allowed(&member.roles, Permission::HandleCases)
    });
    if found.is_none() {
        errors.add("staffId", "not_an_option");
    }
    Ok(found)
}

/// Hands a case on to a team, a colleague or both. Whoever works on it may, a lead may, and anybody may with a case that nobody has.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Code::CaseMerged`], [`Error::NotFound`].
pub async fn hand_on(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &HandOnRequest,
) -> Result<Case, Error> {
    let case = get(tx, id).await?;
    require_open(tx, &case).await?;
    let is_lead = actor.roles.contains(&tenants::Role::Lead);
    if case.assignee_id.is_some_and(|other| other != actor.id) && !is_lead {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    let mut errors = FieldErrors::default();
    let team = read_team(tx, &mut errors, &request.team_id).await?;
    let colleague = read_colleague(tx, &mut errors, &request.staff_id).await?;
    let note = staff_text(&mut errors, "note", &request.note, REASON_MAX);
    if errors.is_empty() && team.is_none() && colleague.is_none() {
        errors.add("teamId", "team_or_colleague");
    }
    if let Some(colleague) = &colleague
        && !seen_by(tx, colleague, id).await?
    {
        errors.add("staffId", "about_colleague");
    }
    errors.into_result()?;
    if let Some((team, _)) = &team {
        refuse_subject(tx, id, Subject::Team(*team)).await?;
    }
    let status = match colleague {
        Some(_) => CaseStatus::InProgress,
        None => CaseStatus::New,
    };
    let mut update = change(tx, id)
        .col_expr(
            Column::AssigneeId,
            Expr::value(colleague.as_ref().map(|colleague| colleague.id)),
        )
        .col_expr(Column::Status, Expr::value(status))
        .filter(Column::Version.eq(case.version));
    if let Some((team, _)) = &team {
        update = update.col_expr(Column::TeamId, Expr::value(*team));
    }
    if update.exec(tx).await?.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let what = (EventKind::HandedOn, Action::CaseHandOn);
    let team = team.map(|(id, _)| id);
    let staff = colleague.map(|colleague| colleague.id);
    let logged = json!({ "team": team, "staff": staff });
    let told = json!({ "team": team, "staff": staff, "reason": note });
    record_apart(tx, id, actor, what, (told, logged)).await?;
    let case = get(tx, id).await?;
    let whom = match (staff, team) {
        (Some(colleague), _) => Some(Whom::Staff(colleague)),
        (None, team) => team.map(Whom::Team),
    };
    if let Some(whom) = whom {
        let about = inbox::Subject::Case(&case);
        inbox::notify(tx, whom, NoticeKind::Assigned, about, Some(actor.id)).await?;
    }
    Ok(case)
}
