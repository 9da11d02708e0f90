//! The whole configuration over the API.

use actix_web::{HttpRequest, HttpResponse, get, put, web};
use domain::configuration::{self, By, Plan};
use serde::Deserialize;
use tenants::permission::may;
use utoipa::IntoParams;

use crate::{
    blocking,
    extract::{self, Query, Staff},
    limits,
    problem::{HandlerResult, Problem},
};

/// How a configuration is applied.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ApplyQuery {
    /// Whether it is only told what applying would do; nothing is stored.
    #[serde(default)]
    dry_run: bool,
    /// The digest of the configuration that was compared with: when it is another one by now, nothing is changed.
    seen: Option<String>,
}

/// The whole configuration as a document
///
/// In the format of a bundle: calendar, names of teams, categories, kinds, workflows, forms, promises, rules of gifts, texts and house style. No
/// people, no secrets, no pictures. Two municipalities that work alike have the same digest. It is the file of `gehoord tenant export-config`.
#[utoipa::path(tag = "configuration", operation_id = "getConfiguration", security(("bearer" = [])), responses((status = 200, description = "The document", body = Object)))]
#[get("/configuration")]
pub async fn get(staff: Staff<may::ShareBundles>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(configuration::export(&tx, &staff.site.tenant).await?))
}

/// Apply a configuration
///
/// A part that is the same here changes nothing. A form or a promise that the document does not name goes out of use. A part that the caller may
/// not change stays as it is. It is applied whole or not at all.
#[utoipa::path(tag = "configuration", operation_id = "replaceConfiguration", params(ApplyQuery), request_body = Object, security(("bearer" = [])), responses((status = 200, description = "What it does to each part", body = Plan)))]
#[put("/configuration")]
pub async fn replace(
    staff: Staff<may::ManageConfiguration>,
    query: Query<ApplyQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> HandlerResult {
    if extract::media_type(&request) != "application/json" {
        return Err(Problem::code(domain::Code::UnsupportedMedia));
    }
    let bytes = extract::body(&request, payload.into_inner(), limits::BUNDLE).await?;
    let document = blocking::run(move || configuration::parse(&bytes)).await??;
    let by = By {
        actor: Some(staff.member()),
        seen: query.0.seen.as_deref(),
    };
    let (tx, tenant) = (staff.write().await?, &staff.site.tenant);
    let plan = configuration::apply(&tx, tenant, &document, by, staff.site.language).await?;
    if !query.0.dry_run {
        tx.commit().await?;
        staff.site.forget_tenant().await;
    }
    Ok(HttpResponse::Ok().json(plan))
}
