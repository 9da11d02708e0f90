//! Asking for a subscription on the platform's own host, in two steps: the form, and the link in the mail.

use askama::Template;
use domain::{practices::Municipality, subscriptions};

use super::{brake, places, plans};
use crate::{
    csrf::Posted,
    extract::{PathName, Platform, Site},
    html::{
        self, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples, values::Choice,
    },
    idempotency::OneTimeForm,
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "subscriptions/ask.html")]
pub(super) struct AskPage {
    page: Page,
    places: Vec<Choice>,
    plans: Vec<Choice>,
    sent: bool,
    form: FormState,
    notice: Option<Notice>,
}

impl AskPage {
    fn new(page: Page, shown: FormPage, sent: bool) -> Self {
        let place = [shown.form.value("code").to_owned()];
        Self {
            places: places(&page, &place),
            plans: plans(&page, shown.form.value_or("plan", "small")),
            sent,
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }
}

fn show(site: &Site, shown: FormPage, sent: bool) -> HandlerResult {
    html::render(shown.status, &AskPage::new(Page::public(site), shown, sent))
}

/// The form.
pub async fn form(platform: Platform) -> HandlerResult {
    show(&platform.0, FormPage::default(), false)
}

/// What follows now.
pub async fn sent(platform: Platform) -> HandlerResult {
    show(&platform.0, FormPage::default(), true)
}

/// Keeps the request and mails the link, once. Whoever presses twice, or goes back and presses again, gets the same page.
pub async fn send(platform: Platform, posted: Posted) -> HandlerResult {
    let (site, fields) = (&platform.0, posted.0);
    let once = OneTimeForm::of_visitor("/aanmelden", &fields);
    let done = once.execute_at(site, async |tx| {
        brake(site)?;
        subscriptions::ask(tx, &fields.read()?, site.links(), site.language).await?;
        Ok("/aanmelden/verstuurd".to_owned())
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, site.language)?;
            show(site, refused.on("ask"), false)
        }
    }
}

#[derive(Template)]
#[template(path = "subscriptions/confirm.html")]
pub(super) struct ConfirmPage {
    page: Page,
    place: &'static str,
    path: String,
    confirmed: bool,
}

fn place(code: &str) -> &'static str {
    Municipality::by_code(code).map_or("", |place| place.name)
}

/// The page of the link: mail scanners look at it too, so it changes nothing.
pub async fn confirmation(platform: Platform, code: PathName) -> HandlerResult {
    let site = &platform.0;
    let tx = site.read().await?;
    let request = subscriptions::by_code(&tx, &code.0).await?;
    html::ok(&ConfirmPage {
        page: Page::public(site),
        place: place(&request.code),
        path: format!("/aanmelden/bevestigen/{}", code.0),
        confirmed: request.confirmed_at.is_some(),
    })
}

/// Confirms the request.
pub async fn confirm(platform: Platform, code: PathName, _: Posted) -> HandlerResult {
    let tx = platform.0.write().await?;
    subscriptions::confirm(&tx, &code.0).await?;
    tx.commit().await?;
    let path = format!("/aanmelden/bevestigen/{}", code.0);
    Ok(html::see_other(&path))
}

impl Samples for AskPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |shown, sent| {
            let mut sample = Self::new(frame.resident(), shown, sent);
            sample.places.truncate(5);
            sample
        };
        vec![
            page(FormPage::default(), false),
            page(
                FormPage::refused_sample("email", "not_an_email", frame.language),
                false,
            ),
            page(FormPage::default(), true),
        ]
    }
}

impl Samples for ConfirmPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [false, true]
            .map(|confirmed| Self {
                page: frame.resident(),
                place: "Schagen",
                path: "/aanmelden/bevestigen/code".to_owned(),
                confirmed,
            })
            .into()
    }
}
