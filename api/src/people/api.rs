//! The people who work here, over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    Error,
    people::{self, NewColleague},
};
use serde::{Deserialize, Serialize};
use tenants::{Role, StaffId, permission::may, staff, staff::StaffMember};
use utoipa::ToSchema;

use super::{no_password, sender};
use crate::{
    extract::{Id, Json, Staff},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// A member of staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: StaffId,
    /// Name as colleagues know it.
    name: String,
    /// Mail address of the account.
    email: String,
    /// Roles.
    roles: Vec<String>,
    /// Whether the account may sign in.
    active: bool,
}

/// Everybody who works here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffList {
    /// By name.
    items: Vec<StaffItem>,
}

/// A colleague to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StaffRequest {
    /// Name as colleagues know it.
    #[schema(example = "Sanne de Boer")]
    name: String,
    /// Address to sign in with; the invitation goes there.
    #[schema(example = "sanne@waterdam.example")]
    email: String,
    /// Roles, as in [`RolesRequest`].
    roles: Vec<String>,
}

/// Roles to give.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RolesRequest {
    /// The roles from now on: `clerk`, `lead`, `formEditor`, `budgetHolder`, `tenantAdmin`, `employee`, `auditor`.
    roles: Vec<String>,
}

/// Whether somebody may sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccessRequest {
    /// `false` closes the account: all its sign-ins end at once.
    active: bool,
}

fn item(member: StaffMember) -> StaffItem {
    StaffItem {
        id: member.id,
        name: member.name,
        email: member.email,
        roles: member.roles.iter().map(ToString::to_string).collect(),
        active: member.active,
    }
}

fn parse(roles: &[String]) -> Result<Vec<Role>, Error> {
    roles
        .iter()
        .map(|role| role.parse::<Role>())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| Error::invalid("roles", "not_an_option"))
}

/// Who works here
#[utoipa::path(tag = "administration", operation_id = "listStaffMembers", security(("bearer" = [])), responses((status = 200, description = "Everybody", body = StaffList)))]
#[get("/staff-members")]
pub async fn list(reader: Staff<may::ReadStaff>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = staff::all(&tx).await?.into_iter().map(item).collect();
    Ok(HttpResponse::Ok().json(StaffList { items }))
}

/// Invite a colleague
///
/// They get an account and a mail with a link to choose a password with, which works for seven days.
#[utoipa::path(tag = "administration", operation_id = "inviteStaffMember", params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")), request_body = StaffRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Invited", body = StaffItem),
    (status = 400, description = "What is wrong, per field", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/staff-members")]
pub async fn invite(
    actor: Staff<may::ManageStaff>,
    request: IdempotentJson<StaffRequest>,
) -> Result<HttpResponse, Problem> {
    let no_password = no_password(&actor.site).await?;
    request
        .once(&actor.site, Some(actor.member().id), async |tx, new| {
            let roles = parse(&new.roles)?;
            let colleague = NewColleague {
                name: &new.name,
                email: &new.email,
                roles: &roles,
            };
            let member = people::invite(
                tx,
                sender(&actor.site),
                colleague,
                no_password.clone(),
                actor.member().id,
            )
            .await?;
            Ok(Created {
                location: None,
                body: item(member),
            })
        })
        .await
}

/// Send a colleague a new link
///
/// The link of the mail before no longer works.
#[utoipa::path(tag = "administration", operation_id = "reinviteStaffMember", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), security(("bearer" = [])), responses(
    (status = 200, description = "Sent", body = StaffItem),
    (status = 409, description = "The account is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/staff-members/{id}/_invite")]
pub async fn invite_again(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
) -> Result<HttpResponse, Problem> {
    let tx = actor.write().await?;
    let member = people::invite_again(&tx, sender(&actor.site), id.0, actor.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(member)))
}

/// Give somebody other roles
///
/// All sign-ins of that person end at once.
#[utoipa::path(tag = "administration", operation_id = "setStaffMemberRoles", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), request_body = RolesRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Changed", body = StaffItem),
    (status = 409, description = "Nobody would be left who can manage people", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/staff-members/{id}/roles")]
pub async fn set_roles(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    request: Json<RolesRequest>,
) -> Result<HttpResponse, Problem> {
    let roles = parse(&request.0.roles)?;
    let tx = actor.write().await?;
    let changed =
        people::change_roles(&tx, &actor.site.tenant, actor.member().id, id.0, &roles).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(changed)))
}

/// Close an account, or open it again
///
/// All sign-ins of that person end at once. What they did stays under their name.
#[utoipa::path(tag = "administration", operation_id = "setStaffMemberAccess", params(("id" = uuid::Uuid, Path, description = "Id of the member of staff")), request_body = AccessRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Changed", body = StaffItem),
    (status = 409, description = "Nobody would be left who can manage people", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/staff-members/{id}/access")]
pub async fn set_access(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    request: Json<AccessRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = actor.write().await?;
    let changed = people::set_access(&tx, actor.member().id, id.0, request.0.active).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(changed)))
}
