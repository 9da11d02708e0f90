//! The list of rules over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::routing::{
    self, PublishRequest, RoutingRequest, RoutingTrial, RoutingVersion, RoutingView,
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Json, Query, Staff},
    html::pagination::LimitQuery,
    problem::HandlerResult,
};

/// Versions of the list of rules.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoutingVersionList {
    /// Newest first.
    items: Vec<RoutingVersion>,
}

/// To which team messages go, as it is worked on
///
/// The draft, or else the version that holds. The first rule that fits decides; after the rules come the team of the category and the default team.
#[utoipa::path(tag = "workflows", operation_id = "getRouting", security(("bearer" = [])), responses((status = 200, description = "As it is worked on", body = RoutingView)))]
#[get("/routing")]
pub async fn get_draft(staff: Staff<may::ReadWorkflows>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(routing::view(&tx).await?))
}

/// Work on the list of rules
///
/// Kept whether it is finished or not; publishing names every fault.
#[utoipa::path(tag = "workflows", operation_id = "replaceRoutingDraft", request_body = RoutingRequest, security(("bearer" = [])), responses((status = 200, description = "Kept", body = RoutingView)))]
#[put("/routing")]
pub async fn replace(
    staff: Staff<may::ManageWorkflows>,
    request: Json<RoutingRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = routing::save_draft(&tx, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// What the draft would do
///
/// With the messages that came in in the last 31 days, by the category that they have now. Nothing is stored.
#[utoipa::path(tag = "workflows", operation_id = "tryRouting", security(("bearer" = [])), responses((status = 200, description = "What it would do", body = RoutingTrial)))]
#[get("/routing-trial")]
pub async fn try_out(staff: Staff<may::ReadWorkflows>) -> HandlerResult {
    let tx = staff.read().await?;
    let view = routing::view(&tx).await?;
    let table = routing::checked(&tx, &view.routing).await?;
    Ok(HttpResponse::Ok().json(routing::trial(&tx, &table).await?))
}

/// The versions of the list of rules
#[utoipa::path(tag = "workflows", operation_id = "listRoutingVersions", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = RoutingVersionList)))]
#[get("/routing-versions")]
pub async fn list_versions(
    staff: Staff<may::ReadWorkflows>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let items = routing::versions(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(RoutingVersionList { items }))
}

/// Publish the draft
///
/// New messages go by it; those that came in stay where they are.
#[utoipa::path(tag = "workflows", operation_id = "publishRouting", request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "The version", body = RoutingVersion)))]
#[post("/routing/_publish")]
pub async fn publish(
    staff: Staff<may::ManageWorkflows>,
    request: Json<PublishRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let version = routing::publish(&tx, staff.member().id, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(version))
}
