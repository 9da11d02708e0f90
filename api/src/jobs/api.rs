//! Jobs over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    Error,
    jobs::{self, JobId, JobRow, JobState, Totals},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::PageRequest,
    problem::HandlerResult,
};

/// Which jobs to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// `queued` or `givenUp` (the default).
    #[param(inline, value_type = Option<JobState>)]
    state: Option<String>,
    /// At most so many, 1 to 100; 100 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// Jobs in a state.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobList {
    /// Newest first, at most a hundred.
    items: Vec<JobRow>,
    /// How many jobs there are in each state.
    totals: Totals,
}

/// Jobs of the whole platform
#[utoipa::path(tag = "administration", operation_id = "listJobs", params(JobQuery), security(("bearer" = [])), responses((status = 200, description = "The jobs", body = JobList)))]
#[get("/jobs")]
pub async fn list(operator: Staff<may::OperatePlatform>, query: Query<JobQuery>) -> HandlerResult {
    let state = match query.0.state.as_deref() {
        None => JobState::GivenUp,
        Some(state) => state
            .parse()
            .map_err(|_| Error::invalid("state", "not_an_option"))?,
    };
    let page = PageRequest::parse(query.0.limit)?;
    let tx = operator.site.read_shared().await?;
    let totals = jobs::totals(&tx).await?;
    let items = jobs::list(&tx, state, page.limit()).await?;
    Ok(HttpResponse::Ok().json(JobList { items, totals }))
}

/// How many jobs are tried again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetriedJobs {
    /// How many.
    retried: u64,
}

/// Put all jobs that were given up back in the queue
#[utoipa::path(tag = "administration", operation_id = "retryJobs", security(("bearer" = [])), responses((status = 200, description = "Back in the queue", body = RetriedJobs)))]
#[post("/jobs/_retry")]
pub async fn retry_all(operator: Staff<may::OperatePlatform>) -> HandlerResult {
    let tx = operator.write_shared().await?;
    let retried = jobs::retry_all(&tx).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(RetriedJobs { retried }))
}

/// Put a job that was given up back in the queue
#[utoipa::path(tag = "administration", operation_id = "retryJob", params(("id" = uuid::Uuid, Path, description = "Id of the job")), security(("bearer" = [])), responses((status = 204, description = "Back in the queue")))]
#[post("/jobs/{id}/_retry")]
pub async fn retry(operator: Staff<may::OperatePlatform>, id: Id<JobId>) -> HandlerResult {
    let tx = operator.write_shared().await?;
    jobs::retry(&tx, id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
