//! Teams over the web and the API.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] =
    &[PageSamples::of::<pages::TeamsPage>("teams/teams.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/teams")
                .route(get().to(pages::page))
                .route(post().to(pages::add)),
        )
        .service(web::resource("/beheer/teams/{id}").route(post().to(pages::replace)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::replace);
}
