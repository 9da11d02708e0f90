//! What a resident decides about a message, asked once more: taking it back, and making it an official complaint.

use askama::Template;
use domain::{
    Error,
    cases::{Case, Kind},
    resident::{self, WordRequest},
};
use tenants::TenantTx;

use super::page::opened;
use crate::{
    csrf::Posted,
    extract::{Municipality, PathName, Site},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// A decision.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Withdraw,
    Complain,
}

impl Decision {
    /// Its part of keys of texts, its part of the address, and what the page says when it is done.
    fn words(self) -> (&'static str, &'static str, Flash) {
        match self {
            Self::Withdraw => ("withdraw", "intrekken", Flash::MessageWithdrawn),
            Self::Complain => ("complain", "klacht", Flash::ComplaintNoted),
        }
    }

    async fn take(self, tx: &TenantTx, case: &Case, request: WordRequest) -> Result<(), Error> {
        match self {
            Self::Withdraw => resident::withdraw(tx, case, request).await,
            Self::Complain => resident::complain(tx, case, request).await,
        }
    }
}

#[derive(Template)]
#[template(path = "resident/decision.html")]
pub(super) struct DecisionPage {
    page: Page,
    title: String,
    about: String,
    button: String,
    action: String,
    back: String,
    form: FormState,
    notice: Option<Notice>,
}

impl DecisionPage {
    fn new(page: Page, decision: Decision, code: &str, kind: Kind, shown: FormPage) -> Self {
        let (word, address, _) = decision.words();
        let language = page.language;
        let text = |part: &str| language.text(&format!("resident-{word}-{part}"));
        let about = match (decision, kind) {
            (Decision::Withdraw, Kind::Complaint) => text("about-complaint"),
            (Decision::Complain, Kind::Complaint) => text("about-again"),
            _ => text("about"),
        };
        Self {
            title: text("title"),
            about,
            button: text("do"),
            action: format!("/melding/{code}/{address}"),
            back: format!("/melding/{code}"),
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }
}

async fn ask(site: &Site, decision: Decision, code: &str, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let (_, case) = opened(&tx, code).await?;
    let status = shown.status;
    let page = DecisionPage::new(Page::public(site), decision, code, case.kind, shown);
    html::render(status, &page)
}

async fn take(site: Site, decision: Decision, code: &str, posted: Posted) -> HandlerResult {
    let (_, _, flash) = decision.words();
    html::form_page(
        &site,
        posted.0,
        async |tx, fields| {
            let (_, case) = opened(tx, code).await?;
            decision.take(tx, &case, fields.read()?).await?;
            Ok(html::redirect_with_flash(
                flash,
                &format!("/melding/{code}"),
            ))
        },
        async |refused| ask(&site, decision, code, refused.on("resident")).await,
    )
    .await
}

/// Asks whether the message is taken back.
pub async fn ask_withdraw(site: Municipality, code: PathName) -> HandlerResult {
    ask(&site.0, Decision::Withdraw, &code.0, FormPage::default()).await
}

/// Takes the message back.
pub async fn withdraw(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    take(site.0, Decision::Withdraw, &code.0, posted).await
}

/// Asks whether it is an official complaint.
pub async fn ask_complain(site: Municipality, code: PathName) -> HandlerResult {
    ask(&site.0, Decision::Complain, &code.0, FormPage::default()).await
}

/// Makes it an official complaint.
pub async fn complain(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    take(site.0, Decision::Complain, &code.0, posted).await
}

impl Samples for DecisionPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page =
            |decision, kind, shown| Self::new(frame.resident(), decision, "code", kind, shown);
        let refused = FormPage::refused_sample("text", "unreadable", frame.language);
        vec![
            page(Decision::Withdraw, Kind::Complaint, FormPage::default()),
            page(Decision::Complain, Kind::Tip, FormPage::default()),
            page(Decision::Withdraw, Kind::Tip, refused),
        ]
    }
}
