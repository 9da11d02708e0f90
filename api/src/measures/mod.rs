//! What is done differently because of messages, over the web and the API.

mod api;
mod choices;
mod list;
mod measure;
mod public;
mod publishing;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<list::MeasuresPage>("measures/list.html"),
    PageSamples::of::<measure::MeasurePage>("measures/measure.html"),
    PageSamples::of::<publishing::PublishingPage>("measures/publishing.html"),
    PageSamples::of::<public::PublicPage>("measures/public.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    const ONE: &str = "/balie/maatregelen/{id}";
    config
        .service(web::resource("/u-zei-wij-deden").route(get().to(public::page)))
        .service(
            web::resource("/balie/maatregelen")
                .route(get().to(list::page))
                .route(post().to(measure::add)),
        )
        .service(
            web::resource("/balie/maatregelen/nieuw")
                .route(get().to(measure::blank))
                .route(post().to(measure::from_queue)),
        )
        .service(
            web::resource(ONE)
                .route(get().to(measure::page))
                .route(post().to(measure::replace)),
        )
        .service(web::resource(format!("{ONE}/melding")).route(post().to(measure::link)))
        .service(web::resource(format!("{ONE}/melding/weg")).route(post().to(measure::unlink)))
        .service(
            web::resource(format!("{ONE}/publiceren"))
                .route(get().to(publishing::page))
                .route(post().to(publishing::publish)),
        )
        .service(web::resource(format!("{ONE}/terughalen")).route(post().to(publishing::withdraw)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::get)
        .service(api::replace)
        .service(api::link)
        .service(api::unlink)
        .service(api::publication)
        .service(api::publish)
        .service(api::withdraw)
        .service(api::list_of_case)
        .service(api::list_published);
}
