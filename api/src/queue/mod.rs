//! The queue over the web and the API: the list, its counters and views, many cases at once, and the way from one case to the next.

mod address;
pub mod api;
pub mod badges;
mod bulk;
mod cursor;
mod page;
mod reading;
mod samples;
mod shortcuts;
mod view;
mod views;
mod views_api;

pub(crate) use self::{
    address::Address,
    page::PAGE,
    samples::{choices as sample_choices, rows as sample_rows},
    view::{RowView, show_name},
};
use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<bulk::BulkPage>("queue/bulk.html"),
    PageSamples::of::<page::QueuePage>("queue/queue.html"),
    PageSamples::of::<shortcuts::ShortcutsPage>("queue/shortcuts.html"),
    PageSamples::of::<views::ViewsPage>("queue/views.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie").route(get().to(page::queue)))
        .service(web::resource("/balie/kies").route(post().to(bulk::preview)))
        .service(web::resource("/balie/kies/doen").route(post().to(bulk::change)))
        .service(
            web::resource("/balie/sneltoetsen")
                .route(get().to(shortcuts::page))
                .route(post().to(shortcuts::set)),
        )
        .service(
            web::resource("/balie/weergaven")
                .route(get().to(views::page))
                .route(post().to(views::add)),
        )
        .service(web::resource("/balie/verder").route(get().to(reading::step)))
        .service(web::resource("/balie/weergaven/{id}/weg").route(post().to(views::remove)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::change)
        .service(api::tags)
        .service(api::replace_tags)
        .service(views_api::list)
        .service(views_api::create)
        .service(views_api::replace)
        .service(views_api::remove);
}
