//! The rapportcijfer.

pub mod api;
pub mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(
        web::resource("/cijfer/{name}")
            .route(get().to(pages::show))
            .route(post().to(pages::give)),
    );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::invitation).service(api::give);
}
