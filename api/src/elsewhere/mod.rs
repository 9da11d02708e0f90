//! What belongs elsewhere, over the web and the API.

mod api;
mod on_case;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::RoutesPage>("elsewhere/routes.html"),
    PageSamples::of::<on_case::ReferPage>("elsewhere/refer.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/elders")
                .route(get().to(pages::page))
                .route(post().to(pages::add)),
        )
        .service(web::resource("/beheer/elders/{id}").route(post().to(pages::replace)))
        .service(
            web::resource("/balie/meldingen/{name}/elders")
                .route(get().to(on_case::page))
                .route(post().to(on_case::refer)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::replace)
        .service(api::preview_referral)
        .service(api::refer);
}
