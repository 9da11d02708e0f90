//! The talk about practices over the API.

use actix_web::{HttpResponse, delete, get, post, put, web};
use domain::discussion::{
    self, Adoption, AdoptionRequest, AnswerRequest, Mark, MarkId, MarkRequest, Question, TalkId,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use super::practice;
use crate::{
    extract::{Id, Json, PathName, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// Questions about a practice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeQuestionList {
    /// Newest first, at most a hundred.
    items: Vec<Question>,
}

/// Who uses a practice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeAdoptionList {
    /// By state, then by time.
    items: Vec<Adoption>,
}

/// What one follows or keeps.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeMarkList {
    /// Newest first.
    items: Vec<Mark>,
}

/// What was written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeTalkItem {
    /// Its id.
    id: uuid::Uuid,
}

/// Which answer helped.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AcceptRequest {
    /// Id of the answer.
    answer_id: TalkId,
}

/// Questions about a practice
///
/// With names: only for signed-in officials, of any municipality.
#[utoipa::path(tag = "practices", operation_id = "listPracticeQuestions", params(("slug" = String, Path, description = "Address of the practice"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The questions with their answers", body = PracticeQuestionList)))]
#[get("/practices/{slug}/questions")]
pub async fn questions(
    staff: Staff<may::UseAccount>,
    slug: PathName,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let detail = practice(&staff.site, &slug.0).await?;
    let tx = staff.site.read_shared().await?;
    let reader = Some(staff.site.tenant.id);
    let items = discussion::of_practice(&tx, &detail.practice, reader, limit).await?;
    Ok(HttpResponse::Ok().json(PracticeQuestionList { items }))
}

/// Ask something about a practice
///
/// Everybody can read it, with the municipality and the role of who asks. A text that is about a person is refused.
#[utoipa::path(tag = "practices", operation_id = "createPracticeQuestion", params(
    ("slug" = String, Path, description = "Address of the practice"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = AnswerRequest, security(("bearer" = [])), responses((status = 201, description = "Asked", body = PracticeTalkItem)))]
#[post("/practices/{slug}/questions")]
pub async fn ask(
    staff: Staff<may::UseAccount>,
    slug: PathName,
    creating: IdempotentJson<AnswerRequest>,
) -> HandlerResult {
    let detail = practice(&staff.site, &slug.0).await?;
    let by = (staff.site.tenant.as_ref(), staff.member());
    creating
        .once(
            &staff.site,
            Some(by.1.id),
            async |tx, new: AnswerRequest| {
                let id = discussion::ask(tx, by, &detail.practice, &new).await?;
                Ok(Created {
                    body: PracticeTalkItem { id: id.0 },
                    location: Some(format!("/api/v1/practices/{}/questions", slug.0)),
                })
            },
        )
        .await
}

/// Answer a question about a practice
#[utoipa::path(tag = "practices", operation_id = "createPracticeAnswer", params(
    ("slug" = String, Path, description = "Address of the practice"),
    ("question" = uuid::Uuid, Path, description = "Id of the question"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = AnswerRequest, security(("bearer" = [])), responses((status = 201, description = "Answered", body = PracticeTalkItem)))]
#[post("/practices/{slug}/questions/{question}/answers")]
pub async fn answer(
    staff: Staff<may::UseAccount>,
    path: web::Path<(String, String)>,
    creating: IdempotentJson<AnswerRequest>,
) -> HandlerResult {
    let (slug, question) = path.into_inner();
    let question: TalkId = question.parse().map_err(|_| domain::Error::NotFound)?;
    let detail = practice(&staff.site, &slug).await?;
    let by = (staff.site.tenant.as_ref(), staff.member());
    creating
        .once(
            &staff.site,
            Some(by.1.id),
            async |tx, new: AnswerRequest| {
                let id = discussion::answer(tx, by, &detail.practice, question, &new).await?;
                Ok(Created {
                    body: PracticeTalkItem { id: id.0 },
                    location: Some(format!("/api/v1/practices/{slug}/questions")),
                })
            },
        )
        .await
}

/// Choose the answer that helped
///
/// By the municipality that asked, or by the one whose practice it is.
#[utoipa::path(tag = "practices", operation_id = "acceptPracticeAnswer", params(
    ("slug" = String, Path, description = "Address of the practice"),
    ("question" = uuid::Uuid, Path, description = "Id of the question"),
), request_body = AcceptRequest, security(("bearer" = [])), responses((status = 204, description = "Chosen")))]
#[post("/practices/{slug}/questions/{question}/_accept")]
pub async fn accept(
    staff: Staff<may::UseAccount>,
    path: web::Path<(String, String)>,
    request: Json<AcceptRequest>,
) -> HandlerResult {
    let (slug, question) = path.into_inner();
    let question: TalkId = question.parse().map_err(|_| domain::Error::NotFound)?;
    let detail = practice(&staff.site, &slug).await?;
    let tx = staff.write().await?;
    discussion::accept(&tx, &detail.practice, question, request.0.answer_id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn remove(staff: &Staff<may::UseAccount>, id: TalkId) -> HandlerResult {
    let tx = staff.write().await?;
    discussion::remove(&tx, staff.member(), id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take a question of one's own municipality away
#[utoipa::path(tag = "practices", operation_id = "deletePracticeQuestion", params(("id" = uuid::Uuid, Path, description = "Id of the question")), security(("bearer" = [])), responses((status = 204, description = "Taken away")))]
#[delete("/practice-questions/{id}")]
pub async fn remove_question(staff: Staff<may::UseAccount>, id: Id<TalkId>) -> HandlerResult {
    remove(&staff, id.0).await
}

/// Take an answer of one's own municipality away
#[utoipa::path(tag = "practices", operation_id = "deletePracticeAnswer", params(("id" = uuid::Uuid, Path, description = "Id of the answer")), security(("bearer" = [])), responses((status = 204, description = "Taken away")))]
#[delete("/practice-answers/{id}")]
pub async fn remove_answer(staff: Staff<may::UseAccount>, id: Id<TalkId>) -> HandlerResult {
    remove(&staff, id.0).await
}

/// Take a question or an answer of any municipality away
///
/// By the operator of the platform.
#[utoipa::path(tag = "practices", operation_id = "takeDownPracticeTalk", params(("id" = uuid::Uuid, Path, description = "Id of the question or the answer")), security(("bearer" = [])), responses((status = 204, description = "Taken away")))]
#[post("/practice-talk/{id}/_take-down")]
pub async fn take_down(staff: Staff<may::OperatePlatform>, id: Id<TalkId>) -> HandlerResult {
    let tx = staff.write_shared().await?;
    discussion::take_down(&tx, id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who uses a practice
///
/// Municipalities that do not want to be named are shown by their size.
#[utoipa::path(tag = "practices", operation_id = "listPracticeAdoptions", params(("slug" = String, Path, description = "Address of the practice"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Municipalities with the practice", body = PracticeAdoptionList)))]
#[get("/practices/{slug}/adoptions")]
pub async fn adoptions(
    staff: Staff<may::UseAccount>,
    slug: PathName,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let detail = practice(&staff.site, &slug.0).await?;
    let tx = staff.site.read_shared().await?;
    let items = discussion::adoptions(&tx, detail.practice.id, limit).await?;
    Ok(HttpResponse::Ok().json(PracticeAdoptionList { items }))
}

/// Tell how far one's own municipality is with a practice
///
/// To stop needs a reason: it is as valuable as the practice.
#[utoipa::path(tag = "practices", operation_id = "replacePracticeAdoption", params(("slug" = String, Path, description = "Address of the practice")), request_body = AdoptionRequest, security(("bearer" = [])), responses((status = 204, description = "Kept")))]
#[put("/practices/{slug}/adoption")]
pub async fn adopt(
    staff: Staff<may::EditPractices>,
    slug: PathName,
    request: Json<AdoptionRequest>,
) -> HandlerResult {
    let detail = practice(&staff.site, &slug.0).await?;
    let by = (staff.site.tenant.as_ref(), staff.member());
    let tx = staff.write().await?;
    discussion::set_adoption(&tx, by, &detail.practice, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What one follows or keeps
#[utoipa::path(tag = "practices", operation_id = "listPracticeMarks", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "One's own marks", body = PracticeMarkList)))]
#[get("/practice-marks")]
pub async fn marks(staff: Staff<may::UseAccount>, limit: Query<LimitQuery>) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.read().await?;
    let items = discussion::marks(&tx, staff.member(), limit).await?;
    Ok(HttpResponse::Ok().json(PracticeMarkList { items }))
}

/// Follow or keep something
#[utoipa::path(tag = "practices", operation_id = "createPracticeMark", request_body = MarkRequest, security(("bearer" = [])), responses((status = 201, description = "Marked; twice is once", body = Mark)))]
#[post("/practice-marks")]
pub async fn mark(staff: Staff<may::UseAccount>, request: Json<MarkRequest>) -> HandlerResult {
    let tx = staff.write().await?;
    let mark = discussion::mark(&tx, staff.member(), &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", "/api/v1/practice-marks"))
        .json(mark))
}

/// Stop following or keeping something
#[utoipa::path(tag = "practices", operation_id = "deletePracticeMark", params(("id" = uuid::Uuid, Path, description = "Id of the mark")), security(("bearer" = [])), responses((status = 204, description = "Taken away")))]
#[delete("/practice-marks/{id}")]
pub async fn unmark(staff: Staff<may::UseAccount>, id: Id<MarkId>) -> HandlerResult {
    let tx = staff.write().await?;
    discussion::unmark(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
