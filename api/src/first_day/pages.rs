//! The first day as a page: one step at a time, all steps, what was tried out, and the way to opening.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Error, cases,
    first_day::{self, FirstDay, Step, StepItem, StepRequest, StepState},
};
use tenants::{TenantState, permission::may};

use super::{
    FIRST_DAY,
    view::{Places, StepView, read, step_view},
};
use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, Page, SampleFrame, Samples, form_page},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "first_day/first_day.html")]
pub(super) struct FirstDayPage {
    page: Page,
    shown: FormPage,
    is_preparing: bool,
    /// How far it is, in words.
    progress: String,
    /// What to do now.
    now: Option<StepView>,
    steps: Vec<StepView>,
    /// References of messages that were sent to try the form out.
    trials: Vec<String>,
}

impl FirstDayPage {
    fn new(
        page: Page,
        (day, places): (&FirstDay, &Places),
        trials: Vec<String>,
        shown: FormPage,
    ) -> Self {
        let language = page.language;
        let view = |item: StepItem| step_view(item, places, language);
        let next = day.next();
        let now = day.steps.iter().find(|item| Some(item.step) == next);
        let (finished, all) = (day.finished().to_string(), day.steps.len().to_string());
        Self {
            is_preparing: day.state == TenantState::Preparing,
            progress: page.tr_with2("first-day-progress", "done", finished, "all", all),
            now: now.copied().map(view),
            steps: day.steps.iter().copied().map(view).collect(),
            trials,
            shown,
            page,
        }
    }
}

async fn build(actor: &Staff<may::OpenMunicipality>, shown: FormPage) -> HandlerResult {
    let tx = actor.read().await?;
    let (day, places) = read(&tx, actor).await?;
    let trials = cases::trials(&tx).await?.into_iter();
    let trials = trials.map(|trial| trial.reference).collect();
    let status = shown.status;
    let page = FirstDayPage::new(Page::staff(actor), (&day, &places), trials, shown);
    html::render(status, &page)
}

/// The first day.
pub async fn show(actor: Staff<may::OpenMunicipality>) -> HandlerResult {
    build(&actor, FormPage::default()).await
}

/// Puts a step off, sets it aside or takes it up again.
pub async fn decide(
    actor: Staff<may::OpenMunicipality>,
    name: PathName,
    posted: Posted,
) -> HandlerResult {
    let step: Step = name.0.parse().map_err(|_| Error::NotFound)?;
    form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            let from_start = fields.text("_terug") == "/beheer";
            let request: StepRequest = fields.clone().without("_terug").read()?;
            first_day::decide(tx, actor.member().id, step, &request).await?;
            let back = if from_start { "/beheer" } else { FIRST_DAY };
            Ok(html::redirect_with_flash(Flash::FirstDayStep, back))
        },
        async |refused| build(&actor, refused.into()).await,
    )
    .await
}

/// Removes all that was sent to try the form out.
pub async fn remove_trials(actor: Staff<may::OpenMunicipality>, posted: Posted) -> HandlerResult {
    form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            first_day::remove_trials(tx, actor.member().id).await?;
            Ok(html::redirect_with_flash(Flash::TrialsRemoved, FIRST_DAY))
        },
        async |refused| build(&actor, refused.into()).await,
    )
    .await
}

/// A first day of which so many steps were done.
pub(crate) fn sample(state: TenantState, done: usize) -> FirstDay {
    let step = |(at, step): (usize, &Step)| StepItem {
        step: *step,
        state: match at {
            at if at < done => StepState::Done,
            at if at == done + 1 => StepState::Later,
            at if at == done + 2 => StepState::Dismissed,
            _ => StepState::Open,
        },
    };
    FirstDay {
        state,
        steps: Step::ALL.iter().enumerate().map(step).collect(),
    }
}

impl Samples for FirstDayPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let waiting = Places {
            form: Some("klacht".to_owned()),
            bundle: Some("1".to_owned()),
        };
        let page = |state, done, places: &Places, trials: &[&str], shown| {
            let trials = trials.iter().copied().map(str::to_owned).collect();
            let day = sample(state, done);
            Self::new(frame.staff(), (&day, places), trials, shown)
        };
        let none = Places::default();
        let refused = FormPage::refused_sample("state", "not_an_option", frame.language);
        debug_assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        vec![
            page(TenantState::Preparing, 0, &none, &[], FormPage::default()),
            page(TenantState::Preparing, 2, &waiting, &["TEST-9XTR"], refused),
            page(TenantState::Active, 8, &none, &[], FormPage::default()),
        ]
    }
}
