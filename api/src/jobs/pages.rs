//! Jobs as a page.

use std::collections::HashMap;

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Language,
    jobs::{self, JobId, JobKind, JobState, Totals},
};
use tenants::{TenantId, permission::may, tenant};

use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{self, Page, SampleFrame, Samples, values::stored_term},
    problem::HandlerResult,
};

struct JobView {
    id: JobId,
    /// What it does, and for whom.
    title: String,
    attempts: i64,
    cause: String,
    at: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "jobs/jobs.html")]
pub(super) struct JobsPage {
    page: Page,
    totals: String,
    given_up: Vec<JobView>,
    waiting: Vec<JobView>,
}

/// Jobs on a page.
const JOBS: u64 = 100;

/// Jobs that were given up, and those that wait.
pub async fn list(operator: Staff<may::OperatePlatform>) -> HandlerResult {
    let language = operator.site.language;
    let tx = operator.site.read_shared().await?;
    let owners: HashMap<TenantId, String> = (tenant::all(&tx).await?.into_iter())
        .map(|tenant| (tenant.id, tenant.name))
        .collect();
    let view = |row: jobs::JobRow| JobView {
        id: row.id,
        title: title(&row.kind, owners.get(&row.owner), language),
        attempts: row.attempts,
        cause: row.last_error.unwrap_or_default(),
        at: row.run_at,
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
        totals: totals(jobs::totals(&tx).await?, language),
        given_up,
        waiting,
        page: Page::staff(&operator),
    })
}

/// What a job does and for which municipality.
fn title(kind: &str, owner: Option<&String>, language: Language) -> String {
    let kind = stored_term::<JobKind>("job", kind, language);
    owner.map_or_else(|| kind.clone(), |owner| format!("{kind}, {owner}"))
}

fn totals(totals: Totals, language: Language) -> String {
    language.text_with(
        "jobs-totals",
        &[
            ("queued", &totals.queued.to_string()),
            ("running", &totals.running.to_string()),
            ("givenUp", &totals.given_up.to_string()),
        ],
    )
}

/// Puts all jobs that were given up back in the queue.
pub async fn retry_all(operator: Staff<may::OperatePlatform>, _: Posted) -> HandlerResult {
    let tx = operator.write_shared().await?;
    jobs::retry_all(&tx).await?;
    tx.commit().await?;
    Ok(html::see_other("/beheer/taken"))
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
            title: title(
                JobKind::SendMail.as_str(),
                Some(&"Gemeente Waterdam".to_owned()),
                frame.language,
            ),
            attempts: 3,
            cause: cause.to_owned(),
            at: frame.staff().now,
        };
        let page = |given_up, waiting| Self {
            page: frame.staff(),
            totals: totals(
                Totals {
                    queued: 1_200,
                    running: 4,
                    given_up: 310,
                },
                frame.language,
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_reads_what_every_job_does_and_for_whom() {
        let owner = "Gemeente Waterdam".to_owned();
        for language in [Language::Dutch, Language::English] {
            for kind in JobKind::ALL {
                let told = title(kind.as_str(), Some(&owner), language);
                assert!(!told.contains(kind.as_str()), "{told}");
                assert!(told.ends_with(&owner), "{told}");
            }
        }
        assert_eq!(title("iets.ouds", None, Language::Dutch), "iets.ouds");
    }
}
