//! Trail and jobs as pages.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Language,
    audit::{self, Action},
    jobs::{self, JobId, JobState},
};
use serde::Deserialize;
use tenants::{permission::may, staff};

use crate::{
    csrf::Posted,
    extract::{Id, Query, Staff},
    html::{self, Page, dashed},
    problem::Problem,
};

struct TrailView {
    at: String,
    who: String,
    action: String,
    object: String,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    page: Page,
    lines: Vec<TrailView>,
    next: Option<String>,
}

/// Where to go on.
#[derive(Deserialize)]
pub struct After {
    na: Option<String>,
}

/// Lines of the trail on a page.
const LINES: usize = 100;

/// The trail of who did what.
pub async fn trail(
    reader: Staff<may::ReadAudit>,
    after: Query<After>,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let names: HashMap<_, _> = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let before = after.0.na.and_then(|word| word.parse().ok());
    let limit = u64::try_from(LINES).unwrap_or(100) + 1;
    let mut entries = audit::newest(&tx, before, limit).await?;
    let more = entries.len() > LINES;
    entries.truncate(LINES);
    html::ok(&AuditPage {
        next: entries
            .last()
            .filter(|_| more)
            .map(|last| format!("/beheer/logboek?na={}", last.id)),
        lines: entries
            .into_iter()
            .map(|entry| TrailView {
                at: language.instant(entry.at, reader.site.tenant.zone),
                who: entry
                    .actor_id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_else(|| language.text("audit-nobody")),
                action: action_text(&entry.action, language),
                object: entry.object_id.map(|id| id.to_string()).unwrap_or_default(),
            })
            .collect(),
        page: Page::staff(&reader),
    })
}

/// What somebody did, in words. A word that nobody knows any longer stands as it was stored.
fn action_text(action: &str, language: Language) -> String {
    match action.parse::<Action>() {
        Ok(action) => language.text(&format!(
            "action-{}",
            dashed(action.as_str()).replace('.', "-")
        )),
        Err(_) => action.to_owned(),
    }
}

struct JobView {
    id: JobId,
    kind: String,
    attempts: i64,
    cause: String,
    at: String,
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    page: Page,
    given_up: Vec<JobView>,
    waiting: Vec<JobView>,
}

/// Jobs on a page.
const JOBS: u64 = 100;

/// Jobs that were given up, and those that wait.
///
/// # Errors
/// When the reader is not the operator.
pub async fn job_queue(operator: Staff<may::OperatePlatform>) -> Result<HttpResponse, Problem> {
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

/// Puts a job back in line.
pub async fn retry_job(
    operator: Staff<may::OperatePlatform>,
    id: Id<JobId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let tx = operator.write_shared().await?;
    jobs::retry(&tx, id.0).await?;
    tx.commit().await?;
    Ok(html::see_other("/beheer/taken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_text_in_both_languages() {
        for action in Action::ALL {
            for language in [Language::Dutch, Language::English] {
                let key = format!("action-{}", dashed(action.as_str()).replace('.', "-"));
                assert!(language.has(&key), "{language} {key}");
                assert_ne!(action_text(action.as_str(), language), key);
            }
        }
        assert_eq!(action_text("iets.ouds", Language::Dutch), "iets.ouds");
    }
}
