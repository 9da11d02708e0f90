//! To which team a message goes, over the web and the API.

mod api;
mod pages;
mod publishing;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::RoutingPage>("routing/routing.html"),
    PageSamples::of::<publishing::PublishingPage>("routing/publishing.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/verdeling")
                .route(get().to(pages::page))
                .route(post().to(pages::save)),
        )
        .service(
            web::resource("/beheer/verdeling/publiceren")
                .route(get().to(publishing::page))
                .route(post().to(publishing::publish)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get_draft)
        .service(api::replace)
        .service(api::try_out)
        .service(api::list_versions)
        .service(api::publish);
}
