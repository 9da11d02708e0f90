//! The municipality, for programs.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use tenants::TenantKind;
use utoipa::ToSchema;

use crate::{extract::Site, problem::HandlerResult};

/// The organisation behind a host.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// Name as residents know it.
    #[schema(example = "Gemeente Waterdam")]
    pub name: String,
    /// `municipality` or `platform`.
    #[schema(example = "municipality")]
    pub kind: TenantKind,
    /// IANA zone in which its days begin and end.
    #[schema(example = "Europe/Amsterdam")]
    pub zone: String,
    /// Languages of its pages.
    pub languages: Vec<String>,
    /// Telephone number for those who would rather call.
    pub phone: Option<String>,
    /// Its own website.
    pub website: Option<String>,
}

/// The organisation behind this host
#[utoipa::path(tag = "about", operation_id = "getOrganisation", responses((status = 200, description = "The organisation", body = Organisation)))]
#[get("/organisation")]
pub async fn municipality(site: Site) -> HandlerResult {
    let tenant = &site.tenant;
    Ok(HttpResponse::Ok().json(Organisation {
        name: tenant.name.clone(),
        kind: tenant.kind,
        zone: tenant.zone.name().to_owned(),
        languages: tenant.languages.clone(),
        phone: tenant.contact.phone.clone(),
        website: tenant.contact.website.clone(),
    }))
}
