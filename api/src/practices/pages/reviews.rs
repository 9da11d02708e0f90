//! What an editor of the exchange judges.

use askama::Template;
use domain::practices::{
    self, Checklist, PracticeId, PracticeReview, PublishedPractice, ReviewState,
};
use serde::Deserialize;
use tenants::{PlatformTx, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, pagination::After},
    practices::{
        PAGE, record,
        text::{Part, doubts, parts},
    },
    problem::{HandlerResult, Problem},
};
use domain::audit::Action;

#[derive(Template)]
#[template(path = "practices/reviews.html")]
pub(crate) struct ReviewsPage {
    pub(super) page: Page,
    pub(super) rows: Vec<PracticeReview>,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "practices/review.html")]
pub(crate) struct ReviewPage {
    pub(super) page: Page,
    pub(super) review: PracticeReview,
    pub(super) same_title: Vec<PublishedPractice>,
    pub(super) parts: Vec<Part>,
    pub(super) doubts: i64,
    pub(super) is_waiting: bool,
    pub(super) checks: [&'static str; 4],
    pub(super) form: FormState,
    pub(super) notice: Option<Notice>,
}

/// What an editor ticks.
pub(super) const CHECKS: [&str; 4] = ["personalData", "claims", "licence", "title"];

impl ReviewPage {
    fn path_to(&self, verb: &str) -> String {
        format!("/beheer/praktijkbeoordelingen/{}/{verb}", self.review.id)
    }
}

/// What waits.
pub async fn reviews(staff: Staff<may::ReviewPractices>, after: Query<After>) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    let waiting = practices::waiting(&tx, after.0.id(), PAGE.to_read()).await?;
    let (rows, next) = PAGE.split(waiting, |last| {
        format!("/beheer/praktijkbeoordelingen?na={}", last.id)
    });
    let page = Page::staff(&staff);
    html::ok(&ReviewsPage { page, rows, next })
}

async fn show(
    staff: &Staff<may::ReviewPractices>,
    id: PracticeId,
    shown: FormPage,
) -> HandlerResult {
    let tx = staff.site.read_shared().await?;
    let detail = practices::review(&tx, id).await?;
    let parts = parts(&detail.review.content()?, staff.site.language);
    html::render(
        shown.status,
        &ReviewPage {
            page: Page::staff(staff),
            is_waiting: detail.review.state == ReviewState::Waiting,
            doubts: i64::try_from(doubts(&parts)).unwrap_or(i64::MAX),
            parts,
            review: detail.review,
            same_title: detail.same_title,
            checks: CHECKS,
            form: shown.form,
            notice: shown.notice,
        },
    )
}

/// One practice.
pub async fn review(staff: Staff<may::ReviewPractices>, id: Id<PracticeId>) -> HandlerResult {
    show(&staff, id.0, FormPage::default()).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    questions: String,
}

async fn act(
    staff: &Staff<may::ReviewPractices>,
    id: PracticeId,
    fields: Fields,
    flash: (Flash, Action),
    work: impl AsyncFnOnce(&PlatformTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    let done = async {
        let tx = staff.write_shared().await?;
        work(&tx, &fields).await?;
        tx.commit().await?;
        record(staff, flash.1, id).await
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            flash.0,
            "/beheer/praktijkbeoordelingen",
        )),
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, staff.site.language)?;
            show(staff, id, refused.on("review-check")).await
        }
    }
}

/// Asks the owner.
pub async fn ask(
    staff: Staff<may::ReviewPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let told = (Flash::PracticeReturned, Action::PracticeReturn);
    act(&staff, id.0, posted.0, told, async |tx, fields| {
        let asked: Asked = fields.read()?;
        Ok(practices::ask_owner(tx, id.0, &asked.questions).await?)
    })
    .await
}

/// Publishes.
pub async fn publish(
    staff: Staff<may::ReviewPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let told = (Flash::PracticePublished, Action::PracticePublish);
    act(&staff, id.0, posted.0, told, async |tx, fields| {
        let checklist: Checklist = fields.read()?;
        practices::publish_review(tx, id.0, checklist).await?;
        Ok(())
    })
    .await
}
