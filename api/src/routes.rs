//! Every address, in one place.

use actix_web::web::{self, ServiceConfig, get, post};

use crate::{account, admin, cases, demo, gifts, intake, openapi, practices, scores, site, sla};

/// The API, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(openapi::served_document)
        .service(site::api::municipality)
        .service(account::api::sign_in)
        .service(account::api::refresh)
        .service(account::api::sign_out)
        .service(account::api::account)
        .service(intake::api::list_forms)
        .service(intake::api::get_form)
        .service(intake::api::submit)
        .service(intake::api::get_receipt)
        .service(cases::api::list)
        .service(cases::api::get)
        .service(cases::api::claim)
        .service(cases::api::release)
        .service(cases::api::log_contact)
        .service(cases::api::close)
        .service(gifts::manage::budgets)
        .service(gifts::manage::open_budget)
        .service(gifts::manage::close_budget)
        .service(gifts::manage::ledger)
        .service(gifts::manage::proof)
        .service(gifts::manage::transfer)
        .service(gifts::manage::rules)
        .service(gifts::manage::replace_rules)
        .service(gifts::api::own)
        .service(gifts::api::give_freely)
        .service(gifts::api::assess)
        .service(gifts::api::one)
        .service(gifts::api::give)
        .service(gifts::api::hand_over)
        .service(gifts::api::cancel)
        .service(gifts::api::hand_in_receipt)
        .service(gifts::manage::approve)
        .service(gifts::manage::decline)
        .service(gifts::manage::check_receipt)
        .service(gifts::manage::correct)
        .service(gifts::manage::reverse)
        .service(scores::api::invitation)
        .service(scores::api::give)
        .service(practices::api::published)
        .service(practices::api::read)
        .service(practices::api::drafts)
        .service(practices::api::draft)
        .service(practices::api::import)
        .service(practices::api::publish)
        .service(admin::api::list_staff)
        .service(admin::api::set_roles)
        .service(admin::api::list_audit)
        .service(sla::api::current_calendar)
        .service(sla::api::replace_calendar)
        .service(sla::api::preview_calendar)
        .service(sla::api::list_rules)
        .service(sla::api::create_rule)
        .service(sla::api::simulate_deadline)
        .service(admin::api::list_jobs)
        .service(admin::api::retry_job);
    config.map(|config| {
        config
            .route("/docs", get().to(openapi::reference))
            .default_service(web::to(openapi::not_here))
    });
}

/// The pages, and what belongs to no municipality.
pub fn pages(config: &mut ServiceConfig, is_demo: bool) {
    config
        .route("/healthz", get().to(site::health))
        .route("/robots.txt", get().to(site::robots))
        .route("/favicon.ico", get().to(site::icon))
        .route("/static/{hash}/{path:.*}", get().to(site::asset))
        .route("/thema-{hash}.css", get().to(site::theme))
        .route("/taal/{name}", post().to(site::choose_language))
        .route("/", get().to(site::home));
    config
        .route("/formulieren/{slug}", get().to(intake::pages::start))
        .service(
            web::resource("/formulieren/{slug}/controle")
                .route(get().to(intake::pages::check))
                .route(post().to(intake::pages::send)),
        )
        .service(
            web::resource("/formulieren/{slug}/{step}")
                .route(get().to(intake::pages::step))
                .route(post().to(intake::pages::answer)),
        )
        .route("/melding/{name}", get().to(intake::receipt::show))
        .service(
            web::resource("/cijfer/{name}")
                .route(get().to(scores::pages::show))
                .route(post().to(scores::pages::give)),
        )
        .route(
            "/praktijkvoorbeelden",
            get().to(practices::pages::published),
        )
        .route(
            "/praktijkvoorbeelden/{name}",
            get().to(practices::pages::read),
        );
    config
        .service(
            web::resource("/inloggen")
                .route(get().to(account::pages::door))
                .route(post().to(account::pages::sign_in)),
        )
        .route("/uitloggen", post().to(account::pages::sign_out))
        .route("/account", get().to(account::pages::account));
    config
        .route("/balie", get().to(cases::queue::queue))
        .route("/balie/meldingen/{name}", get().to(cases::pages::case))
        .route(
            "/balie/meldingen/{name}/oppakken",
            post().to(cases::pages::claim),
        )
        .route(
            "/balie/meldingen/{name}/loslaten",
            post().to(cases::pages::release),
        )
        .route(
            "/balie/meldingen/{name}/contact",
            post().to(cases::pages::log_contact),
        )
        .route(
            "/balie/meldingen/{name}/attentie",
            post().to(cases::pages::give_gift),
        )
        .route(
            "/balie/meldingen/{name}/afsluiten",
            post().to(cases::pages::close),
        );
    config
        .service(
            web::resource("/attenties")
                .route(get().to(gifts::pages::own))
                .route(post().to(gifts::pages::give)),
        )
        .route("/attenties/bonnen/{id}", get().to(gifts::papers::receipt))
        .route("/attenties/{id}", get().to(gifts::pages::gift))
        .route("/attenties/{id}/bon", post().to(gifts::pages::hand_in))
        .route(
            "/attenties/{id}/geven/{verb}",
            post().to(gifts::pages::follow),
        )
        .route(
            "/attenties/{id}/toezien/{verb}",
            post().to(gifts::pages::oversee),
        )
        .route("/beheer/attenties", get().to(gifts::papers::budgets))
        .route("/beheer/attenties/{id}", get().to(gifts::papers::statement))
        .route(
            "/beheer/attenties/{id}/controle",
            get().to(gifts::papers::proof),
        )
        .route(
            "/beheer/attenties/{id}/kasboek.{form}",
            get().to(gifts::papers::export),
        )
        .route("/beheer/formulieren", get().to(admin::pages::live_forms))
        .route("/beheer/kalender", get().to(sla::pages::calendar))
        .route("/beheer/kalender/dag", post().to(sla::pages::change_day))
        .route("/beheer/kalender/week", post().to(sla::pages::change_week))
        .route("/beheer/kalender/vastleggen", post().to(sla::pages::keep))
        .route("/beheer/rekenen", get().to(sla::simulator::page))
        .service(
            web::resource("/beheer/belofte")
                .route(get().to(sla::pages::promises))
                .route(post().to(sla::pages::set_promise)),
        )
        .service(web::resource("/beheer/medewerkers").route(get().to(admin::pages::staff_members)))
        .route(
            "/beheer/medewerkers/{id}/rollen",
            post().to(admin::pages::set_roles),
        )
        .route("/beheer/logboek", get().to(admin::pages::trail))
        .route("/beheer/taken", get().to(admin::pages::job_queue))
        .route(
            "/beheer/taken/{id}/opnieuw",
            post().to(admin::pages::retry_job),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden")
                .route(get().to(practices::pages::drafts))
                .route(post().to(practices::pages::import)),
        )
        .service(
            web::resource("/beheer/praktijkvoorbeelden/{id}")
                .route(get().to(practices::pages::draft))
                .route(post().to(practices::pages::publish)),
        );
    if is_demo {
        config
            .route("/dev/mail", get().to(demo::mail::list))
            .route("/dev/mail/{name}", get().to(demo::mail::read));
    }
}
