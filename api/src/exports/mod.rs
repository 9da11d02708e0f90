//! Published practices for programs: JSON-LD and Markdown of one, Atom feeds, everything as JSON Lines, and the catalogue of the data sets.

mod api;
mod atom;
mod catalogue;
mod json_ld;
mod markdown;
mod pages;

use actix_web::{
    guard::{self, GuardContext},
    http::header,
    web::{self, ServiceConfig, get},
};

pub(crate) use self::json_ld::script;

/// Where the operations of this room are.
const EXPORTS: &str = "/api/v1/exports";

/// Whether the reader asks for a kind of document before all others.
fn asks_for(kind: &'static str) -> impl guard::Guard {
    guard::fn_guard(move |context: &GuardContext<'_>| {
        let accepted = context.head().headers().get(header::ACCEPT);
        let first = accepted
            .and_then(|accepted| accepted.to_str().ok())
            .and_then(|accepted| accepted.split([',', ';']).next());
        first.map(str::trim) == Some(kind)
    })
}

/// The pages of this room: they stand before those of the practices, and answer only who asks for another kind of document.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/sitemap.xml").route(get().to(pages::sitemap)))
        .service(
            web::resource("/praktijkvoorbeelden/{slug}")
                .guard(asks_for("application/ld+json"))
                .route(get().to(pages::json_ld)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{slug}")
                .guard(asks_for("text/markdown"))
                .route(get().to(pages::markdown)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::feed)
        .service(api::lines)
        .service(api::document)
        .service(api::data_sets)
        .service(api::figures);
}
