//! Mails that came in over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    FieldErrors,
    audit::Action,
    cases::Case,
    inbound::{
        self, AsideRequest, InboundList, InboundMail, InboundMailId, JoinRequest, OpenRequest,
    },
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::pages::PAGE;
use crate::{
    extract::{Id, Json, Query, Staff},
    problem::{HandlerResult, ProblemDocument},
};

/// Which mails to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct InboundQuery {
    /// `waiting` (the default), or `aside` for those that were put aside.
    state: Option<String>,
    /// Where to go on: `nextCursor` of the answer before.
    cursor: Option<uuid::Uuid>,
    /// At most so many, 1 to 100; 25 by default.
    limit: Option<u64>,
}

/// A piece of the mails that came in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InboundMailList {
    /// The mails, oldest first.
    items: Vec<InboundMail>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<InboundMailId>,
}

/// The case that a mail belongs to now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseOfMail {
    /// Id of the case.
    case_id: domain::cases::CaseId,
    /// Its reference.
    reference: String,
}

fn case_of_mail(case: Case) -> HttpResponse {
    HttpResponse::Ok().json(CaseOfMail {
        case_id: case.id,
        reference: case.reference,
    })
}

/// Mails that belong to no message yet
///
/// What was sent to a signed reply address stands with its message (`GET /cases/{id}/mails`); what was not waits here for a person.
#[utoipa::path(tag = "cases", operation_id = "listInboundMails", params(InboundQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the mails", body = InboundMailList)))]
#[get("/inbound-mails")]
pub async fn list(staff: Staff<may::ReadCases>, query: Query<InboundQuery>) -> HandlerResult {
    let mut errors = FieldErrors::default();
    let page = PAGE.or(query.0.limit, &mut errors);
    let which = match query.0.state.as_deref() {
        None | Some("waiting") => InboundList::Waiting,
        Some("aside") => InboundList::Aside,
        Some(_) => {
            errors.add("state", "not_an_option");
            InboundList::Waiting
        }
    };
    errors.into_result()?;
    let after = query.0.cursor.map(InboundMailId::from);
    let tx = staff.read().await?;
    let mails = inbound::list(&tx, which, after, page.to_read()).await?;
    let (items, next_cursor) = page.split(mails, |last| last.id);
    Ok(HttpResponse::Ok().json(InboundMailList { items, next_cursor }))
}

/// A mail that came in
#[utoipa::path(tag = "cases", operation_id = "getInboundMail", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), security(("bearer" = [])), responses((status = 200, description = "The mail", body = InboundMail)))]
#[get("/inbound-mails/{id}")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<InboundMailId>) -> HandlerResult {
    let tx = staff.read().await?;
    let mail = inbound::get(&tx, id.0, staff.member()).await?;
    drop(tx);
    (staff.note_read(Action::InboundRead, ("inbound", id.0.0))).await?;
    Ok(HttpResponse::Ok().json(mail))
}

/// Join a mail to a case
///
/// It becomes a message of its resident.
#[utoipa::path(tag = "cases", operation_id = "joinInboundMail", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), request_body = JoinRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It stands with this case", body = CaseOfMail),
    (status = 409, description = "A colleague decided on it, or the case was erased", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/inbound-mails/{id}/_join")]
pub async fn join(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    request: Json<JoinRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let case = inbound::join(&tx, id.0, &request.0, staff.member()).await?;
    tx.commit().await?;
    Ok(case_of_mail(case))
}

/// Make a case of a mail
///
/// Its promise counts from when the mail came in, and its sender gets a receipt.
#[utoipa::path(tag = "cases", operation_id = "openInboundMail", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), request_body = OpenRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It is this case", body = CaseOfMail),
    (status = 409, description = "A colleague decided on it, or no form is open", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/inbound-mails/{id}/_open")]
pub async fn open(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    request: Json<OpenRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let who = (staff.member(), &*staff.site.tenant);
    let case = inbound::open(&tx, id.0, &request.0, who).await?;
    tx.commit().await?;
    Ok(case_of_mail(case))
}

/// Put a mail aside
///
/// It is for nobody here. It is deleted after thirty days.
#[utoipa::path(tag = "cases", operation_id = "putInboundMailAside", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), request_body = AsideRequest, security(("bearer" = [])), responses(
    (status = 204, description = "It is put aside"),
    (status = 409, description = "A colleague decided on it", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/inbound-mails/{id}/_put-aside")]
pub async fn put_aside(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    request: Json<AsideRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    inbound::put_aside(&tx, id.0, &request.0, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
