//! The desk over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    Error,
    audit::Action,
    cases::{self, CaseId, CaseView, ContactMoment, Filter, Kind},
    desk::{self, CloseRequest, ContactMomentRequest},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor,
    json::{CaseDetail, answer, detail},
};
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::PageRequest,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// Cases in one answer, unless a program asks for another number.
const PAGE: PageRequest = PageRequest::of(25);

/// Which part of the cases.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum CaseState {
    /// Those that are worked on.
    Open,
    /// Those that were closed.
    Closed,
}

/// Which cases to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// `open` (the default) or `closed`.
    #[param(inline)]
    state: Option<CaseState>,
    /// `complaint`, `tip` or `compliment`.
    #[param(inline, value_type = Option<Kind>)]
    kind: Option<String>,
    /// Key of a category.
    category: Option<String>,
    /// `me`, `nobody`, or anybody when left out.
    assignee: Option<String>,
    /// Only those whose promise is past due.
    late: Option<bool>,
    /// Words in the title, or a reference: a whole one finds its case also when that is closed or merged.
    text: Option<String>,
    /// Where to go on: `nextCursor` of the answer before.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 25 by default.
    limit: Option<u64>,
}

/// A piece of the queue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    /// The cases, what falls due first on top.
    items: Vec<CaseView>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<String>,
}

/// The queue
#[utoipa::path(tag = "cases", operation_id = "listCases", params(CaseQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the queue", body = CaseList)))]
#[get("/cases")]
pub async fn list(staff: Staff<may::ReadCases>, query: Query<CaseQuery>) -> HandlerResult {
    let query = query.0;
    let mut errors = domain::FieldErrors::default();
    let limit = PAGE.or(query.limit, &mut errors).limit();
    let kind = query.kind.as_deref().map(str::parse::<Kind>).transpose();
    if kind.is_err() {
        errors.add("kind", "not_an_option");
    }
    if !matches!(query.assignee.as_deref(), None | Some("me" | "nobody")) {
        errors.add("assignee", "not_an_option");
    }
    let after = query.cursor.as_deref().map(cursor::decode).transpose();
    if after.is_err() {
        errors.add("cursor", "cursor_unusable");
    }
    errors.into_result()?;
    let tx = staff.read().await?;
    let filter = Filter {
        closed: query.state == Some(CaseState::Closed),
        kind: kind.unwrap_or_default(),
        category: query.category,
        assignee: (query.assignee.as_deref() == Some("me")).then_some(staff.member().id),
        unassigned: query.assignee.as_deref() == Some("nobody"),
        late_at: query.late.unwrap_or_default().then_some(tx.now()),
        text: query.text,
    };
    let page = cases::list(
        &tx,
        cases::Viewer::of(staff.member()),
        &filter,
        after.unwrap_or_default().as_ref(),
        limit,
    )
    .await?;
    Ok(HttpResponse::Ok().json(CaseList {
        items: (page.cases.into_iter())
            .map(|case| CaseView::at(case, tx.now()))
            .collect(),
        next_cursor: page.next.as_ref().map(cursor::encode),
    }))
}

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
                let logged = desk::log_contact(tx, id.0, actor, contact).await?;
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
