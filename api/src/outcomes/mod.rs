//! What a practice brought: the evidence of its owner, and the figures of those who adopted it.

mod api;
mod pages;
mod proof;

use actix_web::web::{self, ServiceConfig, get, post};

pub(crate) use self::proof::Proof;
use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<pages::OutcomesPage>(
    "outcomes/outcomes.html",
)];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(
        web::resource("/praktijkvoorbeelden/{slug}/cijfers")
            .route(get().to(pages::page))
            .route(post().to(pages::share)),
    );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::figures)
        .service(api::consents)
        .service(api::baselines)
        .service(api::share);
}
