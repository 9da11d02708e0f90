//! Bundles on the exchange over the API.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::{
    bundles::{
        self, Bundle, BundleDetail, BundleId, CheckedBundle, Decision, ExchangeBundle, MakeRequest,
        Relative, Trust,
    },
    practices::PracticeId,
};
use serde::{Deserialize, Serialize};
use tenants::{Permission, permission::may};
use utoipa::{IntoParams, ToSchema};

use crate::{
    blocking,
    extract::{self, Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    limits,
    problem::{HandlerResult, Problem},
};

/// A list of bundles.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BundleList {
    /// The newest first.
    items: Vec<ExchangeBundle>,
}

/// The practice that a bundle belongs to.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PracticeQuery {
    /// Id of a practice of one's own.
    #[param(value_type = Option<uuid::Uuid>)]
    practice: Option<PracticeId>,
}

/// Why a bundle is not taken.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct RefuseBundleRequest {
    /// The reason, for whoever handed it in.
    reason: String,
}

fn answer(items: Vec<ExchangeBundle>) -> HttpResponse {
    HttpResponse::Ok().json(BundleList { items })
}

/// Reads a bundle from a body, off the threads that answer.
async fn read_bundle(
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<CheckedBundle, Problem> {
    if extract::media_type(request) != "application/json" {
        return Err(Problem::code(domain::Code::UnsupportedMedia));
    }
    let bytes = extract::body(request, payload.into_inner(), limits::BUNDLE).await?;
    Ok(blocking::run(move || bundles::parse(&bytes, Trust::Unsigned)).await??)
}

/// What can be adopted
///
/// The newest published version of every bundle, of all municipalities.
#[utoipa::path(tag = "bundles", operation_id = "listBundles", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The newest first", body = BundleList)))]
#[get("/bundles")]
pub async fn list(staff: Staff<may::ReadBundles>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    Ok(answer(bundles::published(&tx, limit.0.most()?).await?))
}

/// A bundle with its parts
#[utoipa::path(tag = "bundles", operation_id = "getBundle", params(("id" = uuid::Uuid, Path, description = "Id of the bundle")), security(("bearer" = [])), responses((status = 200, description = "The bundle", body = BundleDetail)))]
#[get("/bundles/{id}")]
pub async fn get(staff: Staff<may::ReadBundles>, id: Id<BundleId>) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    let is_editor = staff.may(Permission::OperatePlatform);
    let detail = bundles::detail_of(&tx, id.0, staff.site.tenant.id, is_editor).await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Bundles that were made from each other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BundleVariantList {
    /// Each behind the one it was made from.
    items: Vec<Relative>,
}

/// Who adapted a bundle from whom
///
/// The newest version of every bundle in its tree of provenance, each behind the one it was made from.
#[utoipa::path(tag = "bundles", operation_id = "listBundleVariants", params(("id" = uuid::Uuid, Path, description = "Id of the bundle"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The tree", body = BundleVariantList)))]
#[get("/bundles/{id}/variants")]
pub async fn variants(
    staff: Staff<may::ReadBundles>,
    id: Id<BundleId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.site.read_shared().await?;
    let is_editor = staff.may(Permission::OperatePlatform);
    let item = bundles::detail_of(&tx, id.0, staff.site.tenant.id, is_editor)
        .await?
        .item;
    let mut items = bundles::family(&tx, item.origin.unwrap_or(item.line)).await?;
    if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        items.truncate(limit);
    }
    Ok(HttpResponse::Ok().json(BundleVariantList { items }))
}

/// Hand a bundle in
///
/// The body is the document as it stands. It is checked, and waits for the editor of the exchange. A version is handed in once.
#[utoipa::path(tag = "bundles", operation_id = "createBundle", params(PracticeQuery), request_body(content = Object, content_type = "application/json", description = "The bundle, at most 1,000,000 bytes"), security(("bearer" = [])), responses((status = 201, description = "Handed in", body = ExchangeBundle)))]
#[post("/bundles")]
pub async fn create(
    staff: Staff<may::ShareBundles>,
    query: Query<PracticeQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> HandlerResult {
    let checked = read_bundle(&request, payload).await?;
    let tx = staff.write().await?;
    let (tenant, actor) = (&staff.site.tenant, staff.member().id);
    let item = bundles::submit(&tx, tenant, checked, query.0.practice, actor).await?;
    tx.commit().await?;
    let location = format!("/api/v1/bundles/{}", item.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", location))
        .json(item))
}

/// Check a bundle
///
/// Nothing is stored. What is wrong is named with its place, as a JSON pointer.
#[utoipa::path(tag = "bundles", operation_id = "checkBundle", request_body(content = Object, content_type = "application/json", description = "The bundle, at most 1,000,000 bytes"), security(("bearer" = [])), responses((status = 204, description = "Nothing is wrong")))]
#[post("/bundles/_check")]
pub async fn check(
    _: Staff<may::ReadBundles>,
    request: HttpRequest,
    payload: web::Payload,
) -> HandlerResult {
    read_bundle(&request, payload).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Make a bundle of one's own configuration
///
/// Nothing is stored: the answer is the document, to be looked at and handed in.
#[utoipa::path(tag = "bundles", operation_id = "makeBundle", request_body = MakeRequest, security(("bearer" = [])), responses((status = 200, description = "The document", body = Object)))]
#[post("/bundles/_make")]
pub async fn make(staff: Staff<may::ShareBundles>, request: Json<MakeRequest>) -> HandlerResult {
    let tx = staff.read().await?;
    let made: Bundle = bundles::make(&tx, &request.0).await?.bundle;
    Ok(HttpResponse::Ok().json(made))
}

async fn decided(
    staff: &Staff<may::OperatePlatform>,
    id: BundleId,
    decision: Decision,
) -> HandlerResult {
    let shared = staff.site.read_shared().await?;
    let tx = staff.write().await?;
    let (signer, actor) = (&staff.site.app.exchange_signer, staff.member().id);
    let item = bundles::decide(&tx, &shared, id, decision, signer, actor).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item))
}

/// Sign and publish a bundle
///
/// After review by the editor of the exchange. The version before it is replaced.
#[utoipa::path(tag = "bundles", operation_id = "signBundle", params(("id" = uuid::Uuid, Path, description = "Id of the bundle")), security(("bearer" = [])), responses((status = 200, description = "Published", body = ExchangeBundle)))]
#[post("/submitted-bundles/{id}/_sign")]
pub async fn sign(staff: Staff<may::OperatePlatform>, id: Id<BundleId>) -> HandlerResult {
    decided(&staff, id.0, Decision::Sign).await
}

/// Refuse a bundle, or take it down
#[utoipa::path(tag = "bundles", operation_id = "refuseBundle", params(("id" = uuid::Uuid, Path, description = "Id of the bundle")), request_body = RefuseBundleRequest, security(("bearer" = [])), responses((status = 200, description = "Not to be adopted", body = ExchangeBundle)))]
#[post("/submitted-bundles/{id}/_refuse")]
pub async fn refuse(
    staff: Staff<may::OperatePlatform>,
    id: Id<BundleId>,
    request: Json<RefuseBundleRequest>,
) -> HandlerResult {
    decided(&staff, id.0, Decision::Refuse(request.0.reason)).await
}

/// Take one's own bundle back
///
/// Who adopted it keeps what they have.
#[utoipa::path(tag = "bundles", operation_id = "withdrawBundle", params(("id" = uuid::Uuid, Path, description = "Id of the bundle")), security(("bearer" = [])), responses((status = 204, description = "Taken back")))]
#[post("/bundles/{id}/_withdraw")]
pub async fn withdraw(staff: Staff<may::ShareBundles>, id: Id<BundleId>) -> HandlerResult {
    let tx = staff.write().await?;
    bundles::withdraw(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What this organisation handed in
#[utoipa::path(tag = "bundles", operation_id = "listOwnBundles", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The newest first", body = BundleList)))]
#[get("/own-bundles")]
pub async fn own(staff: Staff<may::ShareBundles>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(answer(bundles::of_owner(&tx, limit.0.most()?).await?))
}

/// What others propose to this organisation
#[utoipa::path(tag = "bundles", operation_id = "listBundleProposals", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The newest first", body = BundleList)))]
#[get("/bundle-proposals")]
pub async fn proposals(staff: Staff<may::ShareBundles>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(answer(bundles::proposals(&tx, limit.0.most()?).await?))
}

/// What waits for the editor of the exchange
#[utoipa::path(tag = "bundles", operation_id = "listSubmittedBundles", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The oldest first", body = BundleList)))]
#[get("/submitted-bundles")]
pub async fn submitted(
    staff: Staff<may::OperatePlatform>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    Ok(answer(bundles::submitted(&tx, limit.0.most()?).await?))
}
