//! The texts that residents meet, in the municipality's own words.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::TextPage>("texts/text.html"),
    PageSamples::of::<pages::TextsPage>("texts/texts.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/beheer/teksten").route(get().to(pages::list)))
        .service(
            web::resource("/beheer/teksten/{name}")
                .route(get().to(pages::page))
                .route(post().to(pages::change)),
        )
        .service(web::resource("/beheer/teksten/{name}/terug").route(post().to(pages::restore)))
        .service(web::resource("/beheer/teksten/{name}/standaard").route(post().to(pages::usual)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::replace)
        .service(api::restore)
        .service(api::list_versions);
}
