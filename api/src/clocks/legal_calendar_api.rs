//! The law's calendar and the versions of calendars over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    Error,
    clocks::{
        self, CalendarKind, CalendarVersion, Decision, LegalCalendarVersion, Proposal, ProposalId,
        ProposalRequest,
    },
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::{self, LimitQuery},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// Which calendar.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// `service` (the default) or `legal`.
    #[param(inline, value_type = Option<CalendarKind>)]
    kind: Option<String>,
    /// Only so many, 1 to 100; the whole list when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// Versions of a calendar.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionList {
    /// Newest first.
    items: Vec<CalendarVersion>,
}

/// Every version of a calendar
#[utoipa::path(tag = "deadlines", operation_id = "listCalendarVersions", params(VersionQuery), security(("bearer" = [])), responses((status = 200, description = "The versions", body = VersionList)))]
#[get("/calendar-versions")]
pub async fn versions(
    reader: Staff<may::ReadCalendars>,
    query: Query<VersionQuery>,
) -> Result<HttpResponse, Problem> {
    let kind = query
        .0
        .kind
        .as_deref()
        .unwrap_or("service")
        .parse::<CalendarKind>()
        .map_err(|_| Error::invalid("kind", "not_an_option"))?;
    let tx = reader.read().await?;
    let items = clocks::versions(&tx, kind, pagination::most(query.0.limit)?).await?;
    Ok(HttpResponse::Ok().json(VersionList { items }))
}

/// The calendar by which terms of the law are counted
#[utoipa::path(tag = "deadlines", operation_id = "getLegalCalendar", security(("bearer" = [])), responses((status = 200, description = "The law's calendar", body = LegalCalendarVersion)))]
#[get("/calendars/legal")]
pub async fn law(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    Ok(HttpResponse::Ok().json(clocks::current_legal_calendar(&tx).await?))
}

/// Proposals.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalList {
    /// Newest first, at most a hundred.
    items: Vec<Proposal>,
}

/// Changes of the law's calendar that were proposed
#[utoipa::path(tag = "deadlines", operation_id = "listCalendarProposals", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The proposals", body = ProposalList)))]
#[get("/calendar-proposals")]
pub async fn proposals(
    reader: Staff<may::ReadCalendars>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = clocks::proposals(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(ProposalList { items }))
}

/// Propose a change of the law's calendar; a second person has to agree
#[utoipa::path(tag = "deadlines", operation_id = "createCalendarProposal", params(("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day")), request_body = ProposalRequest, security(("bearer" = [])), responses((status = 201, description = "Proposed", body = Proposal)))]
#[post("/calendar-proposals")]
pub async fn propose(
    author: Staff<may::ManageCalendars>,
    creating: IdempotentJson<ProposalRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = author.member().id;
    creating
        .once(
            &author.site,
            Some(actor),
            async |tx, request: ProposalRequest| {
                let id = clocks::propose(tx, &request, actor).await?;
                Ok(Created {
                    location: Some("/api/v1/calendar-proposals".to_owned()),
                    body: clocks::proposal_by_id(tx, id).await?,
                })
            },
        )
        .await
}

async fn decide(
    actor: Staff<may::ManageCalendars>,
    id: ProposalId,
    decision: Decision,
) -> Result<HttpResponse, Problem> {
    let tx = actor.write().await?;
    clocks::decide(&tx, id, decision, actor.member().id).await?;
    let body = clocks::proposal_by_id(&tx, id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Agree with a colleague's proposal: it holds from now on
#[utoipa::path(tag = "deadlines", operation_id = "approveCalendarProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), security(("bearer" = [])), responses(
    (status = 200, description = "It holds", body = Proposal),
    (status = 409, description = "It is your own, it was decided before, or the calendar changed since", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/calendar-proposals/{id}/_approve")]
pub async fn approve(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Approved).await
}

/// Do not agree with a colleague's proposal
#[utoipa::path(tag = "deadlines", operation_id = "rejectCalendarProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), security(("bearer" = [])), responses(
    (status = 200, description = "Rejected", body = Proposal),
    (status = 409, description = "It is your own, or it was decided before", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/calendar-proposals/{id}/_reject")]
pub async fn reject(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Rejected).await
}

/// Take one's own proposal back
#[utoipa::path(tag = "deadlines", operation_id = "withdrawCalendarProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), security(("bearer" = [])), responses(
    (status = 200, description = "Withdrawn", body = Proposal),
    (status = 409, description = "It is a colleague's, or it was decided before", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/calendar-proposals/{id}/_withdraw")]
pub async fn withdraw(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Withdrawn).await
}
