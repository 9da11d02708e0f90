//! Confirming another address or number, by the link in a mail.

use askama::Template;
use domain::resident::{self, ContactChange};

use crate::{
    csrf::Posted,
    extract::{Municipality, PathName, Site},
    html::{self, Flash, FormPage, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "resident/confirm.html")]
pub(super) struct ConfirmPage {
    page: Page,
    what: String,
    action: String,
    notice: Option<Notice>,
}

impl ConfirmPage {
    fn new(page: Page, code: &str, field: resident::ContactField, shown: FormPage) -> Self {
        Self {
            what: page.language.term("contact-field", field),
            action: format!("/melding/bevestigen/{code}"),
            notice: shown.notice,
            page,
        }
    }
}

async fn show(site: &Site, code: &str, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let ContactChange { field, .. } = resident::change_by_code(&tx, code).await?;
    let status = shown.status;
    html::render(
        status,
        &ConfirmPage::new(Page::public(site), code, field, shown),
    )
}

/// Asks whether the change is right. Opening it changes nothing: mail scanners open links too.
pub async fn ask(site: Municipality, code: PathName) -> HandlerResult {
    show(&site.0, &code.0, FormPage::default()).await
}

/// Confirms the change.
pub async fn confirm(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    html::form_page(
        &site.0,
        posted.0,
        async |tx, _| {
            resident::confirm_change(tx, &code.0).await?;
            Ok(html::redirect_with_flash(
                Flash::ContactConfirmed,
                "/melding",
            ))
        },
        async |refused| show(&site.0, &code.0, refused.into()).await,
    )
    .await
}

impl Samples for ConfirmPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let field = resident::ContactField::Email;
        vec![Self::new(
            frame.resident(),
            "code",
            field,
            FormPage::default(),
        )]
    }
}
