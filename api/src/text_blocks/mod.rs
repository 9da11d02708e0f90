//! Text blocks over the web and the API, and what pages with a letter use to offer them.

mod api;
mod offers;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

pub(crate) use self::offers::{inserted, is_insertion, offered};
use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::BlocksPage>("text_blocks/blocks.html"),
    PageSamples::of::<pages::BlockPage>("text_blocks/block.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/tekstblokken")
                .route(get().to(pages::list))
                .route(post().to(pages::add)),
        )
        .service(web::resource("/beheer/tekstblokken/nieuw").route(get().to(pages::blank)))
        .service(
            web::resource("/beheer/tekstblokken/{id}")
                .route(get().to(pages::page))
                .route(post().to(pages::replace)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::replace)
        .service(api::list_versions)
        .service(api::list_of_case);
}
