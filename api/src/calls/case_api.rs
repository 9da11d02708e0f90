//! Conversations, agreements, notes and tasks of a case over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    calls::{self, Conversation, ConversationRequest},
    cases::{self, Case, CaseId, Viewer},
    clocks::{self, AgreementRequest, ClockDetail},
    desk::{self, HandOnRequest, PraiseRequest},
    notes::{self, Note, NoteRequest},
    tasks::{self, Task, TaskRequest},
};
use serde::Serialize;
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// A case that the caller may see.
async fn seen<P: tenants::Grants>(
    tx: &TenantTx,
    staff: &Staff<P>,
    id: CaseId,
) -> Result<Case, domain::Error> {
    cases::seen(tx, Viewer::of(staff.member()), id).await
}

/// Write down a call with everything it brought
///
/// What was agreed gets a clock of its own; each other question becomes a case of the same person. A case that nobody has becomes yours.
#[utoipa::path(tag = "cases", operation_id = "createConversation", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ConversationRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Written down", body = Conversation),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/conversations")]
pub async fn converse(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<ConversationRequest>,
) -> HandlerResult {
    let actor = staff.member();
    let tenant = &staff.site.tenant;
    creating
        .once(&staff.site, Some(actor.id), async |tx, request| {
            let by = (actor, tenant.as_ref());
            Ok(Created {
                body: calls::converse(tx, id.0, by, request, tenant.zone).await?,
                location: Some(format!("/api/v1/cases/{}", id.0)),
            })
        })
        .await
}

/// Keep what was agreed with the resident
///
/// It is a promise of its own: it falls due when the office closes on that day, and is finished with a note.
#[utoipa::path(tag = "cases", operation_id = "createAgreement", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = AgreementRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Its clock", body = ClockDetail),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/agreements")]
pub async fn agree(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<AgreementRequest>,
) -> HandlerResult {
    let actor = staff.member();
    let (zone, language) = (staff.site.tenant.zone, staff.site.language);
    creating
        .once(&staff.site, Some(actor.id), async |tx, request| {
            seen(tx, &staff, id.0).await?;
            let clock = desk::agree(tx, id.0, actor, &request).await?;
            let clock = clocks::get_explained(tx, clock).await?;
            Ok(Created {
                body: clock.detail(tx.now(), zone, language),
                location: Some(format!("/api/v1/cases/{}/clocks", id.0)),
            })
        })
        .await
}

/// Hand a case on to a team or a colleague
///
/// Nothing that was promised to the resident waits for it.
#[utoipa::path(tag = "cases", operation_id = "handOnCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = HandOnRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Handed on", body = domain::cases::CaseView),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_hand-on")]
pub async fn hand_on(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<HandOnRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    seen(&tx, &staff, id.0).await?;
    let case = desk::hand_on(&tx, id.0, staff.member(), &request.0).await?;
    let body = cases::CaseView::at(case, tx.now());
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Pass a compliment on to whom it is for
#[utoipa::path(tag = "cases", operation_id = "praiseCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = PraiseRequest, security(("bearer" = [])), responses((status = 200, description = "Passed on", body = domain::cases::CaseView)))]
#[post("/cases/{id}/_praise")]
pub async fn praise(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<PraiseRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    seen(&tx, &staff, id.0).await?;
    let case = desk::praise(&tx, id.0, staff.member(), &request.0).await?;
    let body = cases::CaseView::at(case, tx.now());
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Cases that belong to a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelatedList {
    /// Of the same person or the same conversation: open ones first, then the newest.
    items: Vec<Case>,
}

/// Other cases of the same person
///
/// The same telephone number or mail address makes it the same person.
#[utoipa::path(tag = "cases", operation_id = "listRelatedCases", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "Open ones first", body = RelatedList)))]
#[get("/cases/{id}/related")]
pub async fn related(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    let case = seen(&tx, &staff, id.0).await?;
    let relatives = cases::relatives(&tx, Viewer::of(staff.member()), &case).await?;
    let items = crate::html::pagination::first(most, relatives.others).collect();
    Ok(HttpResponse::Ok().json(RelatedList { items }))
}

/// The notes at a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoteList {
    /// Newest first.
    items: Vec<Note>,
}

/// The notes of colleagues at a case
#[utoipa::path(tag = "cases", operation_id = "listCaseNotes", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = NoteList)))]
#[get("/cases/{id}/notes")]
pub async fn list_notes(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    seen(&tx, &staff, id.0).await?;
    let items = notes::of_case(&tx, id.0, most).await?;
    Ok(HttpResponse::Ok().json(NoteList { items }))
}

/// Write a note for colleagues
///
/// No resident ever reads it.
#[utoipa::path(tag = "cases", operation_id = "createCaseNote", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = NoteRequest, security(("bearer" = [])), responses((status = 201, description = "Written", body = Note)))]
#[post("/cases/{id}/notes")]
pub async fn add_note(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<NoteRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(&staff.site, Some(actor.id), async |tx, request| {
            seen(tx, &staff, id.0).await?;
            Ok(Created {
                body: notes::add(tx, id.0, actor, &request).await?,
                location: Some(format!("/api/v1/cases/{}/notes", id.0)),
            })
        })
        .await
}

/// What others were asked about a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaskList {
    /// Newest first.
    items: Vec<Task>,
}

/// What teams and colleagues were asked about a case
#[utoipa::path(tag = "cases", operation_id = "listCaseTasks", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = TaskList)))]
#[get("/cases/{id}/tasks")]
pub async fn list_tasks(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    seen(&tx, &staff, id.0).await?;
    let items = tasks::of_case(&tx, id.0, most).await?;
    Ok(HttpResponse::Ok().json(TaskList { items }))
}

/// Ask a team or a colleague something about a case
#[utoipa::path(tag = "cases", operation_id = "createCaseTask", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = TaskRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Asked", body = Task),
    (status = 409, description = "It is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/tasks")]
pub async fn ask(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<TaskRequest>,
) -> HandlerResult {
    let actor = staff.member();
    let zone = staff.site.tenant.zone;
    creating
        .once(&staff.site, Some(actor.id), async |tx, request| {
            seen(tx, &staff, id.0).await?;
            Ok(Created {
                body: tasks::ask(tx, id.0, Some(actor), &request, zone).await?,
                location: Some(format!("/api/v1/cases/{}/tasks", id.0)),
            })
        })
        .await
}
