//! Every address, in one place.

use actix_web::web::{self, ServiceConfig, get, post};

use crate::{
    account, admin, cases, demo, files, forms, gifts, intake, openapi, practices, scores, site, sla,
};

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
        .service(files::api::upload)
        .service(files::api::get)
        .service(intake::api::get_receipt)
        .service(forms::api::get)
        .service(forms::api::create)
        .service(forms::api::replace)
        .service(forms::api::begin)
        .service(forms::api::discard)
        .service(forms::api::export)
        .service(forms::api::list_translations)
        .service(forms::api::update_translations)
        .service(forms::api_versions::publish)
        .service(forms::api_versions::list)
        .service(forms::api_versions::get)
        .service(forms::api_versions::withdraw)
        .service(forms::api_versions::differences)
        .service(forms::api_versions::get_schedule)
        .service(forms::api_versions::set_schedule)
        .service(cases::api::list)
        .service(cases::api::get)
        .service(cases::api::claim)
        .service(cases::api::release)
        .service(cases::api::log_contact)
        .service(cases::api::close)
        .service(cases::quarantine_api::list)
        .service(cases::quarantine_api::get)
        .service(cases::quarantine_api::restore)
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
        .service(sla::deadlines_api::simulate_deadline)
        .service(sla::law_api::versions)
        .service(sla::law_api::law)
        .service(sla::law_api::proposals)
        .service(sla::law_api::propose)
        .service(sla::law_api::approve)
        .service(sla::law_api::reject)
        .service(sla::law_api::withdraw)
        .service(sla::clocks_api::list)
        .service(sla::clocks_api::pause)
        .service(sla::clocks_api::resume)
        .service(sla::clocks_api::adjourn)
        .service(sla::clocks_api::agree)
        .service(sla::clocks_api::advise)
        .service(sla::clocks_api::finish)
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
                .route(get().to(intake::check::check))
                .route(post().to(intake::check::send)),
        )
        .service(
            web::resource("/formulieren/{slug}/op-een-pagina")
                .route(get().to(intake::pages::one_page))
                .route(post().to(intake::fill::one_page)),
        )
        .service(
            web::resource("/formulieren/{slug}/{step}")
                .route(get().to(intake::pages::step))
                .route(post().to(intake::fill::step)),
        )
        .route("/melding/{name}", get().to(intake::receipt::show))
        .route(
            "/melding/{code}/bestanden/{id}",
            get().to(intake::receipt::file),
        )
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
        .route("/balie/bestanden/{id}", get().to(files::pages::file))
        .route("/balie/quarantaine", get().to(cases::quarantine::list))
        .route("/balie/quarantaine/{id}", get().to(cases::quarantine::show))
        .route(
            "/balie/quarantaine/{id}/herstellen",
            post().to(cases::quarantine::restore),
        )
        .service(
            web::resource("/balie/agenda")
                .route(get().to(sla::feeds::page))
                .route(post().to(sla::feeds::open)),
        )
        .route(
            "/balie/agenda/{id}/intrekken",
            post().to(sla::feeds::revoke),
        )
        .route("/agenda/{name}", get().to(sla::feeds::read))
        .route(
            "/balie/meldingen/{name}/klokken",
            get().to(sla::clocks::page),
        )
        .route(
            "/balie/meldingen/{name}/klokken/stilzetten",
            post().to(sla::clocks::pause),
        )
        .route(
            "/balie/meldingen/{name}/klokken/hervatten",
            post().to(sla::clocks::resume),
        )
        .route(
            "/balie/meldingen/{name}/klokken/verdagen",
            post().to(sla::clocks::adjourn),
        )
        .route(
            "/balie/meldingen/{name}/klokken/uitstel",
            post().to(sla::clocks::agree),
        )
        .route(
            "/balie/meldingen/{name}/klokken/commissie",
            post().to(sla::clocks::advise),
        )
        .route(
            "/balie/meldingen/{name}/klokken/gedaan",
            post().to(sla::clocks::finish),
        )
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
        .route(
            "/beheer/formulieren/{slug}/website",
            get().to(intake::embed::page),
        )
        .route("/beheer/kalender", get().to(sla::year::calendar))
        .route("/beheer/kalender/dag", post().to(sla::change::change_day))
        .route("/beheer/kalender/week", post().to(sla::change::change_week))
        .route("/beheer/kalender/vastleggen", post().to(sla::change::keep))
        .route("/beheer/kalender/versies", get().to(sla::versions::page))
        .service(
            web::resource("/beheer/kalender/inlezen")
                .route(get().to(sla::import::page))
                .route(post().to(sla::import::read)),
        )
        .route(
            "/beheer/kalender/inlezen/kiezen",
            post().to(sla::import::choose),
        )
        .service(
            web::resource("/beheer/kalender/wet")
                .route(get().to(sla::law::page))
                .route(post().to(sla::law::propose)),
        )
        .route(
            "/beheer/kalender/wet/{id}/goedkeuren",
            post().to(sla::law::approve),
        )
        .route(
            "/beheer/kalender/wet/{id}/afwijzen",
            post().to(sla::law::reject),
        )
        .route(
            "/beheer/kalender/wet/{id}/intrekken",
            post().to(sla::law::withdraw),
        )
        .route("/beheer/rekenen", get().to(sla::simulator::page))
        .service(
            web::resource("/beheer/belofte")
                .route(get().to(sla::promises::page))
                .route(post().to(sla::promises::set)),
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
    builder(config);
    if is_demo {
        config
            .route("/dev/mail", get().to(demo::mail::list))
            .route("/dev/mail/{name}", get().to(demo::mail::read));
    }
}

/// The builder.
fn builder(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/formulieren")
                .route(get().to(forms::pages::list))
                .route(post().to(forms::pages::create)),
        )
        .route("/beheer/formulieren/nieuw", get().to(forms::pages::new))
        .route(
            "/beheer/formulieren/inlezen",
            post().to(forms::pages::import),
        );
    config.service(
        web::scope("/beheer/formulieren/{slug}")
            .service(
                web::resource("")
                    .route(get().to(forms::pages::overview))
                    .route(post().to(forms::pages::change_parts)),
            )
            .route("/concept", post().to(forms::pages::begin))
            .route("/concept/weg", post().to(forms::pages::discard))
            .service(
                web::resource("/vraag/{field}")
                    .route(get().to(forms::field::show))
                    .route(post().to(forms::field::save)),
            )
            .service(
                web::resource("/stap/{step}")
                    .route(get().to(forms::parts::step))
                    .route(post().to(forms::parts::save_step)),
            )
            .service(
                web::resource("/instellingen")
                    .route(get().to(forms::parts::settings))
                    .route(post().to(forms::parts::save_settings)),
            )
            .service(
                web::resource("/teksten")
                    .route(get().to(forms::texts::show))
                    .route(post().to(forms::texts::save)),
            )
            .route("/teksten.csv", get().to(forms::texts::table))
            .route("/teksten/inlezen", post().to(forms::texts::read_table))
            .service(
                web::resource("/voorbeeld/{step}")
                    .route(get().to(forms::preview::show))
                    .route(post().to(forms::preview::answer)),
            )
            .service(
                web::resource("/publiceren")
                    .route(get().to(forms::publish::show))
                    .route(post().to(forms::publish::publish)),
            )
            .route("/versies", get().to(forms::versions::list))
            .route(
                "/versies/{number}/terughalen",
                post().to(forms::versions::withdraw),
            )
            .route("/verschil", get().to(forms::versions::difference))
            .route("/bestand", get().to(forms::versions::export))
            .service(
                web::resource("/planning")
                    .route(get().to(forms::versions::schedule))
                    .route(post().to(forms::versions::save_schedule)),
            ),
    );
}
