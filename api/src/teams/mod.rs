//! Teams over the web and the API.

mod absences;
mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::TeamsPage>("teams/teams.html"),
    PageSamples::of::<absences::AbsencesPage>("teams/absences.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/teams")
                .route(get().to(pages::page))
                .route(post().to(pages::add)),
        )
        .service(web::resource("/beheer/teams/{id}").route(post().to(pages::replace)))
        .service(
            web::resource("/beheer/afwezig")
                .route(get().to(absences::all))
                .route(post().to(absences::add_any)),
        )
        .service(web::resource("/beheer/afwezig/{id}/weg").route(post().to(absences::remove_any)))
        .service(
            web::resource("/account/afwezig")
                .route(get().to(absences::own))
                .route(post().to(absences::add_own)),
        )
        .service(web::resource("/account/afwezig/{id}/weg").route(post().to(absences::remove_own)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::replace)
        .service(api::list_absences)
        .service(api::create_absence)
        .service(api::delete_absence);
}
