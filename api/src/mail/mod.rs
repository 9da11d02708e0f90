//! Mails about a message: what became of them, and sending one again.

mod api;
pub mod case_mails;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<case_mails::CaseMailsPage>(
    "mail/case_mails_page.html",
)];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie/meldingen/{name}/e-mails").route(get().to(case_mails::page)))
        .service(web::resource("/balie/e-mails/{id}/opnieuw").route(post().to(case_mails::resend)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::list).service(api::resend);
}
