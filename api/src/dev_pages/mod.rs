//! Every page with invented content, in both languages and in the house styles of the demo: for whoever changes a page. The addresses
//! exist in demo mode only; a test keeps their snapshots.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig, get},
};
use askama::Template;
use domain::{Error, Language};
use serde::Deserialize;

use crate::{
    account, administration, audit, automation, bundles, calls, catalogue, clocks, configuration,
    demo, desk, dev_mail, discussion, elsewhere,
    extract::{Guest, PathName, Query},
    first_day, form_editor, formal_complaint, gifts, hosting, house_style,
    html::{self, Page, PageSamples, SampleFrame, Samples},
    inbound, inbox, intake, jobs, mail, measures, openapi, outcomes, people, practices,
    problem::Problem,
    queue, resident, routing, scores, site, subscriptions, teams, text_blocks, texts,
    thinking_along, unsent, workflow,
};

/// The house styles in which the samples are shown, with the name of their municipality.
const STYLES: [(&str, &str); 2] = [
    ("waterdam", "Gemeente Waterdam"),
    ("heuvelrode", "Gemeente Heuvelrode"),
];

/// The rooms whose pages have samples.
const ROOMS: &[&[PageSamples]] = &[
    html::SAMPLES,
    account::SAMPLES,
    administration::SAMPLES,
    audit::SAMPLES,
    automation::SAMPLES,
    calls::SAMPLES,
    clocks::SAMPLES,
    configuration::SAMPLES,
    desk::SAMPLES,
    dev_mail::SAMPLES,
    discussion::SAMPLES,
    first_day::SAMPLES,
    form_editor::SAMPLES,
    formal_complaint::SAMPLES,
    gifts::SAMPLES,
    hosting::SAMPLES,
    house_style::SAMPLES,
    inbound::SAMPLES,
    inbox::SAMPLES,
    intake::SAMPLES,
    jobs::SAMPLES,
    mail::SAMPLES,
    measures::SAMPLES,
    openapi::SAMPLES,
    outcomes::SAMPLES,
    people::SAMPLES,
    practices::SAMPLES,
    catalogue::SAMPLES,
    bundles::SAMPLES,
    workflow::SAMPLES,
    routing::SAMPLES,
    elsewhere::SAMPLES,
    queue::SAMPLES,
    resident::SAMPLES,
    scores::SAMPLES,
    site::SAMPLES,
    subscriptions::SAMPLES,
    teams::SAMPLES,
    text_blocks::SAMPLES,
    texts::SAMPLES,
    thinking_along::SAMPLES,
    unsent::SAMPLES,
];

/// The samples of this room.
const OWN: PageSamples = PageSamples::of::<SamplesPage>("dev_pages/samples.html");

fn all() -> impl Iterator<Item = PageSamples> {
    ROOMS.iter().copied().flatten().copied().chain([OWN])
}

fn frame(style: &str, language: Language, assets: String) -> Option<SampleFrame> {
    let (slug, organisation) = STYLES.into_iter().find(|(slug, _)| *slug == style)?;
    Some(SampleFrame {
        language,
        organisation: organisation.to_owned(),
        texts: Arc::default(),
        style: demo::style(slug),
        assets,
        theme: format!("/dev/paginas/stijl/{slug}"),
    })
}

/// Every page with its samples, in a house style of the demo: path of the template, and each sample as HTML. For the test that keeps what
/// pages look like.
///
/// # Errors
/// When a template cannot be rendered.
pub fn page_samples(
    style: &str,
    language: Language,
) -> Result<Vec<(&'static str, Vec<String>)>, askama::Error> {
    let Some(frame) = frame(style, language, "/static/hash".to_owned()) else {
        return Ok(Vec::new());
    };
    all()
        .map(|page| Ok((page.template, page.render(&frame)?)))
        .collect()
}

struct SampleLink {
    template: &'static str,
    /// Path of each sample.
    paths: Vec<String>,
}

#[derive(Template)]
#[template(path = "dev_pages/samples.html")]
struct SamplesPage {
    page: Page,
    links: Vec<SampleLink>,
    /// Language, house style and address of this page in both.
    variants: Vec<(String, String)>,
}

/// Which sample, and how it is shown.
#[derive(Deserialize)]
pub struct SampleQuery {
    pagina: Option<String>,
    nummer: Option<usize>,
    taal: Option<Language>,
    stijl: Option<String>,
}

impl SampleQuery {
    fn frame(&self, guest: &Guest) -> Result<SampleFrame, Problem> {
        let language = self.taal.unwrap_or(guest.site.language);
        let style = self.stijl.as_deref().unwrap_or("waterdam");
        let frame = frame(style, language, guest.site.app.assets.base());
        frame.ok_or_else(|| Error::NotFound.into())
    }
}

fn samples_page(page: Page, query: &str, links: Vec<(&'static str, usize)>) -> SamplesPage {
    let links = links
        .into_iter()
        .map(|(template, count)| SampleLink {
            template,
            paths: (0..count)
                .map(|number| format!("/dev/paginas/een?pagina={template}&nummer={number}&{query}"))
                .collect(),
        })
        .collect();
    let variants = STYLES
        .into_iter()
        .flat_map(|(slug, organisation)| {
            Language::ALL.iter().map(move |language| {
                let path = format!("/dev/paginas?taal={language}&stijl={slug}");
                (path, format!("{organisation} ({language})"))
            })
        })
        .collect();
    SamplesPage {
        page,
        links,
        variants,
    }
}

/// All samples.
///
/// # Errors
/// When there is no such house style.
pub async fn list(guest: Guest, query: Query<SampleQuery>) -> Result<HttpResponse, Problem> {
    let frame = query.0.frame(&guest)?;
    let links = all()
        .map(|page| Ok((page.template, page.render(&frame)?.len())))
        .collect::<Result<_, askama::Error>>()
        .map_err(Error::bug)?;
    let style = query.0.stijl.as_deref().unwrap_or("waterdam");
    let chosen = format!("taal={}&stijl={style}", frame.language);
    html::ok(&samples_page(Page::guest(&guest), &chosen, links))
}

/// One sample.
///
/// # Errors
/// When there is no such sample.
pub async fn show(guest: Guest, query: Query<SampleQuery>) -> Result<HttpResponse, Problem> {
    let frame = query.0.frame(&guest)?;
    let wanted = query.0.pagina.as_deref().unwrap_or_default();
    let page = all()
        .find(|page| page.template == wanted)
        .ok_or(Error::NotFound)?;
    let samples = page.render(&frame).map_err(Error::bug)?;
    let sample = samples
        .into_iter()
        .nth(query.0.nummer.unwrap_or_default())
        .ok_or(Error::NotFound)?;
    Ok(html::answer(StatusCode::OK, sample))
}

/// The stylesheet of a house style.
///
/// # Errors
/// When there is no such house style.
pub async fn theme(slug: PathName) -> Result<HttpResponse, Problem> {
    if !STYLES.iter().any(|(known, _)| *known == slug.0) {
        return Err(Error::NotFound.into());
    }
    let style = demo::style(&slug.0).stylesheet().unwrap_or_default();
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(style.css))
}

impl Samples for SamplesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let links = vec![("html/error.html", 2)];
        vec![samples_page(
            frame.resident(),
            "taal=nl&stijl=waterdam",
            links,
        )]
    }
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/dev/paginas").route(get().to(list)))
        .service(web::resource("/dev/paginas/een").route(get().to(show)))
        .service(web::resource("/dev/paginas/stijl/{name}").route(get().to(theme)));
}
