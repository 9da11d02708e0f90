//! Kinds of messages and the workflows they go by, over the web and the API.

mod api;
mod flow;
mod kinds;
mod on_case;
mod picture;
mod publishing;

use actix_web::web::{self, ServiceConfig, get, post};

pub(crate) use self::on_case::{MoveForm, StateSection, ways};
use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<kinds::KindsPage>("workflow/kinds.html"),
    PageSamples::of::<flow::FlowPage>("workflow/flow.html"),
    PageSamples::of::<publishing::PublishingPage>("workflow/publishing.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/werkstromen")
                .route(get().to(kinds::page))
                .route(post().to(kinds::add)),
        )
        .service(
            web::resource("/beheer/werkstromen/{name}")
                .route(get().to(flow::page))
                .route(post().to(flow::save)),
        )
        .service(web::resource("/beheer/werkstromen/{name}/soort").route(post().to(kinds::change)))
        .service(
            web::resource("/beheer/werkstromen/{name}/publiceren")
                .route(get().to(publishing::page))
                .route(post().to(publishing::publish)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::replace)
        .service(api::get_workflow)
        .service(api::replace_draft)
        .service(api::try_draft)
        .service(api::list_versions)
        .service(api::publish);
}
