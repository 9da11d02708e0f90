//! Bundles over the web and the API: what others share, what was adopted, and what is shared from here.

mod adoptions_api;
mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::list::ListPage>("bundles/list.html"),
    PageSamples::of::<pages::bundle::BundlePage>("bundles/bundle.html"),
    PageSamples::of::<pages::adopt::FillPage>("bundles/fill.html"),
    PageSamples::of::<pages::adopt::ComparePage>("bundles/compare.html"),
    PageSamples::of::<pages::adoption::AdoptionPage>("bundles/adoption.html"),
    PageSamples::of::<pages::make::MakePage>("bundles/make.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    let post_to = |path: &str| web::resource(path.to_owned());
    config
        .service(web::resource("/beheer/bundels").route(get().to(pages::list::show)))
        .service(
            web::resource("/beheer/bundels/nieuw")
                .route(get().to(pages::make::show))
                .route(post().to(pages::make::send)),
        )
        .service(post_to("/beheer/bundels/nieuw/bekijk").route(post().to(pages::make::look)))
        .service(web::resource("/beheer/bundels/{id}").route(get().to(pages::bundle::show)))
        .service(post_to("/beheer/bundels/{id}/besluit").route(post().to(pages::bundle::decide)))
        .service(
            post_to("/beheer/bundels/{id}/terughalen").route(post().to(pages::bundle::withdraw)),
        )
        .service(
            web::resource("/beheer/bundels/{id}/overnemen")
                .route(get().to(pages::adopt::fill))
                .route(post().to(pages::adopt::compare)),
        )
        .service(
            post_to("/beheer/bundels/{id}/klaarzetten").route(post().to(pages::adopt::prepare)),
        )
        .service(web::resource("/beheer/overgenomen/{id}").route(get().to(pages::adoption::show)))
        .service(
            post_to("/beheer/overgenomen/{id}/activeren")
                .route(post().to(pages::adoption::activate)),
        )
        .service(
            post_to("/beheer/overgenomen/{id}/terugdraaien")
                .route(post().to(pages::adoption::rollback)),
        )
        .service(
            post_to("/beheer/overgenomen/{id}/weggooien")
                .route(post().to(pages::adoption::discard)),
        )
        .service(
            post_to("/beheer/overgenomen/{id}/overslaan").route(post().to(pages::adoption::skip)),
        )
        .service(
            post_to("/beheer/overgenomen/{id}/voorstellen")
                .route(post().to(pages::adoption::propose)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::create)
        .service(api::check)
        .service(api::make)
        .service(api::get)
        .service(api::variants)
        .service(api::sign)
        .service(api::refuse)
        .service(api::withdraw)
        .service(api::own)
        .service(api::proposals)
        .service(api::submitted)
        .service(adoptions_api::instructions)
        .service(adoptions_api::plan)
        .service(adoptions_api::list)
        .service(adoptions_api::create)
        .service(adoptions_api::updates)
        .service(adoptions_api::get)
        .service(adoptions_api::activate)
        .service(adoptions_api::rollback)
        .service(adoptions_api::discard)
        .service(adoptions_api::skip)
        .service(adoptions_api::propose);
}

/// After a bundle was activated or taken back: its forms are read again, so that residents see them at once.
fn forget_forms<P: tenants::Grants>(staff: &crate::extract::Staff<P>) {
    let live = &staff.site.app.live_forms;
    live.invalidate_all(staff.site.tenant.id);
}
