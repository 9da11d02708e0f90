//! The house style: set, looked at, put live and taken back by the municipality's administrator; its pictures for everybody.

mod api;
mod pages;
mod pictures;
mod preview;

use actix_web::{
    HttpRequest,
    web::{self, ServiceConfig, get, post},
};
use domain::Error;

use crate::{html::PageSamples, problem::Problem};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<pages::StylePage>(
    "house_style/style.html",
)];

/// The number of a version in an address.
fn number(request: &HttpRequest) -> Result<i64, Problem> {
    let number = request.match_info().get("number").unwrap_or_default();
    Ok(number.parse().map_err(|_| Error::NotFound)?)
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/huisstijl/{name}").route(get().to(pictures::picture)))
        .service(
            web::resource("/beheer/huisstijl")
                .route(get().to(pages::page))
                .route(post().to(pages::save)),
        )
        .service(web::resource("/beheer/huisstijl/tokens").route(post().to(pages::read_tokens)))
        .service(web::resource("/beheer/huisstijl/plan/weg").route(post().to(pages::cancel)))
        .service(
            web::resource("/beheer/huisstijl/versies/{number}/terug")
                .route(post().to(pages::restore)),
        )
        .service(web::resource("/beheer/huisstijl/voorbeeld.css").route(get().to(preview::theme)))
        .service(
            web::resource("/beheer/huisstijl/voorbeeld/{name}").route(get().to(preview::page)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get_style)
        .service(api::replace_draft)
        .service(api::publish)
        .service(api::add_image)
        .service(api::list_versions)
        .service(api::restore)
        .service(api::cancel_plan)
        .service(api::read_tokens);
}
