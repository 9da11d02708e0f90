//! The exchange at its owners' and its editors': drafts, four eyes, the checklist of the exchange.

mod api;
mod pages;
mod report;
mod reviews_api;
mod text;

use actix_web::web::{self, ServiceConfig, get, post};
use domain::{audit, practices::PracticeId};
use tenants::Grants;

pub(crate) use self::{
    pages::samples::{content as sample_content, published as sample},
    text::PARTS,
};
use crate::{
    extract::Staff,
    html::{PageSamples, pagination::PageRequest},
    problem::Problem,
};

/// Practices on a page.
const PAGE: PageRequest = PageRequest::of(20);

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::DraftsPage>("practices/drafts.html"),
    PageSamples::of::<pages::ImportedPage>("practices/imported.html"),
    PageSamples::of::<pages::DraftPage>("practices/draft.html"),
    PageSamples::of::<pages::EditPage>("practices/edit.html"),
    PageSamples::of::<pages::ReviewsPage>("practices/reviews.html"),
    PageSamples::of::<pages::ReviewPage>("practices/review.html"),
    PageSamples::of::<pages::ConsentPage>("practices/consent.html"),
];

/// Records what was done on rows of the platform in the audit log of whoever did it.
async fn record<P: Grants>(
    staff: &Staff<P>,
    action: audit::Action,
    id: PracticeId,
) -> Result<(), Problem> {
    staff.note_first_read(action, "practice", Some(id.0)).await
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/praktijkvoorbeelden")
                .route(get().to(pages::drafts))
                .route(post().to(pages::import)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/nieuw")
                .route(get().to(pages::blank))
                .route(post().to(pages::create)),
        )
        .service(web::resource("/beheer/praktijkvoorbeelden/{id}").route(get().to(pages::draft)))
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/bewerken")
                .route(get().to(pages::edit))
                .route(post().to(pages::save)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/akkoord")
                .route(post().to(pages::agree)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/terugsturen")
                .route(post().to(pages::send_back)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/bevestigen")
                .route(post().to(pages::confirm)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/archiveren")
                .route(post().to(pages::archive)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/contact")
                .route(post().to(pages::ask_contact)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}/terughalen")
                .route(post().to(pages::withdraw)),
        )
        .service(web::resource("/beheer/mede-eigenaar/{id}").route(post().to(pages::co_own)))
        .service(web::resource("/beheer/praktijkbeoordelingen").route(get().to(pages::reviews)))
        .service(web::resource("/beheer/praktijkbeoordelingen/{id}").route(get().to(pages::review)))
        .service(
            web::resource("/beheer/praktijkbeoordelingen/{id}/vragen").route(post().to(pages::ask)),
        )
        .service(
            web::resource("/beheer/praktijkbeoordelingen/{id}/publiceren")
                .route(post().to(pages::publish)),
        )
        .service(
            web::resource("/praktijk-contact/{name}")
                .route(get().to(pages::consent_form))
                .route(post().to(pages::consent)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::drafts)
        .service(api::draft)
        .service(api::import_batch)
        .service(api::import)
        .service(api::write)
        .service(api::replace)
        .service(api::submit)
        .service(api::send_back)
        .service(api::approve)
        .service(api::confirm)
        .service(api::archive)
        .service(api::withdraw)
        .service(api::ask_contact)
        .service(api::co_ownerships)
        .service(api::answer_co_ownership)
        .service(reviews_api::list)
        .service(reviews_api::read)
        .service(reviews_api::ask)
        .service(reviews_api::publish);
}
