//! What is done differently, over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    cases::{self, CaseId},
    measures::{
        self, LinkRequest, Measure, MeasureDetail, MeasureId, MeasureRequest, Publication,
        PublishRequest, PublishedMeasure,
    },
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Municipality, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// What a municipality does differently.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeasureList {
    /// What was changed last on top.
    items: Vec<Measure>,
}

/// What residents can read of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedMeasureList {
    /// The newest on top.
    items: Vec<PublishedMeasure>,
}

/// What is done differently because of messages
#[utoipa::path(tag = "cases", operation_id = "listMeasures", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "What was changed last on top", body = MeasureList)))]
#[get("/measures")]
pub async fn list(staff: Staff<may::ReadMeasures>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = measures::measures(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(MeasureList { items }))
}

/// Write down what is done differently
///
/// From messages, by their references, or by hand.
#[utoipa::path(tag = "cases", operation_id = "createMeasure", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = MeasureRequest, security(("bearer" = [])), responses((status = 201, description = "Written down", body = Measure)))]
#[post("/measures")]
pub async fn create(
    staff: Staff<may::HandleMeasures>,
    creating: IdempotentJson<MeasureRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, new: MeasureRequest| {
                let body = measures::add(tx, actor, &new).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/measures/{}", body.id)),
                    body,
                })
            },
        )
        .await
}

/// A measure with the messages it came of, and what it did
#[utoipa::path(tag = "cases", operation_id = "getMeasure", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), security(("bearer" = [])), responses((status = 200, description = "With the messages that the reader may see", body = MeasureDetail)))]
#[get("/measures/{id}")]
pub async fn get(staff: Staff<may::ReadMeasures>, id: Id<MeasureId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(measures::detail(&tx, staff.member(), id.0).await?))
}

/// Change a measure
///
/// What residents read stays as it is until the measure is published again.
#[utoipa::path(tag = "cases", operation_id = "replaceMeasure", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), request_body = MeasureRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Measure)))]
#[put("/measures/{id}")]
pub async fn replace(
    staff: Staff<may::HandleMeasures>,
    id: Id<MeasureId>,
    request: Json<MeasureRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let measure = measures::replace(&tx, staff.member(), id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(measure))
}

/// Put a message to a measure
#[utoipa::path(tag = "cases", operation_id = "linkMeasureCase", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), request_body = LinkRequest, security(("bearer" = [])), responses((status = 200, description = "The measure with its messages", body = MeasureDetail)))]
#[post("/measures/{id}/_link")]
pub async fn link(
    staff: Staff<may::HandleCases>,
    id: Id<MeasureId>,
    request: Json<LinkRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    measures::link(&tx, staff.member(), id.0, &request.0).await?;
    let detail = measures::detail(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Take a message from a measure
#[utoipa::path(tag = "cases", operation_id = "unlinkMeasureCase", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), request_body = LinkRequest, security(("bearer" = [])), responses((status = 200, description = "The measure with its messages", body = MeasureDetail)))]
#[post("/measures/{id}/_unlink")]
pub async fn unlink(
    staff: Staff<may::HandleCases>,
    id: Id<MeasureId>,
    request: Json<LinkRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    measures::unlink(&tx, staff.member(), id.0, &request.0).await?;
    let detail = measures::detail(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// What is looked at before a measure is published
///
/// Texts in which something may be about a person, and the messages whose residents can be told. It changes nothing.
#[utoipa::path(tag = "cases", operation_id = "previewMeasurePublication", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), security(("bearer" = [])), responses((status = 200, description = "What to look at", body = Publication)))]
#[get("/measures/{id}/publication")]
pub async fn publication(staff: Staff<may::PublishMeasures>, id: Id<MeasureId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok()
        .json(measures::publication(&tx, staff.member(), id.0, staff.site.tenant.zone).await?))
}

/// Publish a measure for residents
///
/// As it is now, or once more after a change. The residents who are chosen get a mail, each once.
#[utoipa::path(tag = "cases", operation_id = "publishMeasure", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "What residents read", body = PublishedMeasure)))]
#[post("/measures/{id}/_publish")]
pub async fn publish(
    staff: Staff<may::PublishMeasures>,
    id: Id<MeasureId>,
    request: Json<PublishRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let links = staff.site.links();
    let copy = measures::publish(&tx, staff.member(), id.0, &request.0, links).await?;
    tx.commit().await?;
    staff.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(copy))
}

/// Take a measure off the page of residents
#[utoipa::path(tag = "cases", operation_id = "withdrawMeasure", params(("id" = uuid::Uuid, Path, description = "Id of the measure")), security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Measure)))]
#[post("/measures/{id}/_withdraw")]
pub async fn withdraw(staff: Staff<may::PublishMeasures>, id: Id<MeasureId>) -> HandlerResult {
    let tx = staff.write().await?;
    let measure = measures::withdraw(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    staff.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(measure))
}

/// What is done differently because of a case
#[utoipa::path(tag = "cases", operation_id = "listCaseMeasures", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = MeasureList)))]
#[get("/cases/{id}/measures")]
pub async fn list_of_case(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    cases::require_part(&tx, id.0, staff.member()).await?;
    let items = measures::of_case(&tx, id.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(MeasureList { items }))
}

/// What residents said and what was done
#[utoipa::path(tag = "exports", operation_id = "listPublishedMeasures", params(LimitQuery), responses((status = 200, description = "The newest on top, at most 100", body = PublishedMeasureList)))]
#[get("/published-measures")]
pub async fn list_published(site: Municipality, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = site.0.read().await?;
    let items = measures::published(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(PublishedMeasureList { items }))
}
