//! Turns in the life of a case over the API: it is reopened, merged, parted, converted, categorised.

use actix_web::{HttpResponse, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Error, FieldErrors,
    cases::{CaseId, Kind},
    desk::{self, Consent, Conversion, LawAfter, Reopening},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::json::{CaseDetail, OtherCase, detail, one_of, other};
use crate::{
    extract::{Id, Json, Query, Staff},
    problem::{Problem, ProblemDocument},
};

/// Why a case is reopened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReopenRequest {
    /// Why.
    #[serde(default)]
    #[schema(example = "De inwoner belde: de lift is weer stuk.")]
    reason: String,
    /// Of a complaint only, and needed then: `countsOn` when it was not settled after all (Awb art. 9:5), `staysEnded` when it was dealt
    /// with by a letter with findings (Awb art. 9:12).
    law: Option<String>,
}

/// Another kind for a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConvertRequest {
    /// `complaint`, `tip` or `compliment`.
    #[schema(example = "complaint")]
    kind: String,
    /// Why.
    #[serde(default)]
    reason: String,
    /// When the resident said that this is no complaint; needed for what stops being one.
    agreed_on: Option<NaiveDate>,
    /// Where that is kept; needed for what stops being a complaint.
    #[serde(default)]
    kept_at: String,
}

/// A category for a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseCategoryRequest {
    /// Key of a category that is used; none takes it away.
    #[schema(example = "wegen_paden")]
    category: Option<String>,
}

/// The case that goes on for both.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MergeQuery {
    /// Id of the case that would go on for both.
    #[param(value_type = uuid::Uuid)]
    into_id: String,
}

/// A case to take this one into.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MergeRequest {
    /// Id of the case that goes on for both.
    #[schema(value_type = uuid::Uuid)]
    into_id: String,
    /// Why they are one.
    #[serde(default)]
    reason: String,
}

/// Why a case stands by itself again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct UnmergeRequest {
    /// Why.
    #[serde(default)]
    reason: String,
}

/// A clock that would fall due at another time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeMove {
    /// What it measures.
    #[schema(example = "callback")]
    kind: String,
    /// When it is due now.
    from: Option<DateTime<Utc>>,
    /// When it would be due.
    to: Option<DateTime<Utc>>,
}

/// What merging would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergePreviewDetail {
    /// The case that would be taken into the other one.
    absorbed: OtherCase,
    /// The case that would go on for both.
    survivor: OtherCase,
    /// The earliest receipt, from which the clocks would count.
    since: DateTime<Utc>,
    /// The clocks of the survivor that would fall due at another time.
    moves: Vec<MergeMove>,
    /// What makes one wonder: `otherResident`, `otherKind`.
    doubts: Vec<String>,
}

/// Reopen a closed case
///
/// It becomes yours. What was measured stays; a new clock of the closing begins.
#[utoipa::path(tag = "cases", operation_id = "reopenCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = ReopenRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It is open", body = CaseDetail),
    (status = 409, description = "A colleague reopened it first, or it was merged", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_reopen")]
pub async fn reopen(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<ReopenRequest>,
) -> Result<HttpResponse, Problem> {
    let law = request.0.law.as_deref();
    let reopening = Reopening {
        law: law
            .map(|word| one_of::<LawAfter>("law", word))
            .transpose()?,
        reason: request.0.reason,
    };
    let tx = staff.write().await?;
    let case = desk::reopen(&tx, id.0, staff.member(), reopening).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
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
) -> Result<HttpResponse, Problem> {
    let request = request.0;
    let conversion = Conversion {
        to: one_of::<Kind>("kind", &request.kind)?,
        reason: request.reason,
        consent: request.agreed_on.map(|agreed_on| Consent {
            agreed_on,
            kept_at: request.kept_at,
        }),
    };
    let tx = staff.write().await?;
    let case = desk::convert(&tx, id.0, staff.member(), conversion).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
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
) -> Result<HttpResponse, Problem> {
    let category = request.0.category;
    let tx = staff.write().await?;
    let case = desk::categorise(&tx, id.0, staff.member(), category.as_deref()).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// An id of another case; a word that is none is nobody's case.
fn other_id(word: &str) -> Result<CaseId, Error> {
    if word.trim().is_empty() {
        return Err(Error::invalid("intoId", "required"));
    }
    word.parse().map_err(|_| Error::NotFound)
}

/// A page and the API call the other case otherwise than the domain does.
fn named(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(renamed(&errors)),
        error => error,
    }
}

fn renamed(errors: &FieldErrors) -> FieldErrors {
    errors.renamed("into", "intoId")
}

/// What merging would do
#[utoipa::path(tag = "cases", operation_id = "previewMerge", params(("id" = uuid::Uuid, Path, description = "Id of the case that would be taken into the other one"), MergeQuery), security(("bearer" = [])), responses(
    (status = 200, description = "What it would do; nothing was done", body = MergePreviewDetail),
    (status = 409, description = "These cases cannot be merged this way", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[get("/cases/{id}/merge-preview")]
pub async fn preview(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    query: Query<MergeQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let into = other_id(&query.0.into_id)?;
    let preview = desk::preview_merge(&tx, id.0, into, staff.member())
        .await
        .map_err(named)?;
    Ok(HttpResponse::Ok().json(MergePreviewDetail {
        absorbed: other(&preview.merged),
        survivor: other(&preview.target),
        since: preview.since,
        moves: preview
            .moves
            .iter()
            .map(|moved| MergeMove {
                kind: moved.kind.to_string(),
                from: moved.from,
                to: moved.to,
            })
            .collect(),
        doubts: preview.doubts.iter().map(ToString::to_string).collect(),
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
) -> Result<HttpResponse, Problem> {
    let request = request.0;
    let tx = staff.write().await?;
    let into = other_id(&request.into_id)?;
    let case = desk::merge(&tx, id.0, into, staff.member(), &request.reason)
        .await
        .map_err(named)?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
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
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let case = desk::unmerge(&tx, id.0, staff.member(), &request.0.reason).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}
