//! The first day over the API.

use actix_web::{HttpResponse, delete, get, post, put};
use domain::{
    Error,
    first_day::{self, FirstDay, Step, StepRequest},
};
use tenants::permission::may;

use crate::{
    extract::{Json, PathName, Staff},
    problem::HandlerResult,
};

async fn answer(actor: &Staff<may::OpenMunicipality>) -> HandlerResult {
    let tx = actor.read().await?;
    let state = tenants::tenant::state(&tx).await?;
    let day = first_day::first_day(&tx, state, actor.member().id).await?;
    Ok(HttpResponse::Ok().json(day))
}

/// What is still to be done before the municipality opens
///
/// What was done is seen from what is there. After opening it is a list of what is left.
#[utoipa::path(tag = "administration", operation_id = "getFirstDay", security(("bearer" = [])), responses((status = 200, description = "The steps in their order", body = FirstDay)))]
#[get("/first-day")]
pub async fn get_first_day(actor: Staff<may::OpenMunicipality>) -> HandlerResult {
    answer(&actor).await
}

/// Put a step of the first day off, or set it aside
#[utoipa::path(tag = "administration", operation_id = "replaceFirstDayStep", params(("slug" = String, Path, description = "Name of the step", example = "bundle")), request_body = StepRequest, security(("bearer" = [])), responses((status = 200, description = "The steps in their order", body = FirstDay)))]
#[put("/first-day/steps/{slug}")]
pub async fn replace_step(
    actor: Staff<may::OpenMunicipality>,
    name: PathName,
    request: Json<StepRequest>,
) -> HandlerResult {
    let step: Step = name.0.parse().map_err(|_| Error::NotFound)?;
    let tx = actor.write().await?;
    first_day::decide(&tx, actor.member().id, step, &request.0).await?;
    tx.commit().await?;
    answer(&actor).await
}

/// Open the municipality for its residents
///
/// Trial messages are removed first. Its administrators are mailed the address and what to put on the website.
#[utoipa::path(tag = "administration", operation_id = "openMunicipality", security(("bearer" = [])), responses((status = 200, description = "It is open", body = FirstDay)))]
#[post("/first-day/_open")]
pub async fn open(actor: Staff<may::OpenMunicipality>) -> HandlerResult {
    let tx = actor.write().await?;
    let (tenant, links) = actor.site.links();
    first_day::open(&tx, tenant, actor.member().id, links).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    answer(&actor).await
}

/// Remove all trial messages
///
/// With everything that hangs on them. Nothing is left to be counted.
#[utoipa::path(tag = "administration", operation_id = "deleteTrialMessages", security(("bearer" = [])), responses((status = 204, description = "There are none")))]
#[delete("/trial-messages")]
pub async fn delete_trials(actor: Staff<may::OpenMunicipality>) -> HandlerResult {
    let tx = actor.write().await?;
    first_day::remove_trials(&tx, actor.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
