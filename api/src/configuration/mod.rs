//! The whole configuration of a municipality as a document, over the web and the API.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<pages::ConfigurationPage>(
    "configuration/configuration.html",
)];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/configuratie")
                .route(get().to(pages::page))
                .route(post().to(pages::apply)),
        )
        .service(web::resource("/beheer/configuratie/vergelijken").route(post().to(pages::compare)))
        .service(web::resource("/beheer/configuratie/bestand").route(get().to(pages::download)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::get).service(api::replace);
}
