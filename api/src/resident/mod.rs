//! The resident's page of a message, by its secret link and without an account.

mod api;
mod confirm;
mod decisions;
mod desk_messages;
mod find;
mod page;
mod receipts_api;
mod subjects;
mod upload;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<confirm::ConfirmPage>("resident/confirm.html"),
    PageSamples::of::<decisions::DecisionPage>("resident/decision.html"),
    PageSamples::of::<desk_messages::MessagesPage>("resident/desk_messages.html"),
    PageSamples::of::<find::FindPage>("resident/find.html"),
    PageSamples::of::<page::LifeSample>("resident/life_sample.html"),
    PageSamples::of::<subjects::SubjectsPage>("resident/subjects.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/melding").route(get().to(find::page)))
        .service(web::resource("/melding/code").route(post().to(find::by_code)))
        .service(web::resource("/melding/link").route(post().to(find::by_mail)))
        .service(
            web::resource("/melding/bevestigen/{name}")
                .route(get().to(confirm::ask))
                .route(post().to(confirm::confirm)),
        )
        .service(web::resource("/melding/{name}/gegevens").route(post().to(page::change_contact)))
        .service(
            web::resource("/balie/meldingen/{name}/gegevens")
                .route(post().to(desk_messages::confirm_called)),
        )
        .service(web::resource("/melding/{name}").route(get().to(page::show)))
        .service(web::resource("/melding/{name}/bericht").route(post().to(page::write)))
        .service(web::resource("/melding/{name}/belmoment").route(post().to(page::call_times)))
        .service(web::resource("/melding/{name}/tevreden").route(post().to(page::satisfied)))
        .service(web::resource("/melding/{name}/nieuwe-link").route(post().to(page::renew_link)))
        .service(
            web::resource("/balie/meldingen/{name}/berichten")
                .route(get().to(desk_messages::page))
                .route(post().to(desk_messages::write)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/nieuwe-link")
                .route(post().to(desk_messages::renew_link)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/link-beeindigen")
                .route(post().to(desk_messages::revoke_link)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/betrokkenen")
                .route(get().to(subjects::page))
                .route(post().to(subjects::name)),
        )
        .service(
            web::resource("/balie/meldingen/{name}/betrokkenen/opheffen")
                .route(post().to(subjects::lift)),
        )
        .service(
            web::resource("/melding/{name}/intrekken")
                .route(get().to(decisions::ask_withdraw))
                .route(post().to(decisions::withdraw)),
        )
        .service(
            web::resource("/melding/{name}/klacht")
                .route(get().to(decisions::ask_complain))
                .route(post().to(decisions::complain)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::renew_link)
        .service(api::revoke_link)
        .service(api::subjects)
        .service(api::name_subject)
        .service(api::lift_subject)
        .service(receipts_api::get)
        .service(receipts_api::write)
        .service(receipts_api::call_times)
        .service(receipts_api::withdraw)
        .service(receipts_api::satisfy)
        .service(receipts_api::complain)
        .service(receipts_api::change_contact);
}
