//! Which rooms answer. Each lists its own addresses beside its handlers.

use actix_web::web::{self, ServiceConfig, get};

use crate::{
    account, admin, clocks, demo, desk, files, forms, gifts, intake, openapi, practices, scores,
    site,
};

/// The API, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(openapi::served_document)
        .configure(site::api)
        .configure(account::api)
        .configure(intake::api)
        .configure(files::api)
        .configure(forms::api)
        .configure(desk::api)
        .configure(gifts::api)
        .configure(scores::api)
        .configure(practices::api)
        .configure(admin::api)
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
        .configure(admin::pages)
        .configure(forms::pages);
    if is_demo {
        config.configure(demo::pages);
    }
}
