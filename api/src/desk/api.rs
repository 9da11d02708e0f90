//! The desk over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    Error,
    audit::Action,
    cases::{self, CaseId, ContactMoment},
    desk::{self, CloseRequest, ContactMomentRequest},
};
use tenants::permission::may;

use super::json::{CaseDetail, answer, detail};
use crate::{
    extract::{Id, Json, Staff},
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// A case
#[utoipa::path(tag = "cases", operation_id = "getCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "The case", body = CaseDetail)))]
#[get("/cases/{id}")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<CaseId>) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let answer = detail(&tx, case, &staff.site).await?;
    drop(tx);
    staff.note_read(Action::CaseRead, ("case", id.0.0)).await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Claim a case
///
/// Of two who claim at once one wins; the other gets `case-claimed` with the name of the colleague.
#[utoipa::path(tag = "cases", operation_id = "claimCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses(
    (status = 200, description = "It is yours", body = CaseDetail),
    (status = 409, description = "A colleague was first, or it is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_claim")]
pub async fn claim(staff: Staff<may::HandleCases>, id: Id<CaseId>) -> HandlerResult {
    answer(&staff, async |tx| {
        desk::claim(tx, id.0, staff.member()).await
    })
    .await
}

/// Put a case back
#[utoipa::path(tag = "cases", operation_id = "releaseCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses(
    (status = 200, description = "It is nobody's again", body = CaseDetail),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_release")]
pub async fn release(staff: Staff<may::HandleCases>, id: Id<CaseId>) -> HandlerResult {
    answer(&staff, async |tx| {
        desk::release(tx, id.0, staff.member()).await
    })
    .await
}

/// Log a call, a try or a mail
///
/// The callback clock stops at the first contact that reaches the resident.
#[utoipa::path(tag = "cases", operation_id = "createContactMoment", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ContactMomentRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Logged", body = ContactMoment),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/contact-moments")]
pub async fn log_contact(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<ContactMomentRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: ContactMomentRequest| {
                let contact = request.parse(staff.site.tenant.zone)?;
                let tenant = &staff.site.tenant;
                let logged = desk::log_contact(tx, id.0, actor, contact, tenant).await?;
                let row = cases::contact_moments(tx, id.0)
                    .await?
                    .into_iter()
                    .find(|row| row.id == logged)
                    .ok_or_else(|| Error::bug("a contact moment is gone"))?;
                Ok(Created {
                    body: row,
                    location: Some(format!("/api/v1/cases/{}", id.0)),
                })
            },
        )
        .await
}

/// Close a case
///
/// The resident is invited to give a score.
#[utoipa::path(tag = "cases", operation_id = "closeCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = CloseRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Closed", body = CaseDetail),
    (status = 409, description = "Nobody spoke with the resident yet, it is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_close")]
pub async fn close(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<CloseRequest>,
) -> HandlerResult {
    let closing = request.0.parse()?;
    answer(&staff, async |tx| {
        desk::close(tx, id.0, staff.member(), closing, staff.site.links()).await
    })
    .await
}
