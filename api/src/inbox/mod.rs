//! Notices for whoever works here, and how they want to be mailed.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] =
    &[PageSamples::of::<pages::NoticesPage>("inbox/notices.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/berichten").route(get().to(pages::page)))
        .service(web::resource("/berichten/gelezen").route(post().to(pages::read_all)))
        .service(web::resource("/berichten/keuzes").route(post().to(pages::choose)))
        .service(web::resource("/berichten/{id}/openen").route(post().to(pages::open)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::read_all)
        .service(api::read)
        .service(api::choices)
        .service(api::choose);
}
