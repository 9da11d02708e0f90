//! The people who work here, over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::people::{self, AccessRequest, RolesRequest, StaffRequest};
use serde::Serialize;
use tenants::{StaffId, permission::may, staff, staff::StaffMember};
use utoipa::ToSchema;

use super::{no_password, sender};
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// Everybody who works here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffList {
    /// By name.
    items: Vec<StaffMember>,
}

/// Who works here
#[utoipa::path(tag = "administration", operation_id = "listStaffMembers", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Everybody", body = StaffList)))]
#[get("/staff-members")]
pub async fn list(reader: Staff<may::ReadStaff>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = reader.read().await?;
    let items = staff::all(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(StaffList { items }))
}

/// Invite a colleague
///
/// They get an account and a mail with a link to choose a password with, which works for seven days.
#[utoipa::path(tag = "administration", operation_id = "inviteStaffMember", params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")), request_body = StaffRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Invited", body = StaffMember),
    (status = 400, description = "What is wrong, per field", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/staff-members")]
pub async fn invite(
    actor: Staff<may::ManageStaff>,
    request: IdempotentJson<StaffRequest>,
) -> HandlerResult {
    let no_password = no_password(&actor.site).await?;
    request
        .once(&actor.site, Some(actor.member().id), async |tx, new| {
            let (sender, actor) = (sender(&actor.site), actor.member().id);
            let body = people::invite(tx, sender, new, no_password.clone(), actor).await?;
            Ok(Created {
                location: None,
                body,
            })
        })
        .await
}

/// Send a colleague a new link
///
/// The link of the mail before no longer works.
#[utoipa::path(tag = "administration", operation_id = "reinviteStaffMember", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), security(("bearer" = [])), responses(
    (status = 200, description = "Sent", body = StaffMember),
    (status = 409, description = "The account is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/staff-members/{id}/_invite")]
pub async fn invite_again(actor: Staff<may::ManageStaff>, id: Id<StaffId>) -> HandlerResult {
    let tx = actor.write().await?;
    let member = people::invite_again(&tx, sender(&actor.site), id.0, actor.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(member))
}

/// Give somebody other roles
///
/// All sign-ins of that person end at once, and a mail tells them. Nobody gives themselves a role that reads messages or touches money.
#[utoipa::path(tag = "administration", operation_id = "setStaffMemberRoles", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), request_body = RolesRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Changed", body = StaffMember),
    (status = 409, description = "Nobody would be left who can manage people", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/staff-members/{id}/roles")]
pub async fn set_roles(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    request: Json<RolesRequest>,
) -> HandlerResult {
    let tx = actor.write().await?;
    let from = sender(&actor.site);
    let changed = people::change_roles(&tx, from, actor.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(changed))
}

/// Close an account, or open it again
///
/// All sign-ins of that person end at once. What they did stays under their name.
#[utoipa::path(tag = "administration", operation_id = "setStaffMemberAccess", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), request_body = AccessRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Changed", body = StaffMember),
    (status = 409, description = "Nobody would be left who can manage people", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/staff-members/{id}/access")]
pub async fn set_access(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    request: Json<AccessRequest>,
) -> HandlerResult {
    let tx = actor.write().await?;
    let changed = people::set_access(&tx, actor.member().id, id.0, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(changed))
}
