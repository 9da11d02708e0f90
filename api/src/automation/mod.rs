//! Rules over the web and the API.

mod api;
mod pages;
mod words;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::RulesPage>("automation/rules.html"),
    PageSamples::of::<pages::RulePage>("automation/rule.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/regels")
                .route(get().to(pages::list))
                .route(post().to(pages::add)),
        )
        .service(
            web::resource("/beheer/regels/{id}")
                .route(get().to(pages::page))
                .route(post().to(pages::save)),
        )
        .service(web::resource("/beheer/regels/{id}/proef").route(get().to(pages::try_out)))
        .service(web::resource("/beheer/regels/{id}/publiceren").route(post().to(pages::publish)))
        .service(web::resource("/beheer/regels/{id}/schakelaar").route(post().to(pages::switch)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::get_rule)
        .service(api::replace)
        .service(api::try_draft)
        .service(api::publish)
        .service(api::switch)
        .service(api::list_versions)
        .service(api::list_runs);
}
