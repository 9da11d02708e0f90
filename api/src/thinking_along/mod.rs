//! Thinking along, over the web and the API: documents, rounds, what residents propose, and consent to be asked.

mod api;
mod consent;
mod documents;
mod public;
mod rounds;
mod views;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::{
    extract::Site,
    html::PageSamples,
    limits::{CONTRIBUTIONS_MAX, RECEIPTS_MAX},
    problem::Problem,
};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<consent::ConsentPage>("thinking_along/consent.html"),
    PageSamples::of::<consent::StopPage>("thinking_along/stop.html"),
    PageSamples::of::<documents::ComparisonPage>("thinking_along/comparison.html"),
    PageSamples::of::<documents::DocumentPage>("thinking_along/document.html"),
    PageSamples::of::<documents::DocumentsPage>("thinking_along/documents.html"),
    PageSamples::of::<public::ProposalPage>("thinking_along/proposal.html"),
    PageSamples::of::<public::PublicRoundPage>("thinking_along/public_round.html"),
    PageSamples::of::<public::PublicRoundsPage>("thinking_along/public_rounds.html"),
    PageSamples::of::<rounds::RoundPage>("thinking_along/round.html"),
    PageSamples::of::<rounds::RoundsPage>("thinking_along/rounds.html"),
];

/// Counts a proposal or an opinion by the caller's address.
fn brake(site: &Site) -> Result<(), Problem> {
    site.brake(&site.app.contribution_rate, CONTRIBUTIONS_MAX)
}

/// Counts a mail that a stranger causes by the caller's address: with a link of somebody's message one cannot write to many mailboxes.
fn brake_mails(site: &Site) -> Result<(), Problem> {
    site.brake(&site.app.receipt_rate, RECEIPTS_MAX)
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    const DOCUMENT: &str = "/beheer/documenten/{id}";
    const ROUND: &str = "/beheer/meedenken/{id}";
    let one = |path: &str| web::resource(path.to_owned());
    config
        .service(
            one(documents::LIST)
                .route(get().to(documents::list))
                .route(post().to(documents::add)),
        )
        .service(
            one(DOCUMENT)
                .route(get().to(documents::page))
                .route(post().to(documents::save)),
        )
        .service(one(&format!("{DOCUMENT}/verschil")).route(get().to(documents::comparison)))
        .service(one(&format!("{DOCUMENT}/vaststellen")).route(post().to(documents::adopt)))
        .service(
            one(rounds::LIST)
                .route(get().to(rounds::list))
                .route(post().to(rounds::open)),
        )
        .service(one(ROUND).route(get().to(rounds::page)))
        .service(one(&format!("{ROUND}/uitnodigen")).route(post().to(rounds::invite)))
        .service(one(&format!("{ROUND}/sluiten")).route(post().to(rounds::close)))
        .service(one(&format!("{ROUND}/toepassen")).route(post().to(rounds::apply)))
        .service(one(&format!("{ROUND}/antwoorden")).route(post().to(rounds::answer)))
        .service(one(&format!("{ROUND}/plaatsen")).route(post().to(rounds::moderate)))
        .service(one(&format!("{ROUND}/besluiten")).route(post().to(rounds::decide)))
        .service(one("/meedenken").route(get().to(public::list)))
        .service(
            one("/meedenken/panel/{name}")
                .route(get().to(consent::ask_stop))
                .route(post().to(consent::stop)),
        )
        .service(one("/meedenken/mijn/{name}").route(get().to(public::mine)))
        .service(
            one("/meedenken/mijn/{name}/voorstel")
                .route(get().to(public::my_form))
                .route(post().to(public::my_proposal)),
        )
        .service(one("/meedenken/mijn/{name}/mening").route(post().to(public::my_opinion)))
        .service(one("/meedenken/mijn/{name}/stoppen").route(post().to(consent::stop_seat)))
        .service(one("/meedenken/{id}").route(get().to(public::page)))
        .service(
            one("/meedenken/{id}/voorstel")
                .route(get().to(public::form))
                .route(post().to(public::propose)),
        )
        .service(one("/meedenken/{id}/mening").route(post().to(public::opinion)))
        .service(
            one("/melding/{name}/meedenken")
                .route(get().to(consent::page))
                .route(post().to(consent::give)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list_documents)
        .service(api::create_document)
        .service(api::get_document)
        .service(api::replace_document)
        .service(api::adopt_document)
        .service(api::compare_document)
        .service(api::list_rounds)
        .service(api::create_round)
        .service(api::get_round)
        .service(api::invite)
        .service(api::close)
        .service(api::apply)
        .service(api::answer)
        .service(api::moderate)
        .service(api::decide)
        .service(api::list_public_rounds)
        .service(api::get_public_round)
        .service(api::propose)
        .service(api::give_opinion)
        .service(api::consent)
        .service(api::end_consent);
}
