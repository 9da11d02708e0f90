//! Trail and jobs over the API.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    audit::{self, AuditEntryId},
    jobs::{self, JobId, JobState},
};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, permission::may};
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    problem::Problem,
};

const PAGE: usize = 100;

/// A line of the trail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: AuditEntryId,
    /// When.
    at: DateTime<Utc>,
    /// Who; none when a resident or the product did it.
    #[schema(value_type = Option<uuid::Uuid>)]
    actor_id: Option<StaffId>,
    /// What was done.
    #[schema(example = "case.claim")]
    action: String,
    /// To what kind of thing.
    object_kind: String,
    /// To which one.
    object_id: Option<uuid::Uuid>,
    /// Values that tell more, never what people wrote.
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

/// A piece of the trail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditList {
    /// Newest first.
    items: Vec<AuditItem>,
    /// Where the next piece begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<AuditEntryId>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<AuditEntryId>,
}

/// Which jobs to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// `queued` or `givenUp` (the default).
    state: Option<String>,
}

/// A job.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: JobId,
    /// Which work.
    kind: String,
    /// `queued` or `givenUp`.
    state: String,
    /// How often it was tried.
    attempts: i64,
    /// Why the last try failed.
    last_error: Option<String>,
    /// Not before this instant.
    run_at: DateTime<Utc>,
}

/// Jobs in a state.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobList {
    /// Newest first, at most a hundred.
    items: Vec<JobItem>,
}

/// The trail of who did what
#[utoipa::path(tag = "administration", operation_id = "listAuditEntries", params(AuditQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the trail", body = AuditList)))]
#[get("/audit-entries")]
pub async fn list_audit(
    reader: Staff<may::ReadAudit>,
    query: Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let limit = u64::try_from(PAGE).unwrap_or(100) + 1;
    let mut entries = audit::newest(&tx, query.0.cursor, limit).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(HttpResponse::Ok().json(AuditList {
        next_cursor: entries.last().filter(|_| more).map(|last| last.id),
        items: entries
            .into_iter()
            .map(|entry| AuditItem {
                id: entry.id,
                at: entry.at,
                actor_id: entry.actor_id,
                action: entry.action,
                object_kind: entry.object_kind,
                object_id: entry.object_id,
                details: entry.details,
            })
            .collect(),
    }))
}

/// Jobs of the whole platform
#[utoipa::path(tag = "administration", operation_id = "listJobs", params(JobQuery), security(("bearer" = [])), responses((status = 200, description = "The jobs", body = JobList)))]
#[get("/jobs")]
pub async fn list_jobs(
    operator: Staff<may::OperatePlatform>,
    query: Query<JobQuery>,
) -> Result<HttpResponse, Problem> {
    let state = match query.0.state.as_deref() {
        None => JobState::GivenUp,
        Some(state) => state
            .parse()
            .map_err(|_| Error::invalid("state", "not_an_option"))?,
    };
    let tx = operator.site.read_shared().await?;
    let items = jobs::list(&tx, state, 100)
        .await?
        .into_iter()
        .map(|row| JobItem {
            id: row.id,
            kind: row.kind,
            state: row.state.to_string(),
            attempts: row.attempts,
            last_error: row.last_error,
            run_at: row.run_at,
        })
        .collect();
    Ok(HttpResponse::Ok().json(JobList { items }))
}

/// Put a job that was given up back in line
#[utoipa::path(tag = "administration", operation_id = "retryJob", params(("id" = uuid::Uuid, Path, description = "Id of the job")), security(("bearer" = [])), responses((status = 204, description = "Back in line")))]
#[post("/jobs/{id}/_retry")]
pub async fn retry_job(
    operator: Staff<may::OperatePlatform>,
    id: Id<JobId>,
) -> Result<HttpResponse, Problem> {
    let tx = operator.write_shared().await?;
    jobs::retry(&tx, id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
