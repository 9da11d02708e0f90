//! Staff write down a message over the API.

use actix_web::post;
use domain::intake::{self, CaseRequest};
use tenants::permission::may;

use crate::{
    desk::json::{CaseDetail, detail},
    extract::Staff,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// Write down a message for a resident
///
/// What came by telephone, by letter or at the counter becomes a case whose clocks count from when it really came in.
#[utoipa::path(tag = "cases", operation_id = "createCase", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = CaseRequest, security(("bearer" = [])), responses((status = 201, description = "The case", body = CaseDetail)))]
#[post("/cases")]
pub async fn create(
    staff: Staff<may::HandleCases>,
    creating: IdempotentJson<CaseRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: CaseRequest| {
                let by = (actor, &*staff.site.tenant);
                let case = intake::file(tx, &request, by).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/cases/{}", case.id)),
                    body: detail(tx, case, &staff.site).await?,
                })
            },
        )
        .await
}
