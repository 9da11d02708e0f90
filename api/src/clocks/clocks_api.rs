//! The clocks of a case over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    cases::{self, CaseId},
    clocks::{
        self, AdjournRequest, AgreeRequest, ClockDetail, ClockId, FinishRequest, PauseRequest,
    },
};
use serde::Serialize;
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::{self, LimitQuery},
    problem::{Problem, ProblemDocument},
};

/// The clocks of a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockList {
    /// In the order in which they began.
    items: Vec<ClockDetail>,
}

/// The clocks of a case
#[utoipa::path(tag = "deadlines", operation_id = "listCaseClocks", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "The clocks, each explained", body = ClockList)))]
#[get("/cases/{id}/clocks")]
pub async fn list(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let zone = staff.site.tenant.zone;
    let items = pagination::first(most, clocks::of_case(&tx, case.id).await?)
        .map(|clock| clock.detail(tx.now(), zone, staff.site.language))
        .collect();
    Ok(HttpResponse::Ok().json(ClockList { items }))
}

/// Keeps a change and answers with the clock as it is now.
async fn answer(
    staff: &Staff<may::HandleCases>,
    tx: TenantTx,
    id: ClockId,
) -> Result<HttpResponse, Problem> {
    let clock = clocks::get_explained(&tx, id).await?;
    let (zone, language) = (staff.site.tenant.zone, staff.site.language);
    let body = clock.detail(tx.now(), zone, language);
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Pause a clock until a moment
///
/// A term of the law is never paused. A sign of life of the resident ends a wait for the resident earlier.
#[utoipa::path(tag = "deadlines", operation_id = "pauseClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), request_body = PauseRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It is paused", body = ClockDetail),
    (status = 409, description = "It is a term of the law, it has stopped, or the case is a colleague's or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_pause")]
pub async fn pause(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
    input: Json<PauseRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let zone = staff.site.tenant.zone;
    clocks::pause(&tx, id.0, staff.member(), &input.0, zone).await?;
    answer(&staff, tx, id.0).await
}

/// Resume a clock
#[utoipa::path(tag = "deadlines", operation_id = "resumeClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), security(("bearer" = [])), responses(
    (status = 200, description = "It runs", body = ClockDetail),
    (status = 409, description = "It has stopped, or the case is a colleague's or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_resume")]
pub async fn resume(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::resume(&tx, id.0, staff.member()).await?;
    answer(&staff, tx, id.0).await
}

/// Take more time for a complaint, once
#[utoipa::path(tag = "deadlines", operation_id = "adjournClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), request_body = AdjournRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Adjourned", body = ClockDetail),
    (status = 409, description = "It cannot be adjourned, was adjourned before, or has ended", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_adjourn")]
pub async fn adjourn(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
    input: Json<AdjournRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::adjourn(&tx, id.0, staff.member(), &input.0).await?;
    answer(&staff, tx, id.0).await
}

/// Keep a later day to which the resident agreed in writing
#[utoipa::path(tag = "deadlines", operation_id = "agreeClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), request_body = AgreeRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It ends on that day", body = ClockDetail),
    (status = 409, description = "It is not the term for dealing with a complaint, or has stopped", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_agree")]
pub async fn agree(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
    input: Json<AgreeRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::extend_by_consent(&tx, id.0, staff.member(), &input.0).await?;
    answer(&staff, tx, id.0).await
}

/// Say that a committee advises: ten weeks instead of six
#[utoipa::path(tag = "deadlines", operation_id = "adviseClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), security(("bearer" = [])), responses(
    (status = 200, description = "Ten weeks", body = ClockDetail),
    (status = 409, description = "It is not the term for dealing with a complaint, or has ended", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_advise")]
pub async fn advise(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::refer_to_committee(&tx, id.0, staff.member()).await?;
    answer(&staff, tx, id.0).await
}

/// Say that the municipality means not to deal with a complaint
///
/// From then on somebody is warned of the four weeks in which the resident has to be told (Awb art. 9:8, third paragraph).
#[utoipa::path(tag = "deadlines", operation_id = "refuseClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), security(("bearer" = [])), responses(
    (status = 200, description = "Somebody is warned", body = ClockDetail),
    (status = 409, description = "It is another clock, has stopped, or the case is a colleague's", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_refuse")]
pub async fn refuse(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::mean_to_refuse(&tx, id.0, staff.member()).await?;
    answer(&staff, tx, id.0).await
}

/// Say that what a clock waits for was done
///
/// The terms of the law for a complaint end by `law`: satisfaction of the resident (Awb art. 9:5), the letter with findings (9:12), the
/// resident's withdrawal, or the letter that it is not dealt with (9:8).
#[utoipa::path(tag = "deadlines", operation_id = "finishClock", params(("id" = uuid::Uuid, Path, description = "Id of the clock")), request_body = FinishRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Stopped", body = ClockDetail),
    (status = 409, description = "It stops by itself, or has stopped", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/clocks/{id}/_finish")]
pub async fn finish(
    staff: Staff<may::HandleCases>,
    id: Id<ClockId>,
    input: Json<FinishRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::mark_done(&tx, id.0, staff.member(), &input.0).await?;
    answer(&staff, tx, id.0).await
}
