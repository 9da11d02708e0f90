//! Formal complaints over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    cases::{self, CaseId},
    formal_complaint::{self, FormalComplaint, Register, Step, StepRequest},
};
use serde::Deserialize;
use tenants::permission::may;
use utoipa::IntoParams;

use super::file;
use crate::{
    extract::{Id, Query, Staff},
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// The formal complaint of a case
///
/// Its steps as they were recorded, what the law asks next, and the last day of its term (Awb chapter 9).
#[utoipa::path(tag = "cases", operation_id = "getFormalComplaint", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "The procedure, also when it has not begun", body = FormalComplaint)))]
#[get("/cases/{id}/formal-complaint")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<CaseId>) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let complaint = formal_complaint::of_case(&tx, case).await?;
    Ok(HttpResponse::Ok().json(complaint))
}

/// Whether notes of colleagues come along.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// Whether notes of colleagues come along; they do not when this is left out.
    #[serde(default)]
    notes: bool,
}

/// The file of a formal complaint
///
/// For a committee or an ombudsman: one page with everything in order, and the files of the resident that may be opened, as a ZIP archive. The
/// audit log says who took it.
#[utoipa::path(tag = "cases", operation_id = "getFormalComplaintFile", params(("id" = uuid::Uuid, Path, description = "Id of the case"), FileQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The archive", content_type = "application/zip", body = Vec<u8>),
    (status = 413, description = "Its files are too large together", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[get("/cases/{id}/formal-complaint/file")]
pub async fn get_file(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    query: Query<FileQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let collected = file::collect(&tx, &staff, case, query.0.notes).await?;
    drop(tx);
    file::answer(&staff, collected).await
}

/// Record a step of a formal complaint
///
/// A letter by mail leaves with it; one by post counts once `posted` says on which day it left. What the law asks first is refused with its
/// article.
#[utoipa::path(tag = "cases", operation_id = "createFormalComplaintStep", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = StepRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Recorded", body = Step),
    (status = 409, description = "The law asks for something else first, or the case is a colleague's", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/formal-complaint/steps")]
pub async fn record(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<StepRequest>,
) -> HandlerResult {
    let actor = staff.member();
    let tenant = staff.site.tenant.clone();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: StepRequest| {
                Ok(Created {
                    body: formal_complaint::record(tx, id.0, actor, &request, &tenant).await?,
                    location: Some(format!("/api/v1/cases/{}/formal-complaint", id.0)),
                })
            },
        )
        .await
}

/// Of which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// The year in which the complaints came in.
    #[param(example = 2026, minimum = 2000)]
    year: i32,
}

/// The register of complaints of a year
///
/// Every complaint that came in, counted by kind, body, judgement and term (Awb art. 9:12a). What could point at a person is hidden.
#[utoipa::path(tag = "cases", operation_id = "getComplaintRegister", params(YearQuery), security(("bearer" = [])), responses((status = 200, description = "Counts", body = Register)))]
#[get("/complaint-register")]
pub async fn register(staff: Staff<may::ReadCases>, query: Query<YearQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let place = (staff.site.tenant.zone, staff.site.language);
    let register = formal_complaint::register(&tx, query.0.year, place.0, place.1).await?;
    Ok(HttpResponse::Ok().json(register))
}
