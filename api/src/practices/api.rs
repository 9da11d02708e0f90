//! The exchange over the API.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::practices::{
    self, AgreementRequest, Batch, BatchKind, BatchRow, Block, CoOwnership, Practice,
    PracticeContent, PracticeForm, PracticeId, Source, Stage,
};
use serde::{Deserialize, Serialize};
use tenants::{Grants, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::PAGE;
use crate::{
    blocking,
    extract::{self, Id, Json, Query, Staff},
    html::pagination::{CursorQuery, LimitQuery},
    idempotency::{Created, IdempotentJson},
    limits,
    problem::{HandlerResult, Problem},
};

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

/// A practice at its owner's, as everybody will read it and as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDraftDetail {
    /// The draft.
    #[serde(flatten)]
    practice: Practice,
    /// Where it stands.
    stage: Stage,
    /// The text as everybody will read it, without the person to ask.
    article: PracticeContent,
    /// Passages that may be about a person, and what is unreadable.
    doubts: Vec<String>,
    /// Those of which a colleague decides before it is published, each once.
    to_decide: Vec<String>,
    /// What the exchange asks.
    questions: String,
}

async fn detail<P: Grants>(staff: &Staff<P>, practice: Practice) -> HandlerResult {
    let tx = staff.read().await?;
    let standing = practices::standing(&tx, practice.id).await?;
    let article = practice.article(&staff.site.tenant)?;
    let texts = article.texts().into_iter().flatten().map(Block::text);
    let all = texts.chain([article.title.clone(), article.summary.clone()]);
    let doubts = all.flat_map(|text| practices::passages(&text));
    let doubts = doubts.filter(|one| one.doubtful).map(|one| one.text);
    Ok(HttpResponse::Ok().json(PracticeDraftDetail {
        stage: standing.stage(&practice, tx.now()),
        doubts: doubts.collect(),
        to_decide: practices::doubtful(&article),
        questions: standing.review.map(|one| one.questions).unwrap_or_default(),
        article,
        practice,
    }))
}

/// A practice of this organisation
#[utoipa::path(tag = "practices", operation_id = "getPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 200, description = "The practice", body = PracticeDraftDetail)))]
#[get("/practice-drafts/{id}")]
pub async fn draft(staff: Staff<may::ReadPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.read().await?;
    let practice = practices::get(&tx, id.0).await?;
    drop(tx);
    detail(&staff, practice).await
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

/// What became of the rows of a file.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeImport {
    /// In the order of the file.
    items: Vec<BatchRow>,
}

/// How many practices of a file are kept.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct BatchQuery {
    /// Name of the file, for people.
    name: Option<String>,
    /// Only tell what would become of each row, and keep nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Import many practices
///
/// The body is a table (`text/csv`), a JSON document or JSON Lines (`application/json`), or one text (`text/plain`). The same row gives the same
/// draft, so sending again is safe by itself.
#[utoipa::path(tag = "practices", operation_id = "importPracticeDrafts", params(BatchQuery), request_body(content = String, content_type = "text/csv", description = "At most 200,000 bytes and a hundred rows"), security(("bearer" = [])), responses((status = 200, description = "What became of each row", body = PracticeImport)))]
#[post("/practice-drafts/_import")]
pub async fn import_batch(
    staff: Staff<may::EditPractices>,
    query: Query<BatchQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> HandlerResult {
    let kind = match extract::media_type(&request).as_str() {
        "text/csv" => BatchKind::Csv,
        "application/json" | "application/jsonl" => BatchKind::Json,
        "text/plain" => BatchKind::Text,
        _ => return Err(Problem::code(domain::Code::UnsupportedMedia)),
    };
    let bytes = extract::body(&request, payload.into_inner(), limits::IMPORT).await?;
    let batch = blocking::run(move || Batch::read(kind, bytes.into())).await??;
    let name = query.0.name.unwrap_or_default();
    let tx = staff.write().await?;
    let mut items = practices::import_batch(&tx, &name, batch, Some(staff.member().id)).await?;
    if query.0.dry_run {
        for item in &mut items {
            item.id = None;
        }
    } else {
        tx.commit().await?;
    }
    Ok(HttpResponse::Ok().json(PracticeImport { items }))
}

/// Write a practice
#[utoipa::path(tag = "practices", operation_id = "writePracticeDraft", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = PracticeForm, security(("bearer" = [])), responses((status = 201, description = "Begun", body = Practice)))]
#[post("/practice-drafts/_write")]
pub async fn write(
    staff: Staff<may::EditPractices>,
    writing: IdempotentJson<PracticeForm>,
) -> HandlerResult {
    let actor = staff.member().id;
    writing
        .once(&staff.site, Some(actor), async |tx, form: PracticeForm| {
            let body = practices::write(tx, actor, &form).await?;
            let location = Some(format!("/api/v1/practice-drafts/{}", body.id));
            Ok(Created { body, location })
        })
        .await
}

/// Change a practice
///
/// A draft takes anything that fits. What is published stays as it is: the change begins the next version.
#[utoipa::path(tag = "practices", operation_id = "replacePracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = PracticeForm, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Practice)))]
#[put("/practice-drafts/{id}")]
pub async fn replace(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    form: Json<PracticeForm>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let practice = practices::save(&tx, id.0, staff.member().id, &form.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// Submit a practice to a colleague
///
/// Everything that another municipality needs has to be there; what is missing is told at once.
#[utoipa::path(tag = "practices", operation_id = "submitPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 200, description = "Submitted", body = Practice)))]
#[post("/practice-drafts/{id}/_submit")]
pub async fn submit(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    let practice = practices::submit(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// What has to be better.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PracticeNote {
    /// In words.
    #[serde(default)]
    note: String,
}

/// Send a practice back to who submitted it
#[utoipa::path(tag = "practices", operation_id = "returnPracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = PracticeNote, security(("bearer" = [])), responses((status = 200, description = "A draft again", body = Practice)))]
#[post("/practice-drafts/{id}/_return")]
pub async fn send_back(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    note: Json<PracticeNote>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let practice = practices::send_back(&tx, id.0, staff.member().id, &note.0.note).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// Agree with a practice of a colleague
///
/// Another person than who submitted it, who decides of each passage in `toDecide` whether it stays. The text goes to the exchange in the name of the organisation, without the contact person.
#[utoipa::path(tag = "practices", operation_id = "approvePracticeDraft", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = AgreementRequest, security(("bearer" = [])), responses((status = 200, description = "At the exchange", body = Practice)))]
#[post("/practice-drafts/{id}/_approve")]
pub async fn approve(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    request: Json<AgreementRequest>,
) -> HandlerResult {
    let (owner, actor) = (&staff.site.tenant, staff.member().id);
    let tx = staff.write().await?;
    let practice = practices::approve(&tx, owner, id.0, actor, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// Say that a published practice still holds
#[utoipa::path(tag = "practices", operation_id = "confirmPractice", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 204, description = "Confirmed")))]
#[post("/practice-drafts/{id}/_confirm")]
pub async fn confirm(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    practices::confirm(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Put a published practice into the archive
///
/// Everybody can still read it, and it is not found among the others until it is confirmed.
#[utoipa::path(tag = "practices", operation_id = "archivePractice", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 204, description = "In the archive")))]
#[post("/practice-drafts/{id}/_archive")]
pub async fn archive(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    practices::archive(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Why a practice goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PracticeReason {
    /// In words; everybody reads them.
    #[serde(default)]
    pub(crate) reason: String,
}

/// Take a practice back
///
/// Of the published copy only the reason and the day are left; the draft stays.
#[utoipa::path(tag = "practices", operation_id = "withdrawPractice", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = PracticeReason, security(("bearer" = [])), responses((status = 200, description = "A draft again", body = Practice)))]
#[post("/practice-drafts/{id}/_withdraw")]
pub async fn withdraw(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    request: Json<PracticeReason>,
) -> HandlerResult {
    let (owner, actor) = (&staff.site.tenant, staff.member().id);
    let tx = staff.write().await?;
    let practice = practices::withdraw(&tx, owner, id.0, actor, &request.0.reason).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(practice))
}

/// Ask the contact person to consent to questions
///
/// That person gets a mail with a link. Nobody else can consent, and the consent ends when the practice has to be confirmed again.
#[utoipa::path(tag = "practices", operation_id = "askPracticeContact", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), security(("bearer" = [])), responses((status = 204, description = "Asked")))]
#[post("/practice-drafts/{id}/_ask-contact")]
pub async fn ask_contact(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    practices::ask_consent(&tx, staff.site.links(), id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Practices of others that say that this organisation owns them as well.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoOwnershipList {
    /// By title.
    items: Vec<CoOwnership>,
}

/// Practices of others that say that this organisation owns them as well
#[utoipa::path(tag = "practices", operation_id = "listCoOwnerships", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = CoOwnershipList)))]
#[get("/co-ownerships")]
pub async fn co_ownerships(
    staff: Staff<may::ReadPractices>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    let items = practices::co_ownerships(&tx, staff.site.tenant.id, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(CoOwnershipList { items }))
}

/// Whether this organisation is an owner as well.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CoOwnershipAnswer {
    /// Whether it may be named.
    #[serde(default)]
    agrees: bool,
}

/// Agree to be named as an owner of a practice, or not
#[utoipa::path(tag = "practices", operation_id = "answerCoOwnership", params(("id" = uuid::Uuid, Path, description = "Id of the practice")), request_body = CoOwnershipAnswer, security(("bearer" = [])), responses((status = 204, description = "Kept")))]
#[post("/co-ownerships/{id}/_answer")]
pub async fn answer_co_ownership(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    answer: Json<CoOwnershipAnswer>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let (actor, agrees) = (staff.member().id, answer.0.agrees);
    practices::answer_co_ownership(&tx, id.0, actor, agrees).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
