//! Published practices: found, read, asked about; at the platform's host and inside every municipality.

mod api;
mod pages;
mod practice_page;
mod samples;

use actix_web::web::{self, ServiceConfig, get, post};
use domain::practices::Reader;

use crate::{extract::Guest, html::PageSamples};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::CataloguePage>("catalogue/catalogue.html"),
    PageSamples::of::<practice_page::PracticePage>("catalogue/practice.html"),
];

/// What somebody may read: staff more than others.
fn reader(guest: &Guest) -> Reader {
    match guest.signed_in {
        Some(_) => Reader::staff(guest.site.tenant.id),
        None => Reader::PUBLIC,
    }
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/praktijkvoorbeelden").route(get().to(pages::search)))
        .service(web::resource("/praktijkvoorbeelden/{name}").route(get().to(practice_page::read)))
        .service(
            web::resource("/praktijkvoorbeelden/{name}/vraag").route(post().to(practice_page::ask)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{name}/weghalen")
                .route(post().to(practice_page::take_down)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::read)
        .service(api::versions)
        .service(api::ask)
        .service(api::take_down);
}
