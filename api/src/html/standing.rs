//! Pages of a municipality that is being prepared, suspended or gone: what is the matter, and where to go now.

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use tenants::TenantState;

use super::{Page, SampleFrame, Samples, render};
use crate::extract::{self, Site};

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is being prepared; to residents.
    Preparing,
    /// It is suspended; to staff.
    Suspended,
    /// It is gone; to everybody.
    Left,
}

impl Said {
    const fn key(self) -> &'static str {
        match self {
            Self::Preparing => "standing-preparing",
            Self::Suspended => "standing-suspended",
            Self::Left => "standing-left",
        }
    }
}

/// Why a municipality is suspended, and whom its staff can ask.
#[derive(Clone, Debug, Default)]
struct Suspension {
    since: String,
    reason: String,
    name: String,
    phone: Option<String>,
    email: String,
}

#[derive(Template)]
#[template(path = "html/standing.html")]
pub(super) struct StandingPage {
    page: Page,
    title: String,
    lead: String,
    suspension: Option<Suspension>,
}

impl StandingPage {
    fn new(page: Page, said: Said, suspension: Option<Suspension>) -> Self {
        let key = said.key();
        let text = |key: &str| page.tr_with(key, "organisation", &page.organisation);
        Self {
            title: text(&format!("{key}-title")),
            lead: text(&format!("{key}-lead")),
            suspension,
            page,
        }
    }
}

/// The page that says how the municipality stands.
pub(crate) async fn standing_page(
    request: &HttpRequest,
    said: Said,
    status: StatusCode,
) -> HttpResponse {
    let page = Page::for_error(request).await;
    let suspension = match said {
        Said::Suspended => suspension(request, &page).await,
        Said::Preparing | Said::Left => None,
    };
    render(status, &StandingPage::new(page, said, suspension))
        .unwrap_or_else(|_| HttpResponse::build(status).finish())
}

async fn suspension(request: &HttpRequest, page: &Page) -> Option<Suspension> {
    let site = Site::extract(request).await.ok()?;
    let app = extract::app_state(request).ok()?;
    let platform = app.directory.platform().await.ok()??;
    Some(Suspension {
        since: page.day(site.tenant.state_since),
        reason: site.tenant.state_reason.clone().unwrap_or_default(),
        name: platform.name.clone(),
        phone: platform.contact.phone.clone(),
        email: platform.contact.email.clone(),
    })
}

impl Page {
    /// Whether residents find their forms and messages here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, TenantState::Active | TenantState::Suspended)
    }

    /// Whether staff signs in here.
    #[must_use]
    pub fn has_staff(&self) -> bool {
        self.state != TenantState::Left
    }

    /// Whether residents are told how else they reach the municipality.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.state == TenantState::Suspended && self.reader.is_none()
    }
}

impl Samples for StandingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |said, state, suspension| {
            let mut page = frame.resident();
            page.state = state;
            Self::new(page, said, suspension)
        };
        let suspension = Suspension {
            since: frame.resident().day(chrono::DateTime::UNIX_EPOCH),
            reason: "Het contract is afgelopen.".to_owned(),
            name: "Gehoord".to_owned(),
            phone: Some("14 0123".to_owned()),
            email: "platform@gehoord.example".to_owned(),
        };
        vec![
            page(Said::Preparing, TenantState::Preparing, None),
            page(Said::Suspended, TenantState::Suspended, Some(suspension)),
            page(Said::Suspended, TenantState::Suspended, None),
            page(Said::Left, TenantState::Left, None),
        ]
    }
}
