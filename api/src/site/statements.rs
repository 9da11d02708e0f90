//! What a municipality tells about privacy and about accessibility, on every page's last lines. The texts are about this product; the
//! municipality's own statement, which tells about all it does, is linked beside them.

use askama::Template;
use domain::forms::ProseBlock;

use crate::{
    extract::Guest,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// Headings with their paragraphs, as keys of texts.
type Sections = &'static [(&'static str, &'static str)];

/// What the law wants to be told (GDPR art. 13).
const PRIVACY: Sections = &[
    ("privacy-what-title", "privacy-what"),
    ("privacy-why-title", "privacy-why"),
    ("privacy-who-title", "privacy-who"),
    ("privacy-how-long-title", "privacy-how-long"),
    ("privacy-rights-title", "privacy-rights"),
    ("privacy-cookies-title", "privacy-cookies"),
];

/// What the law wants to be told (Tijdelijk besluit digitale toegankelijkheid overheid, art. 4).
const ACCESSIBILITY: Sections = &[
    ("accessibility-how-title", "accessibility-how"),
    ("accessibility-status-title", "accessibility-status"),
    ("accessibility-report-title", "accessibility-report"),
    ("accessibility-escalate-title", "accessibility-escalate"),
];

#[derive(Template)]
#[template(path = "site/statement.html")]
pub(super) struct StatementPage {
    page: Page,
    name: &'static str,
    /// Name of the page that the municipality can write itself.
    written: &'static str,
    sections: Sections,
    /// Address of the municipality's own statement.
    own: Option<String>,
}

impl StatementPage {
    /// A text that each statement has its own of.
    fn text(&self, part: &str) -> String {
        let key = format!("{}-{part}", self.name);
        self.page
            .tr_with(&key, "organisation", &self.page.organisation)
    }
}

/// What happens with what residents tell.
pub async fn privacy(guest: Guest) -> HandlerResult {
    html::ok(&StatementPage {
        page: Page::guest(&guest),
        name: "privacy",
        written: "privacy-page",
        sections: PRIVACY,
        own: guest.site.tenant.contact.privacy_url.clone(),
    })
}

/// For whom the pages work, and what to do when they do not.
pub async fn accessibility(guest: Guest) -> HandlerResult {
    html::ok(&StatementPage {
        page: Page::guest(&guest),
        name: "accessibility",
        written: "accessibility-page",
        sections: ACCESSIBILITY,
        own: guest.site.tenant.contact.accessibility_url.clone(),
    })
}

impl Samples for StatementPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |name, sections, own: Option<&str>| Self {
            page: frame.resident(),
            name,
            written: "privacy-page",
            sections,
            own: own.map(str::to_owned),
        };
        vec![
            page("privacy", PRIVACY, Some("https://gemeente.example/privacy")),
            page("accessibility", ACCESSIBILITY, None),
        ]
    }
}
