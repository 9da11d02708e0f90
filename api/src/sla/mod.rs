//! When the municipality is open, what it promises, what the law says, and what follows from that for a date.

pub mod api;
mod asked;
pub mod change;
pub mod clock_view;
pub mod clocks;
pub mod clocks_api;
pub mod deadlines_api;
mod differences;
pub mod feeds;
pub mod feeds_api;
pub(crate) mod hours;
pub mod import;
pub mod law;
pub mod law_api;
mod legal_view;
pub mod promises;
mod simulate;
pub mod simulator;
pub mod versions;
pub mod view;
pub mod year;

use actix_web::web::{self, ServiceConfig, get, post};

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
        .service(web::resource("/balie/meldingen/{name}/klokken").route(get().to(clocks::page)))
        .service(
            web::resource("/balie/meldingen/{name}/klokken/stilzetten")
                .route(post().to(clocks::pause)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/hervatten")
                .route(post().to(clocks::resume)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/verdagen")
                .route(post().to(clocks::adjourn)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/uitstel")
                .route(post().to(clocks::agree)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/commissie")
                .route(post().to(clocks::advise)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/gedaan")
                .route(post().to(clocks::finish)),
        )
        .service(web::resource("/beheer/kalender").route(get().to(year::calendar)))
        .service(web::resource("/beheer/kalender/dag").route(post().to(change::change_day)))
        .service(web::resource("/beheer/kalender/week").route(post().to(change::change_week)))
        .service(web::resource("/beheer/kalender/vastleggen").route(post().to(change::keep)))
        .service(web::resource("/beheer/kalender/versies").route(get().to(versions::page)))
        .service(
            web::resource("/beheer/kalender/inlezen")
                .route(get().to(import::page))
                .route(post().to(import::read)),
        )
        .service(web::resource("/beheer/kalender/inlezen/kiezen").route(post().to(import::choose)))
        .service(
            web::resource("/beheer/kalender/wet")
                .route(get().to(law::page))
                .route(post().to(law::propose)),
        )
        .service(
            web::resource("/beheer/kalender/wet/{id}/goedkeuren").route(post().to(law::approve)),
        )
        .service(web::resource("/beheer/kalender/wet/{id}/afwijzen").route(post().to(law::reject)))
        .service(
            web::resource("/beheer/kalender/wet/{id}/intrekken").route(post().to(law::withdraw)),
        )
        .service(web::resource("/beheer/rekenen").route(get().to(simulator::page)))
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
        .service(deadlines_api::simulate_deadline)
        .service(feeds_api::list)
        .service(feeds_api::create)
        .service(feeds_api::revoke)
        .service(law_api::versions)
        .service(law_api::law)
        .service(law_api::proposals)
        .service(law_api::propose)
        .service(law_api::approve)
        .service(law_api::reject)
        .service(law_api::withdraw)
        .service(clocks_api::list)
        .service(clocks_api::pause)
        .service(clocks_api::resume)
        .service(clocks_api::adjourn)
        .service(clocks_api::agree)
        .service(clocks_api::advise)
        .service(clocks_api::finish);
}
