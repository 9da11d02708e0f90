//! The exchange over the API.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::practices::{
    self, Practice, PracticeDetail, PracticeId, PublishRequest, PublishedPractice, Source,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::PAGE;
use crate::{
    blocking,
    extract::{self, Id, Json, PathName, Platform, Query, Staff},
    html::pagination::CursorQuery,
    limits,
    problem::{HandlerResult, Problem},
};

/// A page of the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeList {
    /// Newest first.
    items: Vec<PublishedPractice>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<PracticeId>,
}

/// Drafts of an organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDraftList {
    /// Newest first.
    items: Vec<Practice>,
    /// Where to go on; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<PracticeId>,
}

/// Name of the file that is imported.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Name of the file, for people.
    name: Option<String>,
}

/// Published practices of all municipalities
///
/// At the platform's own host.
#[utoipa::path(tag = "practices", operation_id = "listPractices", params(CursorQuery), responses((status = 200, description = "A page of the list", body = PracticeList)))]
#[get("/practices")]
pub async fn published(platform: Platform, query: Query<CursorQuery>) -> HandlerResult {
    let page = query.0.page(PAGE)?;
    let tx = platform.0.read_shared().await?;
    let practices = practices::published(&tx, query.0.id(), page.to_read()).await?;
    let (items, next_cursor) = page.split(practices, |last| last.id);
    Ok(HttpResponse::Ok().json(PracticeList { items, next_cursor }))
}

/// A published practice
#[utoipa::path(tag = "practices", operation_id = "getPractice", params(("slug" = String, Path, description = "Address of the practice")), responses((status = 200, description = "The practice", body = PracticeDetail)))]
#[get("/practices/{slug}")]
pub async fn read(platform: Platform, slug: PathName) -> HandlerResult {
    let tx = platform.0.read_shared().await?;
    Ok(HttpResponse::Ok().json(practices::published_by_slug(&tx, &slug.0).await?))
}

/// The practices this organisation works on
#[utoipa::path(tag = "practices", operation_id = "listPracticeDrafts", params(CursorQuery), security(("bearer" = [])), responses((status = 200, description = "The drafts", body = PracticeDraftList)))]
#[get("/practice-drafts")]
pub async fn drafts(staff: Staff<may::ReadPractices>, query: Query<CursorQuery>) -> HandlerResult {
    let page = query.0.page(PAGE)?;
    let tx = staff.read().await?;
    let drafts = practices::list(&tx, query.0.id(), page.to_read()).await?;
    let (items, next_cursor) = page.split(drafts, |last| last.id);
    Ok(HttpResponse::Ok().json(PracticeDraftList { items, next_cursor }))
}

/// A draft
#[utoipa::path(tag = "practices", operation_id = "getPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the draft")), security(("bearer" = [])), responses((status = 200, description = "The draft", body = Practice)))]
#[get("/practice-drafts/{id}")]
pub async fn draft(staff: Staff<may::ReadPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(practices::get(&tx, id.0).await?))
}

/// Import a text
///
/// The body is the text file as it stands. The same bytes give the same draft, so sending again is safe by itself.
#[utoipa::path(tag = "practices", operation_id = "createPracticeDraft", params(ImportQuery), request_body(content = String, content_type = "text/plain", description = "The text, at most 200,000 bytes"), security(("bearer" = [])), responses(
    (status = 200, description = "These bytes were here before", body = Practice),
    (status = 201, description = "Imported", body = Practice),
))]
#[post("/practice-drafts")]
pub async fn import(
    staff: Staff<may::EditPractices>,
    query: Query<ImportQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> HandlerResult {
    if extract::media_type(&request) != "text/plain" {
        return Err(Problem::code(domain::Code::UnsupportedMedia));
    }
    let bytes = extract::body(&request, payload.into_inner(), limits::IMPORT).await?;
    let name = query.0.name.unwrap_or_default();
    let source = blocking::run(move || Source::read(bytes.into())).await??;
    let tx = staff.write().await?;
    let imported = practices::import(&tx, &name, source, Some(staff.member().id)).await?;
    tx.commit().await?;
    let location = format!("/api/v1/practice-drafts/{}", imported.practice.id);
    let mut response = if imported.fresh {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    Ok(response
        .insert_header(("location", location))
        .json(imported.practice))
}

/// Publish a draft
///
/// The copy that everybody may read is in the name of the organisation and holds no name, address or number of the contact person.
#[utoipa::path(tag = "practices", operation_id = "publishPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the draft")), request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "Published", body = Practice)))]
#[post("/practice-drafts/{id}/_publish")]
pub async fn publish(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    request: Json<PublishRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let (tenant, actor) = (&staff.site.tenant, staff.member().id);
    let practice = practices::publish(&tx, tenant, id.0, actor, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// Take a published practice back
///
/// Nobody outside can read it any more; the draft stays.
#[utoipa::path(tag = "practices", operation_id = "withdrawPractice", params(("id" = uuid::Uuid, Path, description = "Id of the draft")), security(("bearer" = [])), responses((status = 200, description = "A draft again", body = Practice)))]
#[post("/practice-drafts/{id}/_withdraw")]
pub async fn withdraw(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    let practice = practices::withdraw(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}
