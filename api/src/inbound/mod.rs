//! Mails that come in: the gateway, and the list of those that a person puts in their place.

mod api;
mod gateway;
mod pages;
mod samples;
mod source;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::InboundPage>("inbound/list.html"),
    PageSamples::of::<pages::InboundMailPage>("inbound/mail.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie/postvak").route(get().to(pages::list)))
        .service(web::resource("/balie/postvak/{id}").route(get().to(pages::show)))
        .service(web::resource("/balie/postvak/{id}/bron").route(get().to(source::page)))
        .service(web::resource("/balie/postvak/{id}/melding").route(post().to(pages::open)))
        .service(
            web::resource("/balie/postvak/{id}/koppelen")
                .route(get().to(pages::find_case))
                .route(post().to(pages::join)),
        )
        .service(web::resource("/balie/postvak/{id}/opzij").route(post().to(pages::put_aside)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(gateway::receive)
        .service(api::list)
        .service(api::get)
        .service(source::get)
        .service(api::join)
        .service(api::open)
        .service(api::put_aside);
}
