//! The municipality's own words over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::texts::{self, RestoreRequest, TextItem, TextRequest, Version};
use serde::Serialize;
use tenants::{permission::may, tenant};
use utoipa::ToSchema;

use crate::{
    extract::{Json, PathName, Query, Staff},
    html::pagination::LimitQuery,
    problem::HandlerResult,
};

/// The texts that can be changed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextList {
    /// In the order in which residents meet them.
    items: Vec<TextItem>,
}

/// Versions of a text.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextVersionList {
    /// Newest first.
    items: Vec<Version>,
}

/// The texts that residents meet
///
/// Each with the usual text and, where there are any, the municipality's own words.
#[utoipa::path(tag = "administration", operation_id = "listTexts", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "In the order in which residents meet them", body = TextList)))]
#[get("/texts")]
pub async fn list(actor: Staff<may::ManageStyle>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = actor.read().await?;
    let mut items = texts::items(&tenant::own_texts(&tx).await?);
    if let Some(most) = limit.0.most()? {
        items.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    Ok(HttpResponse::Ok().json(TextList { items }))
}

/// Change a text that residents meet
///
/// In the languages that are given; `null` makes it the usual text again. Every page and mail says it within half a minute.
#[utoipa::path(tag = "administration", operation_id = "replaceText", params(("slug" = String, Path, description = "Name of the text", example = "home-title")), request_body = TextRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = TextItem)))]
#[put("/texts/{slug}")]
pub async fn replace(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    request: Json<TextRequest>,
) -> HandlerResult {
    let tx = actor.write().await?;
    let item = texts::change(&tx, actor.member().id, &name.0, request.0).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(item))
}

/// The versions of a text
#[utoipa::path(tag = "administration", operation_id = "listTextVersions", params(("slug" = String, Path, description = "Name of the text", example = "home-title"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = TextVersionList)))]
#[get("/texts/{slug}/versions")]
pub async fn list_versions(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = actor.read().await?;
    let items = texts::versions(&tx, &name.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(TextVersionList { items }))
}

/// Make an earlier version of a text hold again
///
/// As a new version. What can no longer be said is refused.
#[utoipa::path(tag = "administration", operation_id = "restoreText", params(("slug" = String, Path, description = "Name of the text", example = "home-title")), request_body = RestoreRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = TextItem)))]
#[post("/texts/{slug}/_restore")]
pub async fn restore(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    request: Json<RestoreRequest>,
) -> HandlerResult {
    let tx = actor.write().await?;
    let item = texts::restore(&tx, actor.member().id, &name.0, request.0).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(item))
}
