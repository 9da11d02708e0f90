//! The first day of a municipality: its administrator is led from the invitation to the first message, and opens it.

mod api;
mod opening;
mod pages;
mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

pub(crate) use self::{
    pages::sample,
    view::{StepView, checklist, left},
};

/// Address of the first day.
pub(crate) const FIRST_DAY: &str = "/beheer/eerste-dag";

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::FirstDayPage>("first_day/first_day.html"),
    PageSamples::of::<opening::OpeningPage>("first_day/opening.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource(FIRST_DAY).route(get().to(pages::show)))
        .service(
            web::resource("/beheer/eerste-dag/openen")
                .route(get().to(opening::show))
                .route(post().to(opening::open)),
        )
        .service(
            web::resource("/beheer/eerste-dag/proefberichten/weg")
                .route(post().to(pages::remove_trials)),
        )
        .service(
            web::resource("/beheer/eerste-dag/stappen/{name}").route(post().to(pages::decide)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get_first_day)
        .service(api::replace_step)
        .service(api::open)
        .service(api::delete_trials);
}
