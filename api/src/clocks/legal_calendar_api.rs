//! The law's calendar and the versions of calendars over the API.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    clocks::{self, CalendarKind, Decision, Proposal, ProposalId},
    deadlines::LegalCalendar,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// Which calendar.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// `service` (the default) or `legal`.
    kind: Option<String>,
}

/// A version of a calendar.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionItem {
    /// Number, from 1.
    number: i64,
    /// The calendar as it was written.
    #[schema(value_type = Object)]
    calendar: serde_json::Value,
    /// Who set it; nobody for the first.
    #[schema(value_type = Option<uuid::Uuid>)]
    author_id: Option<tenants::StaffId>,
    /// Since when it holds.
    created_at: DateTime<Utc>,
}

/// Versions of a calendar.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionList {
    /// Newest first.
    items: Vec<VersionItem>,
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
    let items = clocks::versions(&tx, kind)
        .await?
        .into_iter()
        .map(|version| VersionItem {
            number: version.number,
            calendar: version.definition,
            author_id: version.author,
            created_at: version.created_at,
        })
        .collect();
    Ok(HttpResponse::Ok().json(VersionList { items }))
}

/// The calendar of the law.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LawDetail {
    /// Number of its version; 0 for what came with the program.
    version: i64,
    /// Years that are known, and days equated by royal decree with where that is published.
    #[schema(value_type = Object)]
    calendar: LegalCalendar,
}

/// The calendar by which terms of the law are counted
#[utoipa::path(tag = "deadlines", operation_id = "getLegalCalendar", security(("bearer" = [])), responses((status = 200, description = "The law's calendar", body = LawDetail)))]
#[get("/calendars/legal")]
pub async fn law(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let law = clocks::law_now(&tx).await?;
    Ok(HttpResponse::Ok().json(LawDetail {
        version: law.number,
        calendar: law.calendar,
    }))
}

/// A change of the law's calendar that was proposed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: ProposalId,
    /// Number of the version it was made from.
    base_version: i64,
    /// The whole calendar.
    #[schema(value_type = Object)]
    calendar: LegalCalendar,
    /// Why.
    reason: String,
    /// Who proposed it.
    #[schema(value_type = uuid::Uuid)]
    author_id: tenants::StaffId,
    /// When.
    created_at: DateTime<Utc>,
    /// `approved`, `rejected` or `withdrawn`; none while it waits.
    decision: Option<String>,
    /// Who decided.
    #[schema(value_type = Option<uuid::Uuid>)]
    decided_by: Option<tenants::StaffId>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
}

/// Proposals.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalList {
    /// Newest first, at most a hundred.
    items: Vec<ProposalItem>,
}

/// A change of the law's calendar to propose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProposalRequest {
    /// The whole calendar.
    #[schema(value_type = Object)]
    calendar: LegalCalendar,
    /// Why.
    reason: String,
}

fn item(proposal: Proposal) -> ProposalItem {
    ProposalItem {
        id: proposal.id,
        base_version: proposal.base,
        calendar: proposal.calendar,
        reason: proposal.reason,
        author_id: proposal.author,
        created_at: proposal.created_at,
        decision: proposal.decision.map(|decision| decision.to_string()),
        decided_by: proposal.decided_by,
        decided_at: proposal.decided_at,
    }
}

async fn one(tx: &tenants::TenantTx, id: ProposalId) -> Result<ProposalItem, Error> {
    clocks::proposals(tx)
        .await?
        .into_iter()
        .find(|proposal| proposal.id == id)
        .map(item)
        .ok_or(Error::NotFound)
}

/// Changes of the law's calendar that were proposed
#[utoipa::path(tag = "deadlines", operation_id = "listCalendarProposals", security(("bearer" = [])), responses((status = 200, description = "The proposals", body = ProposalList)))]
#[get("/calendar-proposals")]
pub async fn proposals(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = clocks::proposals(&tx)
        .await?
        .into_iter()
        .map(item)
        .collect();
    Ok(HttpResponse::Ok().json(ProposalList { items }))
}

/// Propose a change of the law's calendar; a second person has to agree
#[utoipa::path(tag = "deadlines", operation_id = "createCalendarProposal", params(("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day")), request_body = ProposalRequest, security(("bearer" = [])), responses((status = 201, description = "Proposed", body = ProposalItem)))]
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
                let id = clocks::propose(tx, &request.calendar, &request.reason, actor).await?;
                Ok(Created {
                    location: Some("/api/v1/calendar-proposals".to_owned()),
                    body: one(tx, id).await?,
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
    let body = one(&tx, id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Agree with a colleague's proposal: it holds from now on
#[utoipa::path(tag = "deadlines", operation_id = "approveCalendarProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), security(("bearer" = [])), responses(
    (status = 200, description = "It holds", body = ProposalItem),
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
    (status = 200, description = "Rejected", body = ProposalItem),
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
    (status = 200, description = "Withdrawn", body = ProposalItem),
    (status = 409, description = "It is a colleague's, or it was decided before", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/calendar-proposals/{id}/_withdraw")]
pub async fn withdraw(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Withdrawn).await
}
