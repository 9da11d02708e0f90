//! The municipality's categories over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::cases::{
    self, Category, CategoryChange, CategoryId, CategoryMergeRequest, NewCategory,
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// All categories of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryList {
    /// By their Dutch names.
    items: Vec<Category>,
}

/// The categories
#[utoipa::path(tag = "cases", operation_id = "listCategories", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, used or no longer used", body = CategoryList)))]
#[get("/case-categories")]
pub async fn list(staff: Staff<may::ReadCategories>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = cases::categories(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(CategoryList { items }))
}

/// Add a category
#[utoipa::path(tag = "cases", operation_id = "createCategory", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = NewCategory, security(("bearer" = [])), responses((status = 201, description = "Added", body = Category)))]
#[post("/case-categories")]
pub async fn create(
    staff: Staff<may::ManageCategories>,
    creating: IdempotentJson<NewCategory>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(&staff.site, Some(actor.id), async |tx, new: NewCategory| {
            let category = cases::add_category(tx, Some(actor.id), &new).await?;
            Ok(Created {
                body: category,
                location: Some("/api/v1/case-categories".to_owned()),
            })
        })
        .await
}

/// Call a category otherwise, or stop its use
///
/// Cases that have it keep it.
#[utoipa::path(tag = "cases", operation_id = "replaceCategory", params(("id" = uuid::Uuid, Path, description = "Id of the category")), request_body = CategoryChange, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Category)))]
#[put("/case-categories/{id}")]
pub async fn replace(
    staff: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    request: Json<CategoryChange>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let category = cases::change_one_category(&tx, staff.member(), id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(category))
}

/// Put a category into another one
///
/// Open messages go along; closed ones keep what they were. New messages no longer get it.
#[utoipa::path(tag = "cases", operation_id = "mergeCategory", params(("id" = uuid::Uuid, Path, description = "Id of the category that goes")), request_body = CategoryMergeRequest, security(("bearer" = [])), responses((status = 200, description = "The one that goes on", body = Category)))]
#[post("/case-categories/{id}/_merge")]
pub async fn merge(
    staff: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    request: Json<CategoryMergeRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let category = cases::merge_category(&tx, staff.member(), id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(category))
}
