//! The front page, and what every page needs: stylesheets, language, health.

mod api;
mod statements;

use actix_web::web::{self, ServiceConfig, get, post};

use actix_web::{HttpRequest, HttpResponse, cookie::time::Duration, http::header};
use askama::Template;
use chrono::{NaiveTime, SecondsFormat, TimeDelta};
use domain::{
    Language, forms,
    practices::{self, PublishedPractice},
    style::HouseStyle,
};
use tenants::{TenantKind, installation};

use crate::{
    csrf::Posted,
    extract::{Guest, LANGUAGE_COOKIE, PathName, Site, app_state, cookie},
    html::{self, Page, PageSamples, SampleFrame, Samples},
    problem::HandlerResult,
};

/// Address of [`security`].
const SECURITY: &str = "/.well-known/security.txt";

/// Whether this process answers, its database too, and both know the same schema; for a load balancer. Needs no host.
pub async fn health(request: HttpRequest) -> HandlerResult {
    let app = app_state(&request)?;
    let tx = app.db.platform_read().await?;
    let newest = installation::newest_migration(&tx).await?;
    let (mut response, text) = if newest.as_deref() == Some(&*migration::newest()) {
        (HttpResponse::Ok(), "ok\n")
    } else {
        (
            HttpResponse::ServiceUnavailable(),
            "the database has the schema of another version of the program\n",
        )
    };
    Ok(response
        .content_type("text/plain; charset=utf-8")
        .insert_header(("x-rendered", "1"))
        .body(text))
}

/// Search engines may read what is public, not receipts and scores.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /melding/\nDisallow: /cijfer/\nDisallow: /balie\nDisallow: /beheer\nDisallow: /inloggen\nDisallow: /api/\nAllow: /api/v1/exports/\n")
}

/// Where vulnerabilities are reported (RFC 9116), at every host. It holds until a year after the day it was asked for.
pub async fn security(site: Site) -> HandlerResult {
    let app = &site.app;
    let today = app.db.now().date_naive().and_time(NaiveTime::MIN).and_utc();
    let expires = (today + TimeDelta::days(365)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let contact = app.settings.security_contact();
    let canonical = app.links.link(&site.tenant, SECURITY);
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(format!(
            "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: nl, en\nCanonical: {canonical}\n"
        )))
}

/// Browsers ask for it on their own; there is none, and that is no error.
pub async fn icon() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .finish()
}

/// A stylesheet, font or picture, kept by browsers for ever.
pub async fn asset(request: HttpRequest) -> HandlerResult {
    let app = app_state(&request)?;
    let part = |name| request.match_info().get(name).unwrap_or_default();
    app.assets
        .answer(&request, part("hash"), part("path"))
        .ok_or_else(|| domain::Error::NotFound.into())
}

/// The stylesheet of a house style, by its hash; the platform's own under the name `platform`.
pub async fn theme(request: HttpRequest) -> HandlerResult {
    let app = app_state(&request)?;
    let wanted = request.match_info().get("hash").unwrap_or_default();
    let (css, cache) = if wanted == "platform" {
        let style = HouseStyle::platform().stylesheet().unwrap_or_default();
        (style.css, "public, max-age=3600")
    } else {
        let site = <Site as actix_web::FromRequest>::extract(&request).await?;
        let style = app.stylesheet(&site.tenant);
        // A server that knows of a change first answers for the others: a page is never without a style.
        let cache = if style.hash == wanted {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        (style.css.clone(), cache)
    };
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, cache))
        .body(css))
}

/// Chooses the language and goes back to the page.
pub async fn choose_language(site: Site, name: PathName, posted: Posted) -> HandlerResult {
    let language: Language = name.0.parse().map_err(|_| domain::Error::NotFound)?;
    let back = own_path(posted.0.text("_terug"));
    let mut response = html::see_other(&back);
    let mut chosen = cookie(&site.app.settings, LANGUAGE_COOKIE, language.as_str());
    chosen.set_max_age(Duration::days(365));
    if let Ok(value) = header::HeaderValue::from_str(&chosen.encoded().to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// A path of this site; anything else becomes the front page, so that nobody is sent elsewhere.
#[must_use]
pub fn own_path(path: &str) -> String {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    if own { path.to_owned() } else { "/".to_owned() }
}

struct FormCard {
    slug: String,
    title: String,
}

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage {
    page: Page,
    forms: Vec<FormCard>,
}

#[derive(Template)]
#[template(path = "site/platform.html")]
struct PlatformPage {
    page: Page,
    practices: Vec<PublishedPractice>,
}

/// The front page: the forms of a municipality, or what the platform is.
///
/// # Errors
/// When the host is nobody's or the database does not answer.
pub async fn home(guest: Guest) -> HandlerResult {
    let site = &guest.site;
    if site.tenant.kind == TenantKind::Platform {
        let tx = site.read_shared().await?;
        return html::ok(&PlatformPage {
            practices: practices::published(&tx, practices::Reader::PUBLIC, None, 3).await?,
            page: Page::guest(&guest),
        });
    }
    let tx = site.read().await?;
    let forms = forms::list(&tx, None)
        .await?
        .into_iter()
        .map(|summary| FormCard {
            title: summary
                .form
                .text(site.language.as_str(), "title")
                .map_or_else(|| summary.slug.clone(), |(title, _)| title.to_owned()),
            slug: summary.slug,
        })
        .collect();
    html::ok(&HomePage {
        page: Page::guest(&guest),
        forms,
    })
}

impl Samples for HomePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let form = FormCard {
            slug: "klacht".to_owned(),
            title: "Klacht of compliment".to_owned(),
        };
        [Vec::new(), vec![form]]
            .map(|forms| Self {
                page: frame.resident(),
                forms,
            })
            .into()
    }
}

impl Samples for PlatformPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [Vec::new(), vec![crate::practices::sample()]]
            .map(|practices| Self {
                page: frame.resident(),
                practices,
            })
            .into()
    }
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<HomePage>("site/home.html"),
    PageSamples::of::<PlatformPage>("site/platform.html"),
    PageSamples::of::<statements::StatementPage>("site/statement.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource(["/healthz", "/health/ready"]).route(get().to(health)))
        .service(web::resource("/robots.txt").route(get().to(robots)))
        .service(web::resource(SECURITY).route(get().to(security)))
        .service(web::resource("/favicon.ico").route(get().to(icon)))
        .service(web::resource("/static/{hash}/{path:.*}").route(get().to(asset)))
        .service(web::resource("/thema-{hash}.css").route(get().to(theme)))
        .service(web::resource("/taal/{name}").route(post().to(choose_language)))
        .service(web::resource("/privacy").route(get().to(statements::privacy)))
        .service(web::resource("/toegankelijkheid").route(get().to(statements::accessibility)))
        .service(web::resource("/").route(get().to(home)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::municipality);
}
