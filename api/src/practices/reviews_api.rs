//! The gate of the exchange over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    audit::Action,
    practices::{self, Checklist, PracticeId, PracticeReview, ReviewDetail},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use super::{PAGE, record};
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::CursorQuery,
    problem::HandlerResult,
};

/// What waits for an editor of the exchange.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeReviewList {
    /// The oldest first.
    items: Vec<PracticeReview>,
    /// Where to go on; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<PracticeId>,
}

/// Practices that wait for an editor of the exchange
#[utoipa::path(tag = "practices", operation_id = "listPracticeReviews", params(CursorQuery), security(("bearer" = [])), responses((status = 200, description = "A page of the list", body = PracticeReviewList)))]
#[get("/practice-reviews")]
pub async fn list(staff: Staff<may::ReviewPractices>, query: Query<CursorQuery>) -> HandlerResult {
    let page = query.0.page(PAGE)?;
    let tx = staff.site.read_shared().await?;
    let waiting = practices::waiting(&tx, query.0.id(), page.to_read()).await?;
    let (items, next_cursor) = page.split(waiting, |last| last.id);
    Ok(HttpResponse::Ok().json(PracticeReviewList { items, next_cursor }))
}

/// A practice that an editor of the exchange judges
#[utoipa::path(tag = "practices", operation_id = "getPracticeReview", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 200, description = "The practice, and others with the same title", body = ReviewDetail)))]
#[get("/practice-reviews/{id}")]
pub async fn read(staff: Staff<may::ReviewPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    Ok(HttpResponse::Ok().json(practices::review(&tx, id.0).await?))
}

/// What an editor asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PracticeQuestions {
    /// In words.
    #[serde(default)]
    questions: String,
}

/// Send a practice back to its owner with questions
#[utoipa::path(tag = "practices", operation_id = "returnPracticeReview", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = PracticeQuestions, security(("bearer" = [])), responses((status = 204, description = "Sent back")))]
#[post("/practice-reviews/{id}/_return")]
pub async fn ask(
    staff: Staff<may::ReviewPractices>,
    id: Id<PracticeId>,
    asked: Json<PracticeQuestions>,
) -> HandlerResult {
    let tx = staff.write_shared().await?;
    practices::ask_owner(&tx, id.0, &asked.0.questions).await?;
    tx.commit().await?;
    record(&staff, Action::PracticeReturn, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Where a practice is read.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedAt {
    /// Its address below `/praktijkvoorbeelden`.
    slug: String,
}

/// Publish a practice, or its next version
///
/// An editor says that each point of the checklist was looked at.
#[utoipa::path(tag = "practices", operation_id = "publishPracticeReview", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = Checklist, security(("bearer" = [])), responses((status = 200, description = "Published", body = PublishedAt)))]
#[post("/practice-reviews/{id}/_publish")]
pub async fn publish(
    staff: Staff<may::ReviewPractices>,
    id: Id<PracticeId>,
    checklist: Json<Checklist>,
) -> HandlerResult {
    let tx = staff.write_shared().await?;
    let slug = practices::publish_review(&tx, id.0, checklist.0).await?;
    tx.commit().await?;
    record(&staff, Action::PracticePublish, id.0).await?;
    Ok(HttpResponse::Ok().json(PublishedAt { slug }))
}
