//! What belongs elsewhere, over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    cases::{self, Case, CaseId},
    elsewhere::{self, ElsewhereId, ElsewhereInput, ElsewhereRoute, ReferPreview, ReferRequest},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// Places where what we get in belongs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ElsewhereRouteList {
    /// Those that can be chosen first, by name.
    items: Vec<ElsewhereRoute>,
}

/// Which place.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// Id of the place.
    #[param(value_type = uuid::Uuid)]
    route_id: String,
}

/// Where things belong that do not belong here
#[utoipa::path(tag = "workflows", operation_id = "listElsewhereRoutes", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = ElsewhereRouteList)))]
#[get("/elsewhere-routes")]
pub async fn list(staff: Staff<may::ReadWorkflows>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = elsewhere::routes(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(ElsewhereRouteList { items }))
}

/// Add a place where something belongs
#[utoipa::path(tag = "workflows", operation_id = "createElsewhereRoute", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ElsewhereInput, security(("bearer" = [])), responses((status = 201, description = "Added", body = ElsewhereRoute)))]
#[post("/elsewhere-routes")]
pub async fn create(
    staff: Staff<may::ManageWorkflows>,
    creating: IdempotentJson<ElsewhereInput>,
) -> HandlerResult {
    let actor = staff.member().id;
    creating
        .once(&staff.site, Some(actor), async |tx, new: ElsewhereInput| {
            Ok(Created {
                body: elsewhere::add(tx, actor, &new).await?,
                location: Some("/api/v1/elsewhere-routes".to_owned()),
            })
        })
        .await
}

/// Change a place
///
/// What was referred to it stays so.
#[utoipa::path(tag = "workflows", operation_id = "replaceElsewhereRoute", params(("id" = uuid::Uuid, Path, description = "Id of the place")), request_body = ElsewhereInput, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = ElsewhereRoute)))]
#[put("/elsewhere-routes/{id}")]
pub async fn replace(
    staff: Staff<may::ManageWorkflows>,
    id: Id<ElsewhereId>,
    request: Json<ElsewhereInput>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let route = elsewhere::replace(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(route))
}

/// What would be written when a case is referred
///
/// To its resident, and to the other body when we send it on. Nothing is stored.
#[utoipa::path(tag = "cases", operation_id = "previewCaseReferral", params(("id" = uuid::Uuid, Path, description = "Id of the case"), PlaceQuery), security(("bearer" = [])), responses((status = 200, description = "What would be written", body = ReferPreview)))]
#[get("/cases/{id}/referral")]
pub async fn preview_referral(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    place: Query<PlaceQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let request = ReferRequest {
        route_id: place.0.route_id,
        ..ReferRequest::default()
    };
    let place = (&*staff.site.tenant, staff.site.has_scanner());
    let preview = elsewhere::preview(&tx, &case, &request, place).await?;
    Ok(HttpResponse::Ok().json(preview))
}

/// Refer a case to where it belongs
///
/// The resident is written to, the message is sent on when that is how the place is reached, and the case is closed as passed on. What the law asks
/// of a complaint stays owed. Files of the message go along when they are named, at most 15 MB.
#[utoipa::path(tag = "cases", operation_id = "referCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = ReferRequest, security(("bearer" = [])), responses((status = 200, description = "The case, closed", body = Case)))]
#[post("/cases/{id}/_refer")]
pub async fn refer(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<ReferRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let links = staff.site.links();
    let actor = (staff.member(), staff.site.has_scanner());
    let case = elsewhere::refer(&tx, id.0, actor, &request.0, links).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(case))
}
