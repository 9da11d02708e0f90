//! When the municipality is open, what it promises, what the law says, and what follows from that for a date.

pub mod api;
pub mod calendar_change;
mod calendar_diff;
pub mod calendar_import;
pub mod calendar_versions;
pub mod calendar_year;
pub mod clock_view;
pub mod clocks_api;
pub mod feeds;
pub mod feeds_api;
pub mod legal_calendar;
pub mod legal_calendar_api;
pub mod promises;
pub mod simulator;
pub mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<calendar_change::ConfirmPage>("clocks/calendar_change.html"),
    PageSamples::of::<calendar_import::ImportPage>("clocks/calendar_import.html"),
    PageSamples::of::<calendar_versions::VersionsPage>("clocks/calendar_versions.html"),
    PageSamples::of::<calendar_year::CalendarPage>("clocks/calendar_year.html"),
    PageSamples::of::<feeds::FeedsPage>("clocks/feeds.html"),
    PageSamples::of::<legal_calendar::LegalCalendarPage>("clocks/legal_calendar.html"),
    PageSamples::of::<promises::PromisePage>("clocks/promises.html"),
    PageSamples::of::<simulator::page::SimulatorPage>("clocks/simulator/simulator.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/balie/agenda")
                .route(get().to(feeds::page))
                .route(post().to(feeds::open)),
        )
        .service(web::resource("/balie/agenda/{id}/intrekken").route(post().to(feeds::revoke)))
        .service(web::resource("/agenda/{name}").route(get().to(feeds::read)))
        .service(web::resource("/beheer/kalender").route(get().to(calendar_year::calendar)))
        .service(
            web::resource("/beheer/kalender/dag").route(post().to(calendar_change::change_day)),
        )
        .service(
            web::resource("/beheer/kalender/week").route(post().to(calendar_change::change_week)),
        )
        .service(
            web::resource("/beheer/kalender/vastleggen").route(post().to(calendar_change::keep)),
        )
        .service(web::resource("/beheer/kalender/versies").route(get().to(calendar_versions::page)))
        .service(
            web::resource("/beheer/kalender/inlezen")
                .route(get().to(calendar_import::page))
                .route(post().to(calendar_import::read)),
        )
        .service(
            web::resource("/beheer/kalender/inlezen/kiezen")
                .route(post().to(calendar_import::choose)),
        )
        .service(
            web::resource("/beheer/kalender/wet")
                .route(get().to(legal_calendar::page))
                .route(post().to(legal_calendar::propose)),
        )
        .service(
            web::resource("/beheer/kalender/wet/{id}/{verb}")
                .route(post().to(legal_calendar::decide)),
        )
        .service(web::resource("/beheer/rekenen").route(get().to(simulator::page::page)))
        .service(
            web::resource("/beheer/belofte")
                .route(get().to(promises::page))
                .route(post().to(promises::set)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::current_calendar)
        .service(api::replace_calendar)
        .service(api::preview_calendar)
        .service(api::list_rules)
        .service(api::create_rule)
        .service(simulator::api::simulate_deadline)
        .service(feeds_api::list)
        .service(feeds_api::create)
        .service(feeds_api::revoke)
        .service(legal_calendar_api::versions)
        .service(legal_calendar_api::law)
        .service(legal_calendar_api::proposals)
        .service(legal_calendar_api::propose)
        .service(legal_calendar_api::approve)
        .service(legal_calendar_api::reject)
        .service(legal_calendar_api::withdraw)
        .service(clocks_api::list)
        .service(clocks_api::pause)
        .service(clocks_api::resume)
        .service(clocks_api::adjourn)
        .service(clocks_api::agree)
        .service(clocks_api::advise)
        .service(clocks_api::refuse)
        .service(clocks_api::finish);
}
