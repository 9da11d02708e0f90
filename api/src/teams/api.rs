//! The municipality's teams over the API.

use actix_web::{HttpResponse, delete, get, post, put};
use domain::teams::{self, Absence, AbsenceId, AbsenceRequest, Team, TeamId, TeamInput};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// All teams of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamList {
    /// By name.
    items: Vec<Team>,
}

/// The teams
#[utoipa::path(tag = "cases", operation_id = "listTeams", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, used or no longer used, with their members", body = TeamList)))]
#[get("/teams")]
pub async fn list(staff: Staff<may::ReadTeams>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = teams::teams(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(TeamList { items }))
}

/// Add a team
#[utoipa::path(tag = "cases", operation_id = "createTeam", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = TeamInput, security(("bearer" = [])), responses((status = 201, description = "Added", body = Team)))]
#[post("/teams")]
pub async fn create(
    staff: Staff<may::ManageTeams>,
    creating: IdempotentJson<TeamInput>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(&staff.site, Some(actor.id), async |tx, new: TeamInput| {
            Ok(Created {
                body: teams::add(tx, Some(actor.id), &new).await?,
                location: Some("/api/v1/teams".to_owned()),
            })
        })
        .await
}

/// Change a team, and who is in it
///
/// Messages that belong to it stay with it.
#[utoipa::path(tag = "cases", operation_id = "replaceTeam", params(("id" = uuid::Uuid, Path, description = "Id of the team")), request_body = TeamInput, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Team)))]
#[put("/teams/{id}")]
pub async fn replace(
    staff: Staff<may::ManageTeams>,
    id: Id<TeamId>,
    request: Json<TeamInput>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let team = teams::replace(&tx, staff.member(), id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(team))
}

/// Who is away.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AbsenceList {
    /// By the first day.
    items: Vec<Absence>,
}

/// Who is away, and who will be
///
/// What is meant for somebody who is away goes to their deputy in the team, or stays with the team.
#[utoipa::path(tag = "cases", operation_id = "listAbsences", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = AbsenceList)))]
#[get("/absences")]
pub async fn list_absences(
    staff: Staff<may::ReadTeams>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let items = teams::absences(&tx, None, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(AbsenceList { items }))
}

/// Say that somebody will be away
///
/// Oneself, or with the permission to manage teams anybody. The same days of the same colleague are kept once.
#[utoipa::path(tag = "cases", operation_id = "createAbsence", request_body = AbsenceRequest, security(("bearer" = [])), responses((status = 201, description = "Kept", body = Absence)))]
#[post("/absences")]
pub async fn create_absence(
    staff: Staff<may::UseAccount>,
    request: Json<AbsenceRequest>,
) -> HandlerResult {
    let zone = staff.site.tenant.zone;
    let tx = staff.write().await?;
    let absence = teams::add_absence(&tx, staff.member(), &request.0, zone).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(absence))
}

/// Take back that somebody is away
#[utoipa::path(tag = "cases", operation_id = "deleteAbsence", params(("id" = uuid::Uuid, Path, description = "Id of the absence")), security(("bearer" = [])), responses((status = 204, description = "Gone")))]
#[delete("/absences/{id}")]
pub async fn delete_absence(staff: Staff<may::UseAccount>, id: Id<AbsenceId>) -> HandlerResult {
    let tx = staff.write().await?;
    teams::remove_absence(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
