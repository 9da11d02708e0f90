//! The audit log: who did what.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get};

use crate::html::{PageSamples, pagination::PageRequest};

/// Entries on a page.
const PAGE: PageRequest = PageRequest::of(100);

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] =
    &[PageSamples::of::<pages::AuditPage>("audit/audit.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/beheer/logboek").route(get().to(pages::list)))
        .service(web::resource("/beheer/logboek.csv").route(get().to(pages::export)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::list);
}
