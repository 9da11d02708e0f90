//! Jobs as a page.

use askama::Template;
use domain::jobs::{self, JobId, JobState};
use tenants::permission::may;

use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

struct JobView {
    id: JobId,
    kind: String,
    attempts: i64,
    cause: String,
    at: String,
}

#[derive(Template)]
#[template(path = "jobs/jobs.html")]
pub(super) struct JobsPage {
    page: Page,
    given_up: Vec<JobView>,
    waiting: Vec<JobView>,
}

/// Jobs on a page.
const JOBS: u64 = 100;

/// Jobs that were given up, and those that wait.
pub async fn list(operator: Staff<may::OperatePlatform>) -> HandlerResult {
    let language = operator.site.language;
    let zone = operator.site.tenant.zone;
    let tx = operator.site.read_shared().await?;
    let view = |row: jobs::JobRow| JobView {
        id: row.id,
        kind: row.kind,
        attempts: row.attempts,
        cause: row.last_error.unwrap_or_default(),
        at: language.instant(row.run_at, zone),
    };
    let given_up = jobs::list(&tx, JobState::GivenUp, JOBS)
        .await?
        .into_iter()
        .map(view)
        .collect();
    let waiting = jobs::list(&tx, JobState::Queued, JOBS)
        .await?
        .into_iter()
        .map(view)
        .collect();
    html::ok(&JobsPage {
        given_up,
        waiting,
        page: Page::staff(&operator),
    })
}

/// Puts a job back in the queue.
pub async fn retry(
    operator: Staff<may::OperatePlatform>,
    id: Id<JobId>,
    _: Posted,
) -> HandlerResult {
    let tx = operator.write_shared().await?;
    jobs::retry(&tx, id.0).await?;
    tx.commit().await?;
    Ok(html::see_other("/beheer/taken"))
}

impl Samples for JobsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let job = |cause: &str| JobView {
            id: uuid::Uuid::from_u128(1).into(),
            kind: "mail.send".to_owned(),
            attempts: 3,
            cause: cause.to_owned(),
            at: "24-11-2026 14:05".to_owned(),
        };
        let page = |given_up, waiting| Self {
            page: frame.staff(),
            given_up,
            waiting,
        };
        vec![
            page(Vec::new(), Vec::new()),
            page(
                vec![job("connection refused")],
                vec![job(""), job("timeout")],
            ),
        ]
    }
}
