//! What an administrator, an auditor and the operator see: people, trail, jobs.

pub mod api;
pub mod pages;
pub mod people;
pub mod people_api;

use actix_web::web::{self, ServiceConfig, get, post};

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/medewerkers")
                .route(get().to(people::staff_members))
                .route(post().to(people::invite)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/uitnodigen")
                .route(post().to(people::invite_again)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/toegang").route(post().to(people::set_access)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/rollen").route(post().to(people::set_roles)),
        )
        .service(web::resource("/beheer/logboek").route(get().to(pages::trail)))
        .service(web::resource("/beheer/taken").route(get().to(pages::job_queue)))
        .service(web::resource("/beheer/taken/{id}/opnieuw").route(post().to(pages::retry_job)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(people_api::list_staff)
        .service(people_api::invite)
        .service(people_api::invite_again)
        .service(people_api::set_roles)
        .service(people_api::set_access)
        .service(api::list_audit)
        .service(api::list_jobs)
        .service(api::retry_job);
}
