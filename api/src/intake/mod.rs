//! Handing in: the form step by step or on one page, the check, the receipt.

pub mod api;
pub mod check;
mod closed;
pub mod filing_api;
pub(crate) mod form_session;
mod half_filled;
mod page_cache;
pub(crate) mod preview;
pub mod quarantine;
pub mod quarantine_api;
pub(crate) mod receipt;
mod samples;
mod spam;
pub mod staff_intake;
pub mod step;
pub mod step_submit;
mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

pub(crate) use self::{form_session::today, page_cache::FirstPageCache};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<check::CheckPage>("intake/check.html"),
    PageSamples::of::<closed::ClosedPage>("intake/closed.html"),
    PageSamples::of::<quarantine::QuarantinePage>("intake/quarantine.html"),
    PageSamples::of::<quarantine::QuarantinedMessagePage>("intake/quarantined_message.html"),
    PageSamples::of::<receipt::ReceiptPage>("intake/receipt.html"),
    PageSamples::of::<staff_intake::StaffIntakePage>("intake/staff_intake.html"),
    PageSamples::of::<step::StepPage>("intake/step.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/formulieren/{slug}").route(get().to(step::start)))
        .service(
            web::resource("/formulieren/{slug}/controle")
                .route(get().to(check::check))
                .route(post().to(check::send)),
        )
        .service(
            web::resource("/formulieren/{slug}/op-een-pagina")
                .route(get().to(step::one_page))
                .route(post().to(step_submit::one_page)),
        )
        .service(
            web::resource("/formulieren/{slug}/opnieuw-beginnen")
                .route(post().to(half_filled::discard)),
        )
        .service(
            web::resource("/formulieren/{slug}/{step}")
                .route(get().to(step::step))
                .route(post().to(step_submit::step)),
        )
        .service(web::resource("/melding/{code}/bestanden/{id}").route(get().to(receipt::file)))
        .service(
            web::resource("/balie/nieuw")
                .route(get().to(staff_intake::page))
                .route(post().to(staff_intake::send)),
        )
        .service(web::resource("/balie/quarantaine").route(get().to(quarantine::list)))
        .service(web::resource("/balie/quarantaine/{id}").route(get().to(quarantine::show)))
        .service(
            web::resource("/balie/quarantaine/{id}/herstellen")
                .route(post().to(quarantine::restore)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list_forms)
        .service(api::get_form)
        .service(api::submit)
        .service(api::get_receipt)
        .service(filing_api::create)
        .service(quarantine_api::list)
        .service(quarantine_api::get)
        .service(quarantine_api::restore);
}
