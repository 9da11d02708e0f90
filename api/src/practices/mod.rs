//! The exchange: published practices for everybody, drafts for their editors.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

pub(crate) use self::pages::samples::published as sample;
use crate::html::{PageSamples, pagination::PageRequest};

/// Practices on a page.
const PAGE: PageRequest = PageRequest::of(20);

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::PublishedPage>("practices/published.html"),
    PageSamples::of::<pages::PracticePage>("practices/practice.html"),
    PageSamples::of::<pages::DraftsPage>("practices/drafts.html"),
    PageSamples::of::<pages::DraftPage>("practices/draft.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/praktijkvoorbeelden").route(get().to(pages::published)))
        .service(web::resource("/praktijkvoorbeelden/{name}").route(get().to(pages::read)))
        .service(
            web::resource("/beheer/praktijkvoorbeelden")
                .route(get().to(pages::drafts))
                .route(post().to(pages::import)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}")
                .route(get().to(pages::draft))
                .route(post().to(pages::publish)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/terughalen")
                .route(post().to(pages::withdraw)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::published)
        .service(api::read)
        .service(api::drafts)
        .service(api::draft)
        .service(api::import)
        .service(api::publish)
        .service(api::withdraw);
}
