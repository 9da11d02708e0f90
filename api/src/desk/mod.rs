//! The desk over the web and the API: a case, and what is done with it.

pub mod actions;
pub mod api;
pub mod case_clocks;
mod case_forms;
pub mod case_page;
pub mod categories;
pub mod categories_api;
pub(crate) mod changed;
pub mod gift_page;
pub mod json;
pub mod lifecycle_api;
pub mod merging;
mod panes;
pub(crate) mod samples;
pub(crate) mod timeline;
pub mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use self::actions::Action;
use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<case_page::CasePage>("desk/case.html"),
    PageSamples::of::<case_clocks::ClocksPage>("desk/case_clocks.html"),
    PageSamples::of::<gift_page::GiftPage>("desk/gift.html"),
    PageSamples::of::<categories::CategoriesPage>("desk/categories.html"),
    PageSamples::of::<merging::MergingPage>("desk/merging.html"),
    PageSamples::of::<panes::PanesPage>("desk/panes.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie/lezen").route(get().to(panes::panes)))
        .service(web::resource("/balie/meldingen/{name}").route(get().to(case_page::case)));
    for (verb, action) in [
        ("oppakken", Action::Claim),
        ("loslaten", Action::Release),
        ("contact", Action::LogContact),
        ("notitie", Action::Note),
        ("doorgeven", Action::HandOn),
        ("vraag", Action::Ask),
        ("afspraak", Action::Agree),
        ("nagekomen", Action::Keep),
        ("voor-wie", Action::Praise),
        ("afsluiten", Action::Close),
        ("heropenen", Action::Reopen),
        ("soort", Action::Convert),
        ("categorie", Action::Categorise),
        ("stand", Action::Move),
        ("losmaken", Action::Unmerge),
    ] {
        let place = web::resource(format!("/balie/meldingen/{{name}}/{verb}"));
        let act = move |staff, name, posted| actions::act(action, staff, name, posted);
        config.service(place.route(post().to(act)));
    }
    config
        .service(
            web::resource("/balie/meldingen/{name}/klokken").route(get().to(case_clocks::page)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/klokken/{verb}")
                .route(post().to(case_clocks::act)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/attentie")
                .route(get().to(gift_page::page))
                .route(post().to(gift_page::give)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/samenvoegen")
                .route(get().to(merging::page))
                .route(post().to(merging::merge)),
        )
        .service(
            web::resource("/beheer/categorieen")
                .route(get().to(categories::page))
                .route(post().to(categories::add)),
        )
        .service(web::resource("/beheer/categorieen/{id}").route(post().to(categories::change)))
        .service(
            web::resource("/beheer/categorieen/{id}/samenvoegen")
                .route(post().to(categories::merge)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get)
        .service(api::claim)
        .service(api::release)
        .service(api::log_contact)
        .service(api::close)
        .service(lifecycle_api::reopen)
        .service(lifecycle_api::convert)
        .service(lifecycle_api::categorise)
        .service(lifecycle_api::move_case)
        .service(lifecycle_api::preview)
        .service(lifecycle_api::merge)
        .service(lifecycle_api::unmerge)
        .service(categories_api::list)
        .service(categories_api::create)
        .service(categories_api::replace)
        .service(categories_api::merge);
}
