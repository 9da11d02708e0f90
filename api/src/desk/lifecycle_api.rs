//! The life of a case over the API: it is reopened, merged, unmerged, converted, categorised.

use actix_web::{HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use domain::{
    cases::CaseId,
    clocks::Moved,
    desk::{
        self, CaseCategoryRequest, ConvertRequest, Doubt, MergeRequest, MoveRequest, ReopenRequest,
        UnmergeRequest,
    },
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use super::json::{CaseDetail, OtherCase, answer, other};
use crate::{
    extract::{Id, Json, Query, Staff},
    problem::{HandlerResult, ProblemDocument},
};

/// What merging would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergePreviewDetail {
    /// The case that would be taken into the other one.
    merged: OtherCase,
    /// The case that would go on for both.
    target: OtherCase,
    /// The earliest receipt, from which the clocks would count.
    since: DateTime<Utc>,
    /// The clocks of the target that would fall due at another time.
    moves: Vec<Moved>,
    /// What makes one wonder: `otherResident`, `otherKind`.
    doubts: Vec<Doubt>,
}

/// Reopen a closed case
///
/// It becomes yours. What was measured stays; a new clock of the closing begins.
#[utoipa::path(tag = "cases", operation_id = "reopenCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = ReopenRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It is open", body = CaseDetail),
    (status = 409, description = "It was never closed, a colleague reopened it first, or it was merged", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_reopen")]
pub async fn reopen(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<ReopenRequest>,
) -> HandlerResult {
    let reopening = request.0.parse()?;
    answer(&staff, async |tx| {
        desk::reopen(tx, id.0, staff.member(), reopening).await
    })
    .await
}

/// Make a case another kind
///
/// The terms of the law of what becomes a complaint count from the first receipt. What stops being a complaint needs the resident's consent.
#[utoipa::path(tag = "cases", operation_id = "convertCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = ConvertRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It is of that kind", body = CaseDetail),
    (status = 409, description = "It is a colleague's, closed or merged", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_convert")]
pub async fn convert(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<ConvertRequest>,
) -> HandlerResult {
    let conversion = request.0.parse()?;
    answer(&staff, async |tx| {
        desk::convert(tx, id.0, staff.member(), conversion).await
    })
    .await
}

/// Say what a case is about
///
/// Promises that run are chosen again by it; what has a result keeps it.
#[utoipa::path(tag = "cases", operation_id = "replaceCaseCategory", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = CaseCategoryRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It has that category", body = CaseDetail),
    (status = 409, description = "It was merged, or somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/cases/{id}/category")]
pub async fn categorise(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<CaseCategoryRequest>,
) -> HandlerResult {
    let category = request.0.parse();
    answer(&staff, async |tx| {
        desk::categorise(tx, id.0, staff.member(), category).await
    })
    .await
}

/// Move a case to another state
///
/// Its workflow has to have the move; closing is not done this way. No term of the law stands still by it.
#[utoipa::path(tag = "cases", operation_id = "moveCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = MoveRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It stands there", body = CaseDetail),
    (status = 409, description = "It is a colleague's, closed or merged, or somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_move")]
pub async fn move_case(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<MoveRequest>,
) -> HandlerResult {
    answer(&staff, async |tx| {
        desk::move_state(tx, id.0, staff.member(), &request.0).await
    })
    .await
}

/// What merging would do
#[utoipa::path(tag = "cases", operation_id = "previewMerge", params(("id" = uuid::Uuid, Path, description = "Id of the case that would be taken into the other one"), ("intoId" = String, Query, description = "Id or reference of the case that would go on for both")), security(("bearer" = [])), responses(
    (status = 200, description = "What it would do; nothing was done", body = MergePreviewDetail),
    (status = 409, description = "These cases cannot be merged this way", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[get("/cases/{id}/merge-preview")]
pub async fn preview(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    query: Query<MergeRequest>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let target = query.0.target(&tx, staff.viewer()).await?;
    let preview = desk::preview_merge(&tx, id.0, target, staff.member()).await?;
    Ok(HttpResponse::Ok().json(MergePreviewDetail {
        merged: other(&preview.merged),
        target: other(&preview.target),
        since: preview.since,
        moves: preview.moves,
        doubts: preview.doubts,
    }))
}

/// Take a case into another one
///
/// Nothing is moved, and it can be undone. The other case goes on for both, with its clocks counted from the earliest receipt.
#[utoipa::path(tag = "cases", operation_id = "mergeCase", params(("id" = uuid::Uuid, Path, description = "Id of the case that is taken into the other one")), request_body = MergeRequest, security(("bearer" = [])), responses(
    (status = 200, description = "The case that was taken into the other one", body = CaseDetail),
    (status = 409, description = "These cases cannot be merged this way", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_merge")]
pub async fn merge(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<MergeRequest>,
) -> HandlerResult {
    answer(&staff, async |tx| {
        let target = request.0.target(tx, staff.viewer()).await?;
        desk::merge(tx, id.0, target, staff.member(), &request.0.reason).await
    })
    .await
}

/// Take a case out of the other one again
#[utoipa::path(tag = "cases", operation_id = "unmergeCase", params(("id" = uuid::Uuid, Path, description = "Id of the case that was taken into another one")), request_body = UnmergeRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It stands by itself", body = CaseDetail),
    (status = 409, description = "It stands by itself already, or it is a colleague's", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_unmerge")]
pub async fn unmerge(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<UnmergeRequest>,
) -> HandlerResult {
    let reason = request.0.reason;
    answer(&staff, async |tx| {
        desk::unmerge(tx, id.0, staff.member(), &reason).await
    })
    .await
}
