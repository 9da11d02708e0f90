//! Saved views over the API.

use actix_web::{HttpResponse, delete, get, post, put};
use domain::queue::{self, SavedView, ViewId, ViewRequest};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// Saved views.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewList {
    /// One's own first, by name.
    items: Vec<SavedView>,
}

/// One's own saved views, and those that everybody has
#[utoipa::path(tag = "cases", operation_id = "listSavedViews", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The views", body = SavedViewList)))]
#[get("/saved-views")]
pub async fn list(staff: Staff<may::ReadCases>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = queue::views(&tx, staff.member(), limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(SavedViewList { items }))
}

/// Keep a view
///
/// What is searched for is not kept.
#[utoipa::path(tag = "cases", operation_id = "createSavedView", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ViewRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Kept", body = SavedView),
    (status = 403, description = "Only who leads the desk shares a view", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/saved-views")]
pub async fn create(
    staff: Staff<may::ReadCases>,
    creating: IdempotentJson<ViewRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(&staff.site, Some(actor.id), async |tx, new: ViewRequest| {
            Ok(Created {
                body: queue::add_view(tx, actor, &new).await?,
                location: Some("/api/v1/saved-views".to_owned()),
            })
        })
        .await
}

/// Change a view
///
/// Whose it is stays: `shared` is left as it was.
#[utoipa::path(tag = "cases", operation_id = "replaceSavedView", params(("id" = uuid::Uuid, Path, description = "Id of the view")), request_body = ViewRequest, security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = SavedView),
    (status = 403, description = "Only who leads the desk changes a shared view", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/saved-views/{id}")]
pub async fn replace(
    staff: Staff<may::ReadCases>,
    id: Id<ViewId>,
    request: Json<ViewRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = queue::replace_view(&tx, staff.member(), id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Remove a view
#[utoipa::path(tag = "cases", operation_id = "deleteSavedView", params(("id" = uuid::Uuid, Path, description = "Id of the view")), security(("bearer" = [])), responses(
    (status = 204, description = "Removed"),
    (status = 403, description = "Only who leads the desk removes a shared view", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[delete("/saved-views/{id}")]
pub async fn remove(staff: Staff<may::ReadCases>, id: Id<ViewId>) -> HandlerResult {
    let tx = staff.write().await?;
    queue::remove_view(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
