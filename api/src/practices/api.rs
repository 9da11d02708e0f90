//! The exchange over the API.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use domain::practices::{self, Article, Confirmed, Practice, PracticeId, PublishedPractice};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::PAGE;
use crate::{
    extract::{self, Id, Json, PathName, Platform, Query, Staff},
    limits,
    problem::Problem,
};

/// A published practice in the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: PracticeId,
    /// Its address.
    slug: String,
    /// Title.
    title: String,
    /// First paragraph.
    summary: String,
    /// Municipality.
    municipality: Option<String>,
    /// Type.
    practice_type: Option<String>,
    /// Year of the practice.
    year: Option<i64>,
    /// When it was published last.
    published_at: DateTime<Utc>,
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeList {
    /// Newest first.
    items: Vec<PracticeItem>,
    /// Where the next page begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<PracticeId>,
}

/// A published practice, without the contact person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDetail {
    /// What the list tells.
    #[serde(flatten)]
    item: PracticeItem,
    /// The text.
    #[schema(value_type = Object)]
    article: Article,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PracticeQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<PracticeId>,
}

/// A draft of a practice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDraft {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: PracticeId,
    /// SHA-256 of the raw bytes.
    source_hash: String,
    /// Name of the file.
    source_name: String,
    /// `draft` or `published`.
    status: String,
    /// Title, confirmed or proposed.
    title: String,
    /// Municipality, confirmed.
    municipality: Option<String>,
    /// Type, confirmed.
    practice_type: Option<String>,
    /// What the text says.
    #[schema(value_type = Object)]
    fields: serde_json::Value,
    /// The report: what was found of each field.
    #[schema(value_type = Vec<Object>)]
    findings: serde_json::Value,
    /// When it was imported.
    created_at: DateTime<Utc>,
    /// When it was published last.
    published_at: Option<DateTime<Utc>>,
}

/// Drafts of an organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDraftList {
    /// Newest first.
    items: Vec<PracticeDraft>,
    /// Where to go on; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<PracticeId>,
}

/// What an editor confirms.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PublishRequest {
    /// Title.
    title: String,
    /// Municipality.
    municipality: String,
    /// Type.
    practice_type: String,
}

/// Name of the file that is imported.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Name of the file, for people.
    name: Option<String>,
}

fn item(practice: &PublishedPractice) -> PracticeItem {
    PracticeItem {
        id: practice.id,
        slug: practice.slug.clone(),
        title: practice.title.clone(),
        summary: practice.summary.clone(),
        municipality: practice.municipality.clone(),
        practice_type: practice.practice_type.clone(),
        year: practice.year,
        published_at: practice.published_at,
    }
}

fn draft_item(practice: Practice) -> PracticeDraft {
    PracticeDraft {
        id: practice.id,
        source_hash: practice.source_hash,
        source_name: practice.source_name,
        status: practice.status.to_string(),
        title: practice.title,
        municipality: practice.municipality,
        practice_type: practice.practice_type,
        fields: practice.fields,
        findings: practice.findings,
        created_at: practice.created_at,
        published_at: practice.published_at,
    }
}

/// Published practices of all municipalities
///
/// At the platform's own host.
#[utoipa::path(tag = "practices", operation_id = "listPractices", params(PracticeQuery), responses((status = 200, description = "A page of the list", body = PracticeList)))]
#[get("/practices")]
pub async fn published(
    platform: Platform,
    query: Query<PracticeQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = platform.0.read_shared().await?;
    let practices = practices::published(&tx, query.0.cursor, PAGE.to_read()).await?;
    let (practices, next_cursor) = PAGE.split(practices, |last| last.id);
    Ok(HttpResponse::Ok().json(PracticeList {
        items: practices.iter().map(item).collect(),
        next_cursor,
    }))
}

/// A published practice
#[utoipa::path(tag = "practices", operation_id = "getPractice", params(("slug" = String, Path, description = "Address of the practice")), responses((status = 200, description = "The practice", body = PracticeDetail)))]
#[get("/practices/{slug}")]
pub async fn read(platform: Platform, slug: PathName) -> Result<HttpResponse, Problem> {
    let tx = platform.0.read_shared().await?;
    let practice = practices::published_by_slug(&tx, &slug.0).await?;
    Ok(HttpResponse::Ok().json(PracticeDetail {
        item: item(&practice),
        article: practice.article,
    }))
}

/// The practices this organisation works on
#[utoipa::path(tag = "practices", operation_id = "listPracticeDrafts", params(PracticeQuery), security(("bearer" = [])), responses((status = 200, description = "The drafts", body = PracticeDraftList)))]
#[get("/practice-drafts")]
pub async fn drafts(
    staff: Staff<may::ReadPractices>,
    query: Query<PracticeQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let drafts = practices::list(&tx, query.0.cursor, PAGE.to_read()).await?;
    let (drafts, next_cursor) = PAGE.split(drafts, |last| last.id);
    let items = drafts.into_iter().map(draft_item).collect();
    Ok(HttpResponse::Ok().json(PracticeDraftList { items, next_cursor }))
}

/// A draft
#[utoipa::path(tag = "practices", operation_id = "getPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the draft")), security(("bearer" = [])), responses((status = 200, description = "The draft", body = PracticeDraft)))]
#[get("/practice-drafts/{id}")]
pub async fn draft(
    staff: Staff<may::ReadPractices>,
    id: Id<PracticeId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(draft_item(practices::get(&tx, id.0).await?)))
}

/// Import a text
///
/// The body is the text file as it stands. The same bytes give the same draft, so sending again is safe by itself.
#[utoipa::path(tag = "practices", operation_id = "createPracticeDraft", params(ImportQuery), request_body(content = String, content_type = "text/plain", description = "The text, at most 200,000 bytes"), security(("bearer" = [])), responses(
    (status = 200, description = "These bytes were here before", body = PracticeDraft),
    (status = 201, description = "Imported", body = PracticeDraft),
))]
#[post("/practice-drafts")]
pub async fn import(
    staff: Staff<may::EditPractices>,
    query: Query<ImportQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    if extract::media_type(&request) != "text/plain" {
        return Err(Problem::code(domain::Code::UnsupportedMedia));
    }
    let bytes = extract::body(&request, payload.into_inner(), limits::IMPORT).await?;
    let name = query.0.name.unwrap_or_default();
    let tx = staff.write().await?;
    let imported = practices::import(&tx, &name, &bytes, Some(staff.member().id)).await?;
    tx.commit().await?;
    let location = format!("/api/v1/practice-drafts/{}", imported.practice.id);
    let mut response = if imported.fresh {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    Ok(response
        .insert_header(("location", location))
        .json(draft_item(imported.practice)))
}

/// Publish a draft
///
/// The copy that everybody may read holds no name, address or number of the contact person.
#[utoipa::path(tag = "practices", operation_id = "publishPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the draft")), request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "Published", body = PracticeDraft)))]
#[post("/practice-drafts/{id}/_publish")]
pub async fn publish(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    request: Json<PublishRequest>,
) -> Result<HttpResponse, Problem> {
    let confirmed = Confirmed {
        title: request.0.title,
        municipality: request.0.municipality,
        practice_type: request.0.practice_type,
    };
    let tx = staff.write().await?;
    let (practice, _) = practices::publish(&tx, id.0, staff.member().id, confirmed).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(draft_item(practice)))
}
