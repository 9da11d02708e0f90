//! Calling residents back, and what colleagues ask each other: the call list, a conversation, tasks, and compliments.

pub mod api;
pub mod call_list;
pub mod case_api;
pub mod conversation;
pub mod tasks;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<call_list::CallListPage>("calls/call_list.html"),
    PageSamples::of::<conversation::ConversationPage>("calls/conversation.html"),
    PageSamples::of::<tasks::TasksPage>("calls/tasks.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie/bellen").route(get().to(call_list::page)))
        .service(
            web::resource("/balie/meldingen/{name}/gesprek")
                .route(get().to(conversation::page))
                .route(post().to(conversation::save)),
        )
        .service(web::resource("/balie/taken").route(get().to(tasks::page)))
        .service(web::resource("/balie/taken/{id}").route(post().to(tasks::answer)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list_calls)
        .service(api::list_tasks)
        .service(api::answer)
        .service(api::compliments)
        .service(case_api::converse)
        .service(case_api::agree)
        .service(case_api::hand_on)
        .service(case_api::praise)
        .service(case_api::related)
        .service(case_api::list_notes)
        .service(case_api::add_note)
        .service(case_api::list_tasks)
        .service(case_api::ask);
}
