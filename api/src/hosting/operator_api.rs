//! How a municipality stands and its hosts, for the operator, over the API of the platform's own host.

use actix_web::{HttpResponse, get, post, put};
use domain::hosting::{self, Checked, HostRequest, Hosts, Standing, StandingRequest, StandingStep};
use tenants::permission::may;

use super::place::{self, Place};
use crate::{
    extract::{Json, PathName, Staff},
    problem::HandlerResult,
};

type Operator = Staff<may::OperatePlatform>;

/// How a municipality stands
#[utoipa::path(tag = "administration", operation_id = "getTenantStanding", params(("slug" = String, Path, description = "Short name of the municipality")), security(("bearer" = [])), responses((status = 200, description = "Its state, since when and why", body = Standing)))]
#[get("/tenants/{slug}/standing")]
pub async fn standing(operator: Operator, slug: PathName) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    Ok(HttpResponse::Ok().json(hosting::standing(&tx, &slug.0).await?))
}

async fn change(
    operator: &Operator,
    slug: &str,
    step: StandingStep,
    request: &StandingRequest,
) -> HandlerResult {
    let by = place::operator(operator);
    let known = hosting::change(&operator.site.app.db, by, slug, step, request).await?;
    place::forget(&operator.site, known.id).await?;
    Ok(HttpResponse::Ok().json(known))
}

/// Suspend a municipality
///
/// Its staff is signed out and cannot sign in. Residents can send messages and read on, and see how else they reach the municipality; mails
/// are sent and terms run on. Its administrators get a mail with the reason.
#[utoipa::path(tag = "administration", operation_id = "suspendTenant", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = StandingRequest, security(("bearer" = [])), responses((status = 200, description = "How it stands now", body = Standing)))]
#[post("/tenants/{slug}/_suspend")]
pub async fn suspend(
    operator: Operator,
    slug: PathName,
    request: Json<StandingRequest>,
) -> HandlerResult {
    change(&operator, &slug.0, StandingStep::Suspend, &request.0).await
}

/// Resume a municipality that was suspended, or that left
#[utoipa::path(tag = "administration", operation_id = "resumeTenant", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = StandingRequest, security(("bearer" = [])), responses((status = 200, description = "How it stands now", body = Standing)))]
#[post("/tenants/{slug}/_resume")]
pub async fn resume(
    operator: Operator,
    slug: PathName,
    request: Json<StandingRequest>,
) -> HandlerResult {
    change(&operator, &slug.0, StandingStep::Resume, &request.0).await
}

/// End the use of a municipality
///
/// Every address of its hosts answers 410 and says where residents can go. No mail is sent and no job is done for it. Nothing is deleted.
#[utoipa::path(tag = "administration", operation_id = "leaveTenant", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = StandingRequest, security(("bearer" = [])), responses((status = 200, description = "How it stands now", body = Standing)))]
#[post("/tenants/{slug}/_leave")]
pub async fn leave(
    operator: Operator,
    slug: PathName,
    request: Json<StandingRequest>,
) -> HandlerResult {
    change(&operator, &slug.0, StandingStep::Leave, &request.0).await
}

/// The hosts of a municipality
#[utoipa::path(tag = "administration", operation_id = "getTenantHosts", params(("slug" = String, Path, description = "Short name of the municipality")), security(("bearer" = [])), responses((status = 200, description = "Those in use and those that wait for their proof", body = Hosts)))]
#[get("/tenants/{slug}/hosts")]
pub async fn hosts(operator: Operator, slug: PathName) -> HandlerResult {
    let place = Place::of(&operator, &slug.0).await?;
    Ok(HttpResponse::Ok().json(place.hosts().await?))
}

/// Give a municipality a host
///
/// One under the platform's own host is in use at once. Any other waits for its proof in DNS.
#[utoipa::path(tag = "administration", operation_id = "createTenantHost", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = HostRequest, security(("bearer" = [])), responses((status = 201, description = "Its hosts", body = Hosts)))]
#[post("/tenants/{slug}/hosts")]
pub async fn give(operator: Operator, slug: PathName, request: Json<HostRequest>) -> HandlerResult {
    let place = Place::of(&operator, &slug.0).await?;
    place.add(&request.0).await?;
    let location = format!("/api/v1/tenants/{}/hosts", slug.0);
    Ok(HttpResponse::Created()
        .insert_header(("location", location))
        .json(place.hosts().await?))
}

/// Look for the proof of a host of a municipality
#[utoipa::path(tag = "administration", operation_id = "checkTenantHost", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = HostRequest, security(("bearer" = [])), responses((status = 200, description = "What was found", body = Checked)))]
#[post("/tenants/{slug}/hosts/_check")]
pub async fn check(
    operator: Operator,
    slug: PathName,
    request: Json<HostRequest>,
) -> HandlerResult {
    let place = Place::of(&operator, &slug.0).await?;
    Ok(HttpResponse::Ok().json(place.check_for(&request.0).await?))
}

/// Make a host of a municipality the one in its links
#[utoipa::path(tag = "administration", operation_id = "replaceTenantPrimaryHost", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = HostRequest, security(("bearer" = [])), responses((status = 200, description = "Its hosts", body = Hosts)))]
#[put("/tenants/{slug}/primary-host")]
pub async fn put_first(
    operator: Operator,
    slug: PathName,
    request: Json<HostRequest>,
) -> HandlerResult {
    let place = Place::of(&operator, &slug.0).await?;
    Ok(HttpResponse::Ok().json(place.put_first(&request.0).await?))
}

/// Take a host of a municipality out of use
#[utoipa::path(tag = "administration", operation_id = "removeTenantHost", params(("slug" = String, Path, description = "Short name of the municipality")), request_body = HostRequest, security(("bearer" = [])), responses((status = 200, description = "Its hosts", body = Hosts)))]
#[post("/tenants/{slug}/hosts/_remove")]
pub async fn remove(
    operator: Operator,
    slug: PathName,
    request: Json<HostRequest>,
) -> HandlerResult {
    let place = Place::of(&operator, &slug.0).await?;
    Ok(HttpResponse::Ok().json(place.remove(&request.0).await?))
}
