//! Which rooms answer. Each lists its own addresses beside its handlers.

use actix_web::web::{self, ServiceConfig, get};

use crate::{
    account, audit, clocks, desk, dev_mail, dev_pages, files, form_editor, gifts, intake, jobs,
    openapi, people, practices, scores, site,
};

/// The API, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(openapi::served_document)
        .configure(site::api)
        .configure(account::api)
        .configure(intake::api)
        .configure(files::api)
        .configure(form_editor::api)
        .configure(desk::api)
        .configure(gifts::api)
        .configure(scores::api)
        .configure(practices::api)
        .configure(people::api)
        .configure(audit::api)
        .configure(jobs::api)
        .configure(clocks::api);
    config.map(|config| {
        config
            .service(web::resource("/docs").route(get().to(openapi::reference)))
            .default_service(web::to(openapi::not_here))
    });
}

/// The pages, and what belongs to no municipality.
pub fn pages(config: &mut ServiceConfig, is_demo: bool) {
    config
        .configure(site::pages)
        .configure(intake::pages)
        .configure(scores::pages)
        .configure(practices::pages)
        .configure(account::pages)
        .configure(desk::pages)
        .configure(files::pages)
        .configure(gifts::pages)
        .configure(clocks::pages)
        .configure(people::pages)
        .configure(audit::pages)
        .configure(jobs::pages)
        .configure(form_editor::pages);
    if is_demo {
        config
            .configure(dev_mail::pages)
            .configure(dev_pages::pages);
    }
}
