//! The municipality's categories over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::cases::{self, Category, CategoryChange, CategoryId, NewCategory};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Staff},
    idempotency::{Created, IdempotentJson},
    problem::Problem,
};

/// A category.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: CategoryId,
    /// The word that cases, promises and forms know it by.
    #[schema(example = "wegen_paden")]
    key: String,
    /// Name in Dutch.
    #[schema(example = "Wegen en paden")]
    label_nl: String,
    /// Name in English; empty when it is called the same.
    #[schema(example = "Roads and paths")]
    label_en: String,
    /// Whether new messages may get it.
    active: bool,
}

/// All categories of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryList {
    /// By their Dutch names.
    items: Vec<CategoryItem>,
}

/// A category to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewCategoryRequest {
    /// Small letters, digits and `_`; made of the Dutch name when left out.
    #[serde(default)]
    key: String,
    /// Name in Dutch.
    #[serde(default)]
    label_nl: String,
    /// Name in English.
    #[serde(default)]
    label_en: String,
}

/// What a category is called, and whether it is used.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CategoryRequest {
    /// Name in Dutch.
    #[serde(default)]
    label_nl: String,
    /// Name in English.
    #[serde(default)]
    label_en: String,
    /// Whether new messages may get it.
    active: bool,
}

fn item(category: Category) -> CategoryItem {
    CategoryItem {
        id: category.id,
        key: category.key,
        label_nl: category.label_nl,
        label_en: category.label_en,
        active: category.active,
    }
}

/// The categories
#[utoipa::path(tag = "cases", operation_id = "listCategories", security(("bearer" = [])), responses((status = 200, description = "All of them, used or put aside", body = CategoryList)))]
#[get("/case-categories")]
pub async fn list(staff: Staff<may::ReadCategories>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let items = cases::categories(&tx).await?;
    Ok(HttpResponse::Ok().json(CategoryList {
        items: items.into_iter().map(item).collect(),
    }))
}

/// Add a category
#[utoipa::path(tag = "cases", operation_id = "createCategory", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = NewCategoryRequest, security(("bearer" = [])), responses((status = 201, description = "Added", body = CategoryItem)))]
#[post("/case-categories")]
pub async fn create(
    staff: Staff<may::ManageCategories>,
    creating: IdempotentJson<NewCategoryRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: NewCategoryRequest| {
                let new = NewCategory {
                    key: request.key,
                    label_nl: request.label_nl,
                    label_en: request.label_en,
                };
                let category = cases::add_category(tx, Some(actor.id), &new).await?;
                Ok(Created {
                    body: item(category),
                    location: Some("/api/v1/case-categories".to_owned()),
                })
            },
        )
        .await
}

/// Call a category otherwise, or put it aside
///
/// Cases that have it keep it.
#[utoipa::path(tag = "cases", operation_id = "replaceCategory", params(("id" = uuid::Uuid, Path, description = "Id of the category")), request_body = CategoryRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = CategoryItem)))]
#[put("/case-categories/{id}")]
pub async fn replace(
    staff: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    request: Json<CategoryRequest>,
) -> Result<HttpResponse, Problem> {
    let change = CategoryChange {
        label_nl: request.0.label_nl,
        label_en: request.0.label_en,
        active: request.0.active,
    };
    let tx = staff.write().await?;
    let category = cases::change_category(&tx, staff.member(), id.0, &change).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(category)))
}
