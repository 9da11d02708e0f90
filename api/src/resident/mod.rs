//! The resident's page of a message, by its secret link and without an account.

mod decisions;
mod find;
mod page;
mod upload;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<decisions::DecisionPage>("resident/decision.html"),
    PageSamples::of::<find::FindPage>("resident/find.html"),
    PageSamples::of::<page::LifeSample>("resident/life_sample.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/melding").route(get().to(find::page)))
        .service(web::resource("/melding/code").route(post().to(find::by_code)))
        .service(web::resource("/melding/link").route(post().to(find::by_mail)))
        .service(web::resource("/melding/{name}").route(get().to(page::show)))
        .service(web::resource("/melding/{name}/bericht").route(post().to(page::write)))
        .service(web::resource("/melding/{name}/belmoment").route(post().to(page::call_times)))
        .service(web::resource("/melding/{name}/tevreden").route(post().to(page::satisfied)))
        .service(web::resource("/melding/{name}/nieuwe-link").route(post().to(page::renew_link)))
        .service(
            web::resource("/melding/{name}/intrekken")
                .route(get().to(decisions::ask_withdraw))
                .route(post().to(decisions::withdraw)),
        )
        .service(
            web::resource("/melding/{name}/klacht")
                .route(get().to(decisions::ask_complain))
                .route(post().to(decisions::complain)),
        );
}
