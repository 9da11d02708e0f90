//! The hosts of one's own municipality over the API.

use actix_web::{HttpResponse, delete, get, post, put};
use domain::hosting::{Checked, HostClaimId, HostRequest, Hosts, WaitingHost};
use tenants::permission::may;

use super::place::{self, Place};
use crate::{
    extract::{Id, Json, Staff},
    problem::HandlerResult,
};

/// The hosts of the municipality
///
/// Those in use, the one in links first, and those that wait for their proof in DNS.
#[utoipa::path(tag = "administration", operation_id = "getHosts", security(("bearer" = [])), responses((status = 200, description = "The hosts", body = Hosts)))]
#[get("/hosts")]
pub async fn hosts(staff: Staff<may::ManageHosts>) -> HandlerResult {
    Ok(HttpResponse::Ok().json(Place::own(&staff).hosts().await?))
}

/// Claim a host
///
/// It waits until a text record (TXT) in DNS proves that the municipality manages it. The answer says which; `checkHostClaim` looks for it.
#[utoipa::path(tag = "administration", operation_id = "createHostClaim", request_body = HostRequest, security(("bearer" = [])), responses((status = 201, description = "Waits for its proof", body = WaitingHost)))]
#[post("/host-claims")]
pub async fn claim(staff: Staff<may::ManageHosts>, request: Json<HostRequest>) -> HandlerResult {
    let given = Place::own(&staff).add(&request.0).await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", "/api/v1/hosts"))
        .json(place::waiting(given)?))
}

/// Look for the proof of a host
///
/// When the record is there, the host is in use from now on.
#[utoipa::path(tag = "administration", operation_id = "checkHostClaim", params(("id" = uuid::Uuid, Path, description = "Id of the claim")), security(("bearer" = [])), responses((status = 200, description = "What was found", body = Checked)))]
#[post("/host-claims/{id}/_check")]
pub async fn check(staff: Staff<may::ManageHosts>, id: Id<HostClaimId>) -> HandlerResult {
    Ok(HttpResponse::Ok().json(Place::own(&staff).check(id.0).await?))
}

/// Take a claim back
#[utoipa::path(tag = "administration", operation_id = "deleteHostClaim", params(("id" = uuid::Uuid, Path, description = "Id of the claim")), security(("bearer" = [])), responses((status = 204, description = "Nothing waits any more")))]
#[delete("/host-claims/{id}")]
pub async fn withdraw(staff: Staff<may::ManageHosts>, id: Id<HostClaimId>) -> HandlerResult {
    Place::own(&staff).withdraw(id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Make a host the one in links
#[utoipa::path(tag = "administration", operation_id = "replacePrimaryHost", request_body = HostRequest, security(("bearer" = [])), responses((status = 200, description = "The hosts", body = Hosts)))]
#[put("/primary-host")]
pub async fn put_first(
    staff: Staff<may::ManageHosts>,
    request: Json<HostRequest>,
) -> HandlerResult {
    Ok(HttpResponse::Ok().json(Place::own(&staff).put_first(&request.0).await?))
}

/// Take a host out of use
///
/// Links that were sent with it no longer work. The host in links stays until another one is.
#[utoipa::path(tag = "administration", operation_id = "removeHost", request_body = HostRequest, security(("bearer" = [])), responses((status = 200, description = "The hosts", body = Hosts)))]
#[post("/hosts/_remove")]
pub async fn remove(staff: Staff<may::ManageHosts>, request: Json<HostRequest>) -> HandlerResult {
    Ok(HttpResponse::Ok().json(Place::own(&staff).remove(&request.0).await?))
}
