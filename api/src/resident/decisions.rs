//! What a resident decides about a message, asked once more: taking it back, and making it an official complaint.

use askama::Template;
use domain::{
    cases::{self, Kind},
    resident::{self, Wish, WordRequest},
};

use super::page::wish;
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

    fn wish(self, request: WordRequest) -> Wish {
        match self {
            Self::Withdraw => Wish::Withdraw(request),
            Self::Complain => Wish::Complain(request),
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
    let kind = if let (_, Some(case)) = cases::by_code(&tx, code).await? {
        case.kind
    } else {
        drop(tx);
        // Nothing of this is kept: it is no case yet.
        let tx = site.write().await?;
        resident::opened(&tx, code, site.links()).await?.case.kind
    };
    let status = shown.status;
    let page = DecisionPage::new(Page::public(site), decision, code, kind, shown);
    html::render(status, &page)
}

async fn take(site: Site, decision: Decision, code: &str, posted: Posted) -> HandlerResult {
    let (_, _, flash) = decision.words();
    let fields = posted.0;
    let done = match fields.read() {
        Ok(request) => {
            let wishes = vec![decision.wish(request)];
            wish(&site, code, wishes, async |_| Ok(())).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => {
            let place = format!("/melding/{code}");
            Ok(html::redirect_with_flash(flash, &place))
        }
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, site.language)?;
            ask(&site, decision, code, refused.on("resident")).await
        }
    }
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
