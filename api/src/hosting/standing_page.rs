//! How a municipality stands, as a page for the operator: suspend, resume, leave.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::hosting::{self, Standing, StandingRequest, StandingStep};
use tenants::{TenantState, permission::may};

use super::place;
use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "hosting/standing.html")]
pub(super) struct StandingPage {
    page: Page,
    form: FormState,
    notice: Option<Notice>,
    standing: Standing,
    steps: Vec<StandingStep>,
}

impl StandingPage {
    fn new(page: Page, standing: Standing, shown: FormPage) -> Self {
        let steps = StandingStep::ALL.iter().copied();
        Self {
            steps: steps.filter(|step| step.fits(standing.state)).collect(),
            standing,
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }

    /// The colour of the state.
    fn tone(&self) -> &'static str {
        match self.standing.state {
            TenantState::Active => "ok",
            TenantState::Preparing => "info",
            TenantState::Suspended => "soon",
            TenantState::Left => "quiet",
        }
    }
}

async fn page(
    operator: &Staff<may::OperatePlatform>,
    slug: &str,
    shown: FormPage,
) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    let standing = hosting::standing(&tx, slug).await?;
    let status = shown.status;
    html::render(
        status,
        &StandingPage::new(Page::staff(operator), standing, shown),
    )
}

/// How a municipality stands.
pub async fn show(operator: Staff<may::OperatePlatform>, slug: PathName) -> HandlerResult {
    page(&operator, &slug.0, FormPage::default()).await
}

/// Suspends a municipality, resumes it, or ends it.
pub async fn change(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let site = &operator.site;
    let done = async {
        let step = fields.text("step");
        let step: StandingStep = step
            .parse()
            .map_err(|_| domain::Error::invalid("step", "not_an_option"))?;
        let request = StandingRequest {
            reason: fields.text("reason").to_owned(),
        };
        let by = place::operator(&operator);
        let standing = hosting::change(&site.app.db, by, &slug.0, step, &request).await?;
        place::forget(site, standing.id).await
    };
    let done: Result<(), Problem> = done.await;
    match done {
        Ok(()) => {
            let path = format!("/platform/gemeenten/{}/stand", slug.0);
            Ok(html::redirect_with_flash(Flash::StandingChanged, &path))
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, site.language)?;
            page(&operator, &slug.0, refused.on("standing")).await
        }
    }
}

impl Samples for StandingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let since: DateTime<Utc> = DateTime::UNIX_EPOCH;
        let page = |state, reason: Option<&str>, shown| {
            let standing = Standing {
                slug: "waterdam".to_owned(),
                name: "Gemeente Waterdam".to_owned(),
                state,
                since,
                reason: reason.map(str::to_owned),
                id: uuid::Uuid::nil().into(),
            };
            Self::new(frame.staff(), standing, shown)
        };
        let refused = FormPage::refused_sample("reason", "required", frame.language);
        vec![
            page(TenantState::Preparing, None, FormPage::default()),
            page(TenantState::Active, None, refused),
            page(
                TenantState::Suspended,
                Some("Het contract is afgelopen."),
                FormPage::default(),
            ),
            page(
                TenantState::Left,
                Some("De gemeente is opgegaan in Rivierstad."),
                FormPage::default(),
            ),
        ]
    }
}
