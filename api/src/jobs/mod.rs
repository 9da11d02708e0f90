//! The queue of jobs, for the operator.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<pages::JobsPage>("jobs/jobs.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/beheer/taken").route(get().to(pages::list)))
        .service(web::resource("/beheer/taken/opnieuw").route(post().to(pages::retry_all)))
        .service(web::resource("/beheer/taken/{id}/opnieuw").route(post().to(pages::retry)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::retry_all)
        .service(api::retry);
}
