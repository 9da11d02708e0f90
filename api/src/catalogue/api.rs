//! Published practices over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    audit::Action,
    catalogue::{CatalogueQuery, Found},
    practices::{self, Municipality, PracticeDetail, PracticeVersion, QuestionRequest},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use super::reader;
use crate::{
    extract::{Guest, Json, PathName, Query, Staff},
    html::pagination::LimitQuery,
    problem::HandlerResult,
};

/// Find published practices
///
/// Everybody finds what is for everyone; with a token also what is for subscribers and for this municipality. Synonyms are found too.
#[utoipa::path(tag = "practices", operation_id = "listPractices", params(CatalogueQuery), responses((status = 200, description = "A page, with counts of every facet", body = Found)))]
#[get("/practices")]
pub async fn list(guest: Guest, query: Query<CatalogueQuery>) -> HandlerResult {
    let own = Municipality::of(&guest.site.tenant);
    let tx = guest.site.read_shared().await?;
    let catalogue = guest.site.catalogue();
    let found = catalogue.search(&tx, reader(&guest), own, &query.0).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// A published practice
///
/// Of one that was withdrawn or taken down only the reason and the day are left.
#[utoipa::path(tag = "practices", operation_id = "getPractice", params(("slug" = String, Path, description = "Address of the practice")), responses((status = 200, description = "The practice", body = PracticeDetail)))]
#[get("/practices/{slug}")]
pub async fn read(guest: Guest, slug: PathName) -> HandlerResult {
    let tx = guest.site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, reader(&guest), &slug.0).await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// The versions of a practice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeVersionList {
    /// Newest first.
    items: Vec<PracticeVersion>,
}

/// The versions of a published practice, with what changed in words
#[utoipa::path(tag = "practices", operation_id = "listPracticeVersions", params(("slug" = String, Path, description = "Address of the practice"), LimitQuery), responses((status = 200, description = "Newest first", body = PracticeVersionList)))]
#[get("/practices/{slug}/versions")]
pub async fn versions(guest: Guest, slug: PathName, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = guest.site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, reader(&guest), &slug.0).await?;
    let items = practices::versions(&tx, detail.practice.id, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(PracticeVersionList { items }))
}

/// Ask the municipality behind a practice
///
/// The question reaches the person who knows it, if that person consented; the answer comes by mail. At most five a day.
#[utoipa::path(tag = "practices", operation_id = "askPractice", params(("slug" = String, Path, description = "Address of the practice")), request_body = QuestionRequest, security(("bearer" = [])), responses((status = 204, description = "On its way")))]
#[post("/practices/{slug}/_ask")]
pub async fn ask(
    staff: Staff<may::AskPractices>,
    slug: PathName,
    question: Json<QuestionRequest>,
) -> HandlerResult {
    let tx = staff.write_questions().await?;
    let sender = (&*staff.site.tenant, staff.member());
    practices::ask_contact(&tx, sender, &slug.0, &question.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Why a practice is taken down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TakeDownRequest {
    /// In words; everybody reads them.
    #[serde(default)]
    reason: String,
}

/// Take a published practice down
///
/// Only the reason and the day are left.
#[utoipa::path(tag = "practices", operation_id = "takeDownPractice", params(("slug" = String, Path, description = "Address of the practice")), request_body = TakeDownRequest, security(("bearer" = [])), responses((status = 204, description = "Taken down")))]
#[post("/practices/{slug}/_take-down")]
pub async fn take_down(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    request: Json<TakeDownRequest>,
) -> HandlerResult {
    let tx = operator.write_shared().await?;
    let id = practices::take_down(&tx, &slug.0, &request.0.reason).await?;
    tx.commit().await?;
    let action = Action::PracticeTakeDown;
    operator
        .note_first_read(action, "practice", Some(id.0))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
