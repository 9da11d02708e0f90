//! What staff do for the resident's page over the API, and whom a message is about.

use actix_web::{HttpResponse, get, post};
use domain::{
    cases::{self, CaseId, CaseSubject, SubjectId},
    desk::{self, SubjectRequest},
    resident,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// Mail the resident a new link
///
/// To the known address. The old link, and the short code that goes with it, work no longer.
#[utoipa::path(tag = "cases", operation_id = "renewCaseLink", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses(
    (status = 204, description = "It is on its way"),
    (status = 400, description = "No mail address is known", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_renew-link")]
pub async fn renew_link(staff: Staff<may::HandleCases>, id: Id<CaseId>) -> HandlerResult {
    let tx = staff.write().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    resident::renew_link(&tx, &case, Some(staff.member().id), staff.site.links()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End the resident's link
///
/// Without a new one: for when somebody else got hold of it.
#[utoipa::path(tag = "cases", operation_id = "revokeCaseLink", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 204, description = "It works no longer")))]
#[post("/cases/{id}/_revoke-link")]
pub async fn revoke_link(staff: Staff<may::HandleCases>, id: Id<CaseId>) -> HandlerResult {
    let tx = staff.write().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    resident::revoke_link(&tx, &case, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whom a message is about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectList {
    /// The first on top, lifted or not.
    items: Vec<CaseSubject>,
}

/// Whom a message is about
///
/// They have no part in it: for them it is not there, unless that was lifted.
#[utoipa::path(tag = "cases", operation_id = "listCaseSubjects", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = SubjectList)))]
#[get("/cases/{id}/subjects")]
pub async fn subjects(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let mut items = cases::subjects(&tx, case.id).await?;
    if let Some(most) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        items.truncate(most);
    }
    Ok(HttpResponse::Ok().json(SubjectList { items }))
}

/// Say whom a message is about
///
/// A colleague or a team. From then on it is not there for them, and it is nobody's when it was theirs.
#[utoipa::path(tag = "cases", operation_id = "createCaseSubject", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = SubjectRequest, security(("bearer" = [])), responses((status = 201, description = "Noted", body = CaseSubject)))]
#[post("/cases/{id}/subjects")]
pub async fn name_subject(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<SubjectRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: SubjectRequest| {
                let body = desk::name_subject(tx, id.0, actor, &request).await?;
                Ok(Created {
                    body,
                    location: Some(format!("/api/v1/cases/{}/subjects", id.0)),
                })
            },
        )
        .await
}

/// Why whom a message is about may see it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LiftRequest {
    /// Why.
    #[serde(default)]
    #[schema(example = "De collega was die dag vrij.")]
    lift_reason: String,
}

/// Let whom a message is about see it all the same
///
/// Only a lead may, with a reason that is logged, and never for oneself or one's own team.
#[utoipa::path(tag = "cases", operation_id = "liftCaseSubject", params(("id" = uuid::Uuid, Path, description = "Id of the subject")), request_body = LiftRequest, security(("bearer" = [])), responses(
    (status = 204, description = "It is there for them again"),
    (status = 409, description = "It was lifted before", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/case-subjects/{id}/_lift")]
pub async fn lift_subject(
    staff: Staff<may::HandleCases>,
    id: Id<SubjectId>,
    request: Json<LiftRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    desk::lift_subject(&tx, id.0, staff.member(), &request.0.lift_reason).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
