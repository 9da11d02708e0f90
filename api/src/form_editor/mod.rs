//! The builder: forms are made, translated, published and taken back. Every action is an ordinary post on the draft, with its lock.

pub mod api;
pub mod api_versions;
mod conditions;
mod conflict;
mod draft_page;
pub mod embed;
mod field;
mod field_values;
pub mod import;
mod labels;
pub mod list;
mod outline;
pub mod overview;
pub mod preview;
pub mod publish;
mod samples;
pub mod schedule;
mod settings;
pub mod start;
mod step;
pub mod structure;
pub mod texts;
mod typed;
pub mod versions;
mod view;

use actix_web::web::{self, ServiceConfig, get, post};

pub(crate) use self::view::{FormHeader, head};
use self::{field::FieldPage, settings::SettingsPage, step::StepPage, texts::TextsPage};

use domain::form_editor::{self, FormDraft};

use crate::{extract::Staff, html::PageSamples, problem::Problem};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<conflict::ConflictPage>("form_editor/conflict.html"),
    PageSamples::of::<conflict::DraftDeletedPage>("form_editor/draft_deleted.html"),
    PageSamples::of::<conflict::PendingChangePage>("form_editor/pending_change.html"),
    PageSamples::of::<embed::EmbedPage>("form_editor/embed.html"),
    PageSamples::of::<FieldPage>("form_editor/field.html"),
    PageSamples::of::<import::ImportPage>("form_editor/import.html"),
    PageSamples::of::<list::ListPage>("form_editor/list.html"),
    PageSamples::of::<overview::OverviewPage>("form_editor/overview.html"),
    PageSamples::of::<publish::PublishPage>("form_editor/publish.html"),
    PageSamples::of::<schedule::SchedulePage>("form_editor/schedule.html"),
    PageSamples::of::<SettingsPage>("form_editor/settings.html"),
    PageSamples::of::<start::NewPage>("form_editor/new.html"),
    PageSamples::of::<StepPage>("form_editor/step.html"),
    PageSamples::of::<structure::RemovePage>("form_editor/remove.html"),
    PageSamples::of::<TextsPage>("form_editor/texts.html"),
    PageSamples::of::<versions::DifferencePage>("form_editor/difference.html"),
    PageSamples::of::<versions::VersionsPage>("form_editor/versions.html"),
];

/// To be called after every committed change of what is live, or of when it is open.
pub(super) fn live_form_changed(editor: &Staff<impl tenants::Grants>, slug: &str) {
    let site = &editor.site;
    site.app.live_forms.invalidate(site.tenant.id, slug);
}

/// The draft of a form, for a page that shows it.
pub(super) async fn draft(
    reader: &Staff<impl tenants::Grants>,
    slug: &str,
) -> Result<FormDraft, Problem> {
    let tx = reader.read().await?;
    Ok(form_editor::draft(&tx, slug).await?)
}

/// The number in the hidden field that says which text a page was made from.
pub(super) fn lock(fields: &crate::csrf::Fields) -> i64 {
    fields.text("_versie").parse().unwrap_or(0)
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/formulieren")
                .route(get().to(list::list))
                .route(post().to(start::create)),
        )
        .service(web::resource("/beheer/formulieren/nieuw").route(get().to(start::show)))
        .service(web::resource("/beheer/formulieren/inlezen").route(post().to(start::import)))
        .service(
            web::scope("/beheer/formulieren/{slug}")
                .service(
                    web::resource("")
                        .route(get().to(overview::show))
                        .route(post().to(structure::change_parts)),
                )
                .service(
                    web::resource("/inlezen")
                        .route(get().to(import::show))
                        .route(post().to(import::read)),
                )
                .service(
                    web::resource("/weg/{what}/{key}").route(get().to(structure::ask_to_remove)),
                )
                .service(web::resource("/concept").route(post().to(overview::begin)))
                .service(web::resource("/concept/weg").route(post().to(overview::discard)))
                .service(
                    web::resource("/vraag/{key}")
                        .route(get().to(draft_page::show::<FieldPage>))
                        .route(post().to(draft_page::save::<FieldPage>)),
                )
                .service(
                    web::resource("/stap/{key}")
                        .route(get().to(draft_page::show::<StepPage>))
                        .route(post().to(draft_page::save::<StepPage>)),
                )
                .service(
                    web::resource("/instellingen")
                        .route(get().to(draft_page::show::<SettingsPage>))
                        .route(post().to(draft_page::save::<SettingsPage>)),
                )
                .service(
                    web::resource("/teksten")
                        .route(get().to(draft_page::show::<TextsPage>))
                        .route(post().to(draft_page::save::<TextsPage>)),
                )
                .service(web::resource("/teksten.csv").route(get().to(texts::table)))
                .service(web::resource("/teksten/inlezen").route(post().to(texts::read_table)))
                .service(
                    web::resource("/voorbeeld/{step}")
                        .route(get().to(preview::show))
                        .route(post().to(preview::answer)),
                )
                .service(
                    web::resource("/publiceren")
                        .route(get().to(publish::show))
                        .route(post().to(publish::publish)),
                )
                .service(web::resource("/website").route(get().to(embed::page)))
                .service(web::resource("/versies").route(get().to(versions::list)))
                .service(
                    web::resource("/versies/{number}/terughalen")
                        .route(post().to(versions::withdraw)),
                )
                .service(web::resource("/verschil").route(get().to(versions::difference)))
                .service(web::resource("/bestand").route(get().to(versions::export)))
                .service(
                    web::resource("/planning")
                        .route(get().to(schedule::show))
                        .route(post().to(schedule::save)),
                ),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get)
        .service(api::create)
        .service(api::replace)
        .service(api::import)
        .service(api::begin)
        .service(api::discard)
        .service(api::export)
        .service(api::list_translations)
        .service(api::update_translations)
        .service(api_versions::publish)
        .service(api_versions::list)
        .service(api_versions::get)
        .service(api_versions::withdraw)
        .service(api_versions::differences)
        .service(api_versions::get_schedule)
        .service(api_versions::set_schedule);
}
