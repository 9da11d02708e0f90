//! The rapportcijfer.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::ScorePage>("scores/score.html"),
    PageSamples::of::<pages::ThanksPage>("scores/thanks.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(
        web::resource("/cijfer/{name}")
            .route(get().to(pages::show))
            .route(post().to(pages::give)),
    );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::invitation).service(api::give);
}
