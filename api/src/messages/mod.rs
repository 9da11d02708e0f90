//! Messages between residents and staff, over the API.

mod api;

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::list).service(api::write);
}
