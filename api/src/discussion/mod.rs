//! The talk about practices: questions and answers, who uses a practice, and what somebody follows.

mod api;
mod pages;

pub(crate) use self::pages::TalkSummary;
use actix_web::web::{self, ServiceConfig, get, post};
use domain::practices::{self, PracticeDetail, PublishedState, Reader};

use crate::{extract::Site, html::PageSamples, problem::Problem};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::TalkPage>("discussion/talk.html"),
    PageSamples::of::<pages::MarksPage>("discussion/marks.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/praktijkvoorbeelden/{slug}/vragen")
                .route(get().to(pages::talk))
                .route(post().to(pages::ask)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{slug}/vragen/{question}")
                .route(post().to(pages::answer)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{slug}/vragen/{question}/hielp")
                .route(post().to(pages::accept)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{slug}/vragen/{question}/weghalen")
                .route(post().to(pages::remove)),
        )
        .service(
            web::resource("/praktijkvoorbeelden/{slug}/gebruik").route(post().to(pages::adopt)),
        )
        .service(
            web::resource("/mijn-praktijkvoorbeelden")
                .route(get().to(pages::marks))
                .route(post().to(pages::mark)),
        )
        .service(
            web::resource("/mijn-praktijkvoorbeelden/{id}/weghalen")
                .route(post().to(pages::unmark)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::questions)
        .service(api::ask)
        .service(api::answer)
        .service(api::accept)
        .service(api::remove_question)
        .service(api::remove_answer)
        .service(api::take_down)
        .service(api::adoptions)
        .service(api::adopt)
        .service(api::marks)
        .service(api::mark)
        .service(api::unmark);
}

/// A published practice that can be talked about.
pub(crate) async fn practice(site: &Site, slug: &str) -> Result<PracticeDetail, Problem> {
    let tx = site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, Reader::staff(site.tenant.id), slug).await?;
    if detail.practice.state != PublishedState::Published {
        return Err(domain::Error::NotFound.into());
    }
    Ok(detail)
}
