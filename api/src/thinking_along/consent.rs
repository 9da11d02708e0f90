//! Consent to be asked to think along, given on the page of a message that was closed, and taken back with a link.

use askama::Template;
use domain::{
    Error,
    cases::{self, Case},
    thinking_along::{self, DocumentKind},
};

use super::brake_mails;
use crate::{
    csrf::{Fields, Posted},
    extract::{Municipality, PathName, Site},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

/// How often people can choose to be asked in a year.
const TIMES: [&str; 4] = ["1", "2", "4", "12"];

#[derive(Template)]
#[template(path = "thinking_along/consent.html")]
pub(super) struct ConsentPage {
    page: Page,
    back: String,
    is_member: bool,
    topics: Vec<Choice>,
    times: Vec<Choice>,
    form: FormState,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "thinking_along/stop.html")]
pub(super) struct StopPage {
    page: Page,
    /// Whether the link still ends something.
    is_member: bool,
    action: String,
}

impl ConsentPage {
    fn new(page: Page, code: &str, is_member: bool, shown: FormPage) -> Self {
        let form = shown.form;
        let often = form.value_or("mostAYear", "2");
        Self {
            back: format!("/melding/{code}"),
            is_member,
            topics: Choice::all(DocumentKind::ALL, "consent-topic", page.language, |kind| {
                form.chose("topics", kind)
            }),
            times: (TIMES.iter())
                .map(|most| {
                    let text = page.tr_with("consent-times", "most", most);
                    Choice::new(*most, text, *most == often)
                })
                .collect(),
            notice: shown.notice,
            form,
            page,
        }
    }
}

/// The message that was closed.
async fn closed(tx: &tenants::TenantTx, code: &str) -> Result<Case, Problem> {
    let (_, case) = cases::by_code(tx, code).await?;
    let case = case.filter(|case| !case.status.is_open());
    case.ok_or_else(|| Error::NotFound.into())
}

async fn show(site: &Site, code: &str, mut shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let case = closed(&tx, code).await?;
    let email = case.contact_email.unwrap_or_default();
    let is_member = thinking_along::is_member(&tx, &email).await?;
    if shown.form.fields().get("email").is_none() {
        shown.form = shown.form.with("email", email);
    }
    let status = shown.status;
    html::render(
        status,
        &ConsentPage::new(Page::public(site), code, is_member, shown),
    )
}

/// Asks whether somebody may be asked to think along.
pub async fn page(site: Municipality, code: PathName) -> HandlerResult {
    show(&site.0, &code.0, FormPage::default()).await
}

/// Keeps the consent.
pub async fn give(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let (site, code) = (site.0, code.0);
    html::form_page(
        &site,
        posted.0,
        async |tx, fields: &Fields| {
            let case = closed(tx, &code).await?;
            brake_mails(&site)?;
            thinking_along::consent(tx, &case, &fields.read()?, site.links()).await?;
            let place = format!("/melding/{code}");
            Ok(html::redirect_with_flash(Flash::ConsentGiven, &place))
        },
        async |refused| show(&site, &code, refused.on("consent")).await,
    )
    .await
}

/// Asks whether somebody no longer wants to be asked.
pub async fn ask_stop(site: Municipality, code: PathName) -> HandlerResult {
    let tx = site.0.read().await?;
    html::ok(&StopPage {
        page: Page::public(&site.0),
        is_member: thinking_along::will_stop(&tx, &code.0).await?,
        action: format!("/meedenken/panel/{}", code.0),
    })
}

/// Ends the consent. Pressed twice, it has ended.
pub async fn stop(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let place = format!("/meedenken/panel/{}", code.0);
    html::form_page(
        &site.0,
        posted.0,
        async |tx, _| {
            thinking_along::stop(tx, &code.0).await?;
            Ok(html::redirect_with_flash(Flash::ConsentEnded, &place))
        },
        async |_| Ok(html::see_other(&place)),
    )
    .await
}

/// As [`stop`], with the personal link of a round.
pub async fn stop_seat(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let place = format!("/meedenken/mijn/{}", code.0);
    html::form_page(
        &site.0,
        posted.0,
        async |tx, _| {
            thinking_along::stop_seat(tx, &code.0).await?;
            Ok(html::redirect_with_flash(Flash::ConsentEnded, &place))
        },
        async |_| Ok(html::see_other(&place)),
    )
    .await
}

impl Samples for ConsentPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let refused = FormPage::refused_sample("agreed", "required", frame.language);
        let page = |is_member, shown| Self::new(frame.resident(), "code", is_member, shown);
        vec![page(false, refused), page(true, FormPage::default())]
    }
}

impl Samples for StopPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |is_member| Self {
            page: frame.resident(),
            is_member,
            action: "/meedenken/panel/code".to_owned(),
        };
        vec![page(true), page(false)]
    }
}
