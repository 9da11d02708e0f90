//! Adopting over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    bundles::{
        self, AdoptRequest, AdoptionDetail, AdoptionId, BundleAdoption, BundleId, CheckedBundle,
        ExchangeBundle, Plan, UpdateNotice, WorkInstruction,
    },
    cases::{self, CaseId},
};
use serde::{Deserialize, Serialize};
use tenants::{Grants, permission::may};
use utoipa::ToSchema;

use super::forget_forms;
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, Problem},
};

/// What was adopted and prepared.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BundleAdoptionList {
    /// The newest first.
    items: Vec<BundleAdoption>,
}

/// News about what is adopted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BundleUpdateList {
    /// One for each bundle that has news.
    items: Vec<UpdateNotice>,
}

/// Work instructions for a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkInstructionList {
    /// In the order of their bundles.
    items: Vec<WorkInstruction>,
}

/// The work instructions for a case
///
/// Work instructions and flowcharts of adopted bundles, as far as those are about its kind and category.
#[utoipa::path(tag = "cases", operation_id = "listCaseInstructions", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "With the version of their bundle", body = WorkInstructionList)))]
#[get("/cases/{id}/instructions")]
pub async fn instructions(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let active = bundles::active_bundles(&tx).await?;
    let mut items = bundles::instructions(&active, &case, staff.site.language)?;
    if let Some(most) = limit.0.most()? {
        items.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    Ok(HttpResponse::Ok().json(WorkInstructionList { items }))
}

/// A version to pass over.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct SkipVersionRequest {
    /// The version, such as `1.1.0`.
    pub version: String,
}

/// A bundle on the exchange, checked with its signature.
pub(super) async fn published<P: Grants>(
    staff: &Staff<P>,
    id: BundleId,
) -> Result<(ExchangeBundle, CheckedBundle), Problem> {
    let tx = staff.site.read_shared().await?;
    Ok(bundles::read(&tx, id).await?)
}

/// What adopting a bundle would do
///
/// Part by part beside one's own configuration. Nothing is stored.
#[utoipa::path(tag = "bundles", operation_id = "planBundleAdoption", request_body = AdoptRequest, security(("bearer" = [])), responses((status = 200, description = "The parts, and what to know first", body = Plan)))]
#[post("/bundle-plans")]
pub async fn plan(staff: Staff<may::AdoptBundles>, request: Json<AdoptRequest>) -> HandlerResult {
    let (_, checked) = published(&staff, request.0.bundle_id()?).await?;
    let tx = staff.read().await?;
    let plan = bundles::plan(&tx, &checked, &request.0, staff.site.language).await?;
    Ok(HttpResponse::Ok().json(plan))
}

/// What was adopted and prepared
#[utoipa::path(tag = "bundles", operation_id = "listBundleAdoptions", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The newest first", body = BundleAdoptionList)))]
#[get("/bundle-adoptions")]
pub async fn list(staff: Staff<may::ReadBundles>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = bundles::adoptions(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(BundleAdoptionList { items }))
}

/// Prepare a bundle
///
/// Everything is stored as it will be; nothing holds until a colleague activates it.
#[utoipa::path(tag = "bundles", operation_id = "createBundleAdoption", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = AdoptRequest, security(("bearer" = [])), responses((status = 201, description = "Prepared", body = BundleAdoption)))]
#[post("/bundle-adoptions")]
pub async fn create(
    staff: Staff<may::AdoptBundles>,
    creating: IdempotentJson<AdoptRequest>,
) -> HandlerResult {
    let actor = staff.member().id;
    let (item, checked) = published(&staff, creating.input.bundle_id()?).await?;
    creating
        .once(&staff.site, Some(actor), async |tx, request| {
            let body =
                bundles::prepare(tx, &checked, &request, (item.practice_id, Some(actor))).await?;
            let location = Some(format!("/api/v1/bundle-adoptions/{}", body.id));
            Ok(Created { body, location })
        })
        .await
}

/// News about what is adopted
///
/// Only when a part that was taken changed.
#[utoipa::path(tag = "bundles", operation_id = "listBundleUpdates", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "What changed, in words", body = BundleUpdateList)))]
#[get("/bundle-updates")]
pub async fn updates(staff: Staff<may::ReadBundles>, limit: Query<LimitQuery>) -> HandlerResult {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    let held = bundles::adoptions(&tx, most).await?;
    let shared = staff.site.read_shared().await?;
    let items = bundles::updates(&shared, &held).await?;
    Ok(HttpResponse::Ok().json(BundleUpdateList { items }))
}

/// What was adopted, with its parts
#[utoipa::path(tag = "bundles", operation_id = "getBundleAdoption", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), security(("bearer" = [])), responses((status = 200, description = "The adoption", body = AdoptionDetail)))]
#[get("/bundle-adoptions/{id}")]
pub async fn get(staff: Staff<may::ReadBundles>, id: Id<AdoptionId>) -> HandlerResult {
    let tx = staff.read().await?;
    let detail = bundles::detail(&tx, id.0, staff.site.language).await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Activate what a colleague prepared
///
/// It holds for what is new; cases that run keep their rules.
#[utoipa::path(tag = "bundles", operation_id = "activateBundleAdoption", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), security(("bearer" = [])), responses((status = 200, description = "It holds", body = BundleAdoption)))]
#[post("/bundle-adoptions/{id}/_activate")]
pub async fn activate(staff: Staff<may::AdoptBundles>, id: Id<AdoptionId>) -> HandlerResult {
    let tx = staff.write().await?;
    let by = (&*staff.site.tenant, staff.member());
    let done = bundles::activate(&tx, id.0, by).await?;
    tx.commit().await?;
    forget_forms(&staff);
    Ok(HttpResponse::Ok().json(done))
}

/// Take an active bundle back
///
/// What was before it holds again.
#[utoipa::path(tag = "bundles", operation_id = "rollBackBundleAdoption", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), security(("bearer" = [])), responses((status = 200, description = "It was taken back", body = BundleAdoption)))]
#[post("/bundle-adoptions/{id}/_rollback")]
pub async fn rollback(staff: Staff<may::AdoptBundles>, id: Id<AdoptionId>) -> HandlerResult {
    let tx = staff.write().await?;
    let by = (&*staff.site.tenant, staff.member());
    let done = bundles::rollback(&tx, id.0, by).await?;
    tx.commit().await?;
    forget_forms(&staff);
    Ok(HttpResponse::Ok().json(done))
}

/// Throw away what was prepared
#[utoipa::path(tag = "bundles", operation_id = "discardBundleAdoption", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), security(("bearer" = [])), responses((status = 204, description = "Thrown away")))]
#[post("/bundle-adoptions/{id}/_discard")]
pub async fn discard(staff: Staff<may::AdoptBundles>, id: Id<AdoptionId>) -> HandlerResult {
    let tx = staff.write().await?;
    bundles::discard(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Pass over a newer version
#[utoipa::path(tag = "bundles", operation_id = "skipBundleVersion", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), request_body = SkipVersionRequest, security(("bearer" = [])), responses((status = 200, description = "There is no notice of it any more", body = BundleAdoption)))]
#[post("/bundle-adoptions/{id}/_skip")]
pub async fn skip(
    staff: Staff<may::AdoptBundles>,
    id: Id<AdoptionId>,
    request: Json<SkipVersionRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let version = &request.0.version;
    let done = bundles::skip_version(&tx, id.0, version, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Propose one's own changes to the publisher
#[utoipa::path(tag = "bundles", operation_id = "proposeBundleChange", params(("id" = uuid::Uuid, Path, description = "Id of the adoption")), security(("bearer" = [])), responses((status = 200, description = "Proposed", body = ExchangeBundle)))]
#[post("/bundle-adoptions/{id}/_propose")]
pub async fn propose(staff: Staff<may::ShareBundles>, id: Id<AdoptionId>) -> HandlerResult {
    let tx = staff.write().await?;
    let shared = staff.site.read_shared().await?;
    let (tenant, actor) = (&staff.site.tenant, staff.member().id);
    let item = bundles::propose(&tx, &shared, tenant, id.0, actor).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item))
}
