//! Opening: what residents will see, what is still missing, and the one press that makes it live.

use askama::Template;
use chrono::Days;
use domain::{Error, cases, clocks, first_day, forms, texts};
use tenants::{TenantState, TenantTx, permission::may};

use super::{
    FIRST_DAY,
    view::{self, StepView},
};
use crate::{
    clocks::view::hours,
    csrf::Posted,
    extract::Staff,
    html::{self, Flash, FormPage, Page, SampleFrame, Samples, form_page},
    problem::{HandlerResult, Problem},
};

/// What residents will see.
struct Seen {
    /// Title of the front page.
    title: String,
    /// Titles of the forms.
    forms: Vec<String>,
    /// What is promised.
    promise: Option<String>,
    /// The week that begins today: the day and its hours.
    hours: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "first_day/opening.html")]
pub(super) struct OpeningPage {
    page: Page,
    shown: FormPage,
    is_preparing: bool,
    seen: Seen,
    /// Steps that were not done.
    missing: Vec<StepView>,
    /// Ways to reach the municipality that residents will not find.
    unknown: Vec<String>,
    trials: usize,
}

async fn seen(tx: &TenantTx, page: &Page) -> Result<Seen, Problem> {
    let language = page.language;
    let titles = forms::list(tx, None).await?.into_iter().map(|form| {
        let title = form.form.text(language.as_str(), "title");
        title.map_or(form.slug.clone(), |(title, _)| title.to_owned())
    });
    let current = Error::optional(clocks::current(tx).await)?;
    let today = page.now.with_timezone(&page.zone).date_naive();
    let week = (0..7).filter_map(|day| today.checked_add_days(Days::new(day)));
    Ok(Seen {
        title: texts::say(&page.texts, language, "home-title", &[]),
        forms: titles.collect(),
        promise: (current.as_ref())
            .map(|current| clocks::words::promise_text(&current.rule, &current.terms, language)),
        hours: (current.iter())
            .flat_map(|current| week.clone().map(|day| (day, hours(&current.calendar, day))))
            .map(|(day, hours)| (page.on(&day).text, hours))
            .collect(),
    })
}

fn unknown(page: &Page) -> Vec<String> {
    let contact = &page.contact;
    let ways = [
        ("phone", contact.phone.is_some()),
        ("website", contact.website.is_some()),
        ("post", contact.post.is_some()),
        (
            "privacy",
            contact.privacy_url.is_some() || page.written("privacy-page").is_some(),
        ),
        (
            "accessibility",
            contact.accessibility_url.is_some() || page.written("accessibility-page").is_some(),
        ),
    ];
    let missing = ways.iter().filter(|(_, is_known)| !is_known);
    missing
        .map(|(way, _)| page.tr(&format!("opening-unknown-{way}")))
        .collect()
}

async fn build(actor: &Staff<may::OpenMunicipality>, shown: FormPage) -> HandlerResult {
    let page = Page::staff(actor);
    let tx = actor.read().await?;
    let (day, _) = view::read(&tx, actor).await?;
    let page = OpeningPage {
        is_preparing: day.state == TenantState::Preparing,
        seen: seen(&tx, &page).await?,
        missing: view::left(&day, page.language),
        unknown: unknown(&page),
        trials: cases::trials(&tx).await?.len(),
        shown,
        page,
    };
    html::render(page.shown.status, &page)
}

/// What will be live, and what is missing.
pub async fn show(actor: Staff<may::OpenMunicipality>) -> HandlerResult {
    build(&actor, FormPage::default()).await
}

/// Opens the municipality.
pub async fn open(actor: Staff<may::OpenMunicipality>, posted: Posted) -> HandlerResult {
    let done = form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            let (tenant, links) = actor.site.links();
            first_day::open(tx, tenant, actor.member().id, links).await?;
            Ok(html::redirect_with_flash(Flash::Opened, FIRST_DAY))
        },
        async |refused| build(&actor, refused.into()).await,
    );
    let answer = done.await?;
    actor.site.forget_tenant().await;
    Ok(answer)
}

impl Samples for OpeningPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |state, done, trials, is_full: bool| {
            let page = frame.staff();
            let day = super::pages::sample(state, done);
            Self {
                shown: FormPage::default(),
                is_preparing: state == TenantState::Preparing,
                seen: Seen {
                    title: page.tr("home-title"),
                    forms: (is_full
                        .then(|| "Klacht of compliment".to_owned())
                        .into_iter())
                    .collect(),
                    promise: is_full.then(|| "Wij bellen binnen 1 werkdag.".to_owned()),
                    hours: (is_full.then(|| ("ma 30 nov".to_owned(), "08:30-17:00".to_owned())))
                        .into_iter()
                        .chain(is_full.then(|| ("zo 6 dec".to_owned(), String::new())))
                        .collect(),
                },
                missing: view::left(&day, frame.language),
                unknown: unknown(&page),
                trials,
                page,
            }
        };
        vec![
            page(TenantState::Preparing, 0, 0, false),
            page(TenantState::Preparing, 5, 2, true),
            page(TenantState::Active, 8, 0, true),
        ]
    }
}
