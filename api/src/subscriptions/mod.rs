//! Municipalities as subscribers: the operator's desk, making one, public requests, and what a municipality uses of its plan.

mod api;
mod ask;
mod desk;
mod municipality;
mod requests;
mod usage;

use actix_web::web::{self, ServiceConfig, get, post};
use domain::{
    Error, Language,
    audit::Action,
    bundles,
    practices::Municipality,
    quotas::{self, Plan},
    subscriptions::{self, Beginning, MunicipalityRequest, RequestId},
};
use tenants::{Tenant, permission::may};

use crate::{
    extract::{Site, Staff},
    html::{Page, PageSamples, values::Choice},
    limits::SUBSCRIPTION_REQUESTS_MAX,
    people,
    problem::Problem,
};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<desk::DeskPage>("subscriptions/desk.html"),
    PageSamples::of::<municipality::NewPage>("subscriptions/new.html"),
    PageSamples::of::<municipality::MunicipalityPage>("subscriptions/municipality.html"),
    PageSamples::of::<requests::RequestsPage>("subscriptions/requests.html"),
    PageSamples::of::<requests::RequestPage>("subscriptions/request.html"),
    PageSamples::of::<ask::AskPage>("subscriptions/ask.html"),
    PageSamples::of::<ask::ConfirmPage>("subscriptions/confirm.html"),
    PageSamples::of::<usage::UsagePage>("subscriptions/usage.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/platform").route(get().to(desk::show)))
        .service(
            web::resource("/platform/gemeenten/nieuw")
                .route(get().to(municipality::form))
                .route(post().to(municipality::make)),
        )
        .service(
            web::resource("/platform/gemeenten/{slug}")
                .route(get().to(municipality::show))
                .route(post().to(municipality::change)),
        )
        .service(web::resource("/platform/aanvragen").route(get().to(requests::list)))
        .service(
            web::resource("/platform/aanvragen/{id}")
                .route(get().to(requests::show))
                .route(post().to(requests::approve)),
        )
        .service(
            web::resource("/platform/aanvragen/{id}/weigeren").route(post().to(requests::refuse)),
        )
        .service(
            web::resource("/aanmelden")
                .route(get().to(ask::form))
                .route(post().to(ask::send)),
        )
        .service(web::resource("/aanmelden/verstuurd").route(get().to(ask::sent)))
        .service(
            web::resource("/aanmelden/bevestigen/{code}")
                .route(get().to(ask::confirmation))
                .route(post().to(ask::confirm)),
        )
        .service(web::resource("/beheer/abonnement").route(get().to(usage::show)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::make)
        .service(api::get)
        .service(api::change)
        .service(api::ask)
        .service(api::confirm)
        .service(api::requests)
        .service(api::approve)
        .service(api::refuse)
        .service(api::usage);
}

/// The host of the platform below which municipalities get theirs.
fn platform_host(site: &Site) -> &str {
    site.tenant
        .hosts
        .first()
        .map_or("localhost", String::as_str)
}

/// Makes a municipality, of a request when there was one, and notes it in the audit log of the platform.
async fn make(
    operator: &Staff<may::OperatePlatform>,
    request: &MunicipalityRequest,
    asked: Option<RequestId>,
) -> Result<Tenant, Problem> {
    let site = &operator.site;
    let day = quotas::day(site.app.db.now());
    let new = request.parse(day, platform_host(site))?;
    let tx = site.read_shared().await?;
    let bundle = match new.bundle {
        None => None,
        Some(id) => match bundles::read(&tx, id).await {
            Ok((_, checked)) => Some(checked),
            Err(Error::NotFound) => return Err(Error::invalid("bundle", "not_an_option").into()),
            Err(error) => return Err(error.into()),
        },
    };
    let asked_by = match asked {
        None => None,
        Some(id) => {
            let known = subscriptions::get(&tx, id).await?;
            let language = known.language.parse().unwrap_or(Language::Dutch);
            Some((known.email, known.name, language))
        }
    };
    drop(tx);
    let begin = Beginning {
        links: &site.app.links,
        no_password: people::no_password(site).await?,
        bundle: bundle.as_ref(),
        asked_by,
    };
    let tx = operator.write_shared().await?;
    if let Some(id) = asked {
        subscriptions::approve(&tx, id, operator.member().id).await?;
    }
    let made = subscriptions::make(tx, new, begin).await?;
    made.tx.commit().await?;
    site.app.directory.forget(&made.tenant).await;
    note(operator, Action::SubscriptionMake, &made.tenant).await?;
    Ok(made.tenant)
}

/// Changes the plan and the codes of a municipality, and notes it in the audit log of the platform.
async fn change(
    operator: &Staff<may::OperatePlatform>,
    slug: &str,
    request: &subscriptions::ChangeRequest,
) -> Result<Tenant, Problem> {
    let tx = operator.write_shared().await?;
    let tenant = subscriptions::municipality(&tx, slug).await?;
    subscriptions::change(&tx, tenant.id, request).await?;
    tx.commit().await?;
    note(operator, Action::SubscriptionChange, &tenant).await?;
    Ok(tenant)
}

async fn note(
    operator: &Staff<may::OperatePlatform>,
    action: Action,
    tenant: &Tenant,
) -> Result<(), Problem> {
    let tx = operator.write().await?;
    let object = ("tenant", tenant.id.0);
    subscriptions::note(&tx, operator.member().id, action, object).await?;
    Ok(tx.commit().await?)
}

/// Counts a request to subscribe by the caller's address.
fn brake(site: &Site) -> Result<(), Problem> {
    site.brake(&site.app.subscription_rate, SUBSCRIPTION_REQUESTS_MAX)
}

/// The municipalities of today to choose from.
fn places(page: &Page, chosen: &[String]) -> Vec<Choice> {
    let day = quotas::day(page.now);
    let mut all: Vec<Municipality> = Municipality::all()
        .filter(|one| one.is_valid_on(day))
        .filter(|one| !one.is_invented() || page.demo)
        .collect();
    all.sort_by_key(|one| one.name.trim_start_matches("'s-").to_lowercase());
    (all.into_iter())
        .map(|one| {
            let is_chosen = chosen.iter().any(|code| code == one.code);
            Choice::new(one.code, format!("{} ({})", one.name, one.code), is_chosen)
        })
        .collect()
}

/// The plans to choose from, each with what it allows.
fn plans(page: &Page, chosen: &str) -> Vec<Choice> {
    (Plan::ALL.iter())
        .map(|plan| {
            let quotas = plan.quotas();
            let text = page.language.text_with(
                "plan-choice",
                &[
                    ("plan", &page.term("plan", plan)),
                    ("people", &quotas.people.to_string()),
                    ("storage", &quotas.storage_gb.to_string()),
                    ("messages", &quotas.messages.to_string()),
                    ("mails", &quotas.mails.to_string()),
                ],
            );
            Choice::new(plan.as_str(), text, plan.as_str() == chosen)
        })
        .collect()
}
