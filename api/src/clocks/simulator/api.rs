//! What a deadline would be, over the API. It stores nothing.

use actix_web::{HttpResponse, post};
use domain::clocks::{self, SimulateRequest, SimulationDetail};
use tenants::permission::may;

use crate::{
    extract::{Json, Staff},
    problem::Problem,
};

/// What a deadline would be, and why; stores nothing
#[utoipa::path(tag = "deadlines", operation_id = "simulateDeadline", request_body = SimulateRequest, security(("bearer" = [])), responses((status = 200, description = "The deadline", body = SimulationDetail)))]
#[post("/deadlines/_simulate")]
pub async fn simulate_deadline(
    reader: Staff<may::ReadCalendars>,
    input: Json<SimulateRequest>,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let current = clocks::current(&tx).await?;
    let outcome = clocks::simulate_deadline(&tx, input.0, &current, language).await?;
    Ok(HttpResponse::Ok().json(outcome.detail(language)))
}
