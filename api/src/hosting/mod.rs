//! The hosts of a municipality and how it stands: for its administrator, and for the operator of the platform.

mod api;
mod operator_api;
mod pages;
mod place;
mod standing_page;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::HostsPage>("hosting/hosts.html"),
    PageSamples::of::<standing_page::StandingPage>("hosting/standing.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    const OWN: &str = "/beheer/adressen";
    const OF: &str = "/platform/gemeenten/{slug}/adressen";

    let at = |base: &str, rest: &str| web::resource(format!("{base}{rest}"));
    config
        .service(
            at(OWN, "")
                .route(get().to(pages::show))
                .route(post().to(pages::add)),
        )
        .service(at(OWN, "/eerste").route(post().to(pages::put_first)))
        .service(at(OWN, "/weg").route(post().to(pages::remove)))
        .service(at(OWN, "/{id}/controleren").route(post().to(pages::check)))
        .service(at(OWN, "/{id}/terugnemen").route(post().to(pages::withdraw)))
        .service(
            at(OF, "")
                .route(get().to(pages::show_of))
                .route(post().to(pages::add_of)),
        )
        .service(at(OF, "/eerste").route(post().to(pages::put_first_of)))
        .service(at(OF, "/weg").route(post().to(pages::remove_of)))
        .service(at(OF, "/{id}/controleren").route(post().to(pages::check_of)))
        .service(at(OF, "/{id}/terugnemen").route(post().to(pages::withdraw_of)))
        .service(
            web::resource("/platform/gemeenten/{slug}/stand")
                .route(get().to(standing_page::show))
                .route(post().to(standing_page::change)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::hosts)
        .service(api::claim)
        .service(api::check)
        .service(api::withdraw)
        .service(api::put_first)
        .service(api::remove)
        .service(operator_api::standing)
        .service(operator_api::suspend)
        .service(operator_api::resume)
        .service(operator_api::leave)
        .service(operator_api::hosts)
        .service(operator_api::give)
        .service(operator_api::check)
        .service(operator_api::put_first)
        .service(operator_api::remove);
}
