//! Handing in: the form step by step or on one page, the check, the receipt.

pub mod api;
pub mod check;
pub mod desk;
pub mod embed;
pub mod fill;
mod first;
mod load;
pub(crate) mod look;
mod marks;
pub mod pages;
pub mod receipt;
mod shut;
mod typed;
mod view;

use actix_web::web::{self, ServiceConfig, get, post};

pub use self::typed::read_anything;
pub(crate) use self::{
    first::FirstPages,
    load::today,
    typed::{Typed, Uploaded},
};

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/formulieren/{slug}").route(get().to(pages::start)))
        .service(
            web::resource("/formulieren/{slug}/controle")
                .route(get().to(check::check))
                .route(post().to(check::send)),
        )
        .service(
            web::resource("/formulieren/{slug}/op-een-pagina")
                .route(get().to(pages::one_page))
                .route(post().to(fill::one_page)),
        )
        .service(
            web::resource("/formulieren/{slug}/{step}")
                .route(get().to(pages::step))
                .route(post().to(fill::step)),
        )
        .service(web::resource("/melding/{name}").route(get().to(receipt::show)))
        .service(web::resource("/melding/{code}/bestanden/{id}").route(get().to(receipt::file)))
        .service(
            web::resource("/balie/nieuw")
                .route(get().to(desk::page))
                .route(post().to(desk::send)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list_forms)
        .service(api::get_form)
        .service(api::submit)
        .service(api::get_receipt);
}
