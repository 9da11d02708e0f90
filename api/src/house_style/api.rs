//! The house style over the API.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use domain::{
    Error, FieldErrors,
    house_style::{self, Images, StyleOverview, StyleRequest, StyleVersion, TokenReading},
    text,
};
use serde::{Deserialize, Serialize};
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Json, Query, Staff, Uploaded},
    html::pagination::LimitQuery,
    problem::{HandlerResult, Problem},
};

/// Versions of a house style.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StyleVersionList {
    /// Newest first.
    items: Vec<StyleVersion>,
}

/// When a draft goes live.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StylePublishRequest {
    /// At once without it. It has to be ahead, by a year at most.
    #[serde(default)]
    #[schema(example = "2027-04-27T00:00:00+02:00")]
    live_from: Option<String>,
}

/// A picture of a house style.
#[derive(ToSchema)]
pub struct StyleImageRequest {
    /// `logo` or `icon`.
    #[schema(example = "logo")]
    #[expect(dead_code, reason = "describes the body; it is read part by part")]
    field: String,
    /// The picture: SVG or PNG, at most 200 kB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    #[expect(dead_code, reason = "describes the body; it is read part by part")]
    file: Vec<u8>,
}

async fn overview(
    tx: &TenantTx,
    actor: &Staff<may::ManageStyle>,
) -> Result<StyleOverview, Problem> {
    let versions = house_style::versions(tx, None).await?;
    Ok(house_style::overview(&actor.site.tenant, &versions))
}

/// The house style
///
/// What everybody sees, what follows it, what is worked on, and whether everything can be read.
#[utoipa::path(tag = "administration", operation_id = "getHouseStyle", security(("bearer" = [])), responses((status = 200, description = "As it is now", body = StyleOverview)))]
#[get("/house-style")]
pub async fn get_style(actor: Staff<may::ManageStyle>) -> HandlerResult {
    let tx = actor.read().await?;
    Ok(HttpResponse::Ok().json(overview(&tx, &actor).await?))
}

/// Work on the house style
///
/// Nobody else sees it before it is published. Pictures stay as they are.
#[utoipa::path(tag = "administration", operation_id = "replaceHouseStyleDraft", request_body = StyleRequest, security(("bearer" = [])), responses((status = 200, description = "The draft", body = StyleVersion)))]
#[put("/house-style/draft")]
pub async fn replace_draft(
    actor: Staff<may::ManageStyle>,
    request: Json<StyleRequest>,
) -> HandlerResult {
    let tx = actor.write().await?;
    let (tenant, author) = (&actor.site.tenant, actor.member().id);
    let draft = house_style::save(&tx, tenant, author, request.0, Images::default()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(draft))
}

/// Add a logo or an icon to the draft
///
/// For a logo the draft has to say what is on it. The picture is cleaned; one with a script is refused.
#[utoipa::path(tag = "administration", operation_id = "createHouseStyleImage", request_body(content = StyleImageRequest, content_type = "multipart/form-data"), security(("bearer" = [])), responses((status = 201, description = "The draft", body = StyleVersion)))]
#[post("/house-style/images")]
pub async fn add_image(actor: Staff<may::ManageStyle>, upload: Uploaded) -> HandlerResult {
    let file = (upload.file.as_ref()).ok_or_else(|| Error::invalid("file", "required"))?;
    if file.problem.is_some() {
        return Err(Problem::code(domain::Code::Unavailable));
    }
    let bytes = Some(file.bytes.clone());
    let images = match upload.field.as_str() {
        "logo" => Images {
            logo: bytes,
            icon: None,
        },
        "icon" => Images {
            logo: None,
            icon: bytes,
        },
        _ => return Err(Error::invalid("field", "not_an_option").into()),
    };
    let tx = actor.write().await?;
    let request = StyleRequest::of(overview(&tx, &actor).await?.current());
    let (tenant, author) = (&actor.site.tenant, actor.member().id);
    let draft = house_style::save(&tx, tenant, author, request, images).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", "/api/v1/house-style"))
        .json(draft))
}

/// Put the draft live
///
/// At once, or from a moment on; what was planned before is taken back. Every page wears it within half a minute.
#[utoipa::path(tag = "administration", operation_id = "publishHouseStyle", request_body = StylePublishRequest, security(("bearer" = [])), responses((status = 200, description = "The version", body = StyleVersion)))]
#[post("/house-style/draft/_publish")]
pub async fn publish(
    actor: Staff<may::ManageStyle>,
    request: Json<StylePublishRequest>,
) -> HandlerResult {
    let mut errors = FieldErrors::default();
    let zone = actor.site.tenant.zone;
    let from = request.0.live_from.as_deref();
    let from = text::read_instant(&mut errors, "liveFrom", from, zone);
    errors.into_result()?;
    let tx = actor.write().await?;
    let version = house_style::publish(&tx, actor.member().id, from).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(version))
}

/// The versions of the house style
#[utoipa::path(tag = "administration", operation_id = "listHouseStyleVersions", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = StyleVersionList)))]
#[get("/house-style/versions")]
pub async fn list_versions(
    actor: Staff<may::ManageStyle>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = actor.read().await?;
    let items = house_style::versions(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(StyleVersionList { items }))
}

/// Go back to an earlier version of the house style
///
/// It is live at once, as a new version. What was planned is taken back; the draft stays.
#[utoipa::path(tag = "administration", operation_id = "restoreHouseStyle", params(("number" = i64, Path, description = "Number of the version")), security(("bearer" = [])), responses((status = 200, description = "The new version", body = StyleVersion)))]
#[post("/house-style/versions/{number}/_restore")]
pub async fn restore(actor: Staff<may::ManageStyle>, request: HttpRequest) -> HandlerResult {
    let number = super::number(&request)?;
    let tx = actor.write().await?;
    let version = house_style::restore(&tx, actor.member().id, number).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(version))
}

/// Take back the planned house style
#[utoipa::path(tag = "administration", operation_id = "deleteHouseStylePlan", security(("bearer" = [])), responses((status = 204, description = "What is live stays")))]
#[delete("/house-style/plan")]
pub async fn cancel_plan(actor: Staff<may::ManageStyle>) -> HandlerResult {
    let tx = actor.write().await?;
    house_style::cancel_plan(&tx, actor.member().id).await?;
    tx.commit().await?;
    actor.site.forget_tenant().await;
    Ok(HttpResponse::NoContent().finish())
}

/// Read a file of design tokens
///
/// As the themes of NL Design System are published. Nothing is kept: the answer is what the draft can be made from, and what is not used.
#[utoipa::path(tag = "administration", operation_id = "readHouseStyleTokens", request_body = Object, security(("bearer" = [])), responses((status = 200, description = "What the file says", body = TokenReading)))]
#[post("/house-style/_read-tokens")]
pub async fn read_tokens(
    _actor: Staff<may::ManageStyle>,
    tokens: Json<serde_json::Value>,
) -> HandlerResult {
    let bytes = serde_json::to_vec(&tokens.0).map_err(Error::bug)?;
    Ok(HttpResponse::Ok().json(house_style::read_tokens(&bytes)?))
}
