//! Administration as pages.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    audit,
    jobs::{self, JobId, JobState},
};
use serde::Deserialize;
use tenants::{Permission, Role, StaffId, permission::may, staff};

use super::change_roles;
use crate::{
    csrf::Posted,
    extract::{Ask, Id, Staff},
    html::{self, Notice, Shell, dashed},
    problem::Problem,
};

struct RoleBox {
    value: &'static str,
    text: String,
    has: bool,
}

struct PersonView {
    id: StaffId,
    name: String,
    email: String,
    roles: Vec<RoleBox>,
    is_self: bool,
}

#[derive(Template)]
#[template(path = "admin/staff.html")]
struct StaffPage {
    shell: Shell,
    people: Vec<PersonView>,
    may_manage: bool,
    notice: Option<Notice>,
}

async fn staff_page(
    reader: &Staff<impl tenants::Grants>,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let site = &reader.site;
    let tx = reader.read().await?;
    let people = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| PersonView {
            roles: Role::ALL
                .iter()
                .filter(|role| role.exists_in(site.tenant.kind))
                .map(|role| RoleBox {
                    value: role.as_str(),
                    text: site
                        .language
                        .text(&format!("role-{}", dashed(role.as_str()))),
                    has: member.roles.contains(role),
                })
                .collect(),
            is_self: member.id == reader.member().id,
            id: member.id,
            name: member.name,
            email: member.email,
        })
        .collect();
    html::page(
        status,
        &StaffPage {
            people,
            may_manage: reader.may(Permission::ManageStaff),
            notice,
            shell: Shell::staff(reader),
        },
    )
}

/// Who works here, with which roles.
///
/// # Errors
/// When the reader may not read this.
pub async fn staff_members(reader: Staff<may::ReadStaff>) -> Result<HttpResponse, Problem> {
    staff_page(&reader, None, StatusCode::OK).await
}

/// Gives somebody other roles.
///
/// # Errors
/// When the reader may not manage people; a refusal is told on the page.
pub async fn set_roles(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let roles: Vec<Role> = posted
        .0
        .iter()
        .filter(|(name, _)| *name == "role")
        .filter_map(|(_, value)| value.parse().ok())
        .collect();
    let done = async {
        let tx = actor.write().await?;
        change_roles(&tx, &actor.site.tenant, actor.member().id, id.0, &roles).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other("/beheer/medewerkers")),
        Err(problem) if problem.error().code().status() == 409 => {
            let (title, detail) = problem.words(actor.site.language);
            let notice = Notice {
                tone: "error",
                text: format!("{title}. {detail}"),
            };
            staff_page(&actor, Some(notice), StatusCode::CONFLICT).await
        }
        Err(problem) => Err(problem),
    }
}

struct TrailView {
    at: String,
    who: String,
    action: String,
    object: String,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    shell: Shell,
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
///
/// # Errors
/// When the reader may not read this.
pub async fn trail(
    reader: Staff<may::ReadAudit>,
    after: Ask<After>,
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
                action: language.text(&format!(
                    "action-{}",
                    dashed(&entry.action).replace('.', "-")
                )),
                object: entry.object_id.map(|id| id.to_string()).unwrap_or_default(),
            })
            .collect(),
        shell: Shell::staff(&reader),
    })
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
    shell: Shell,
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
        shell: Shell::staff(&operator),
    })
}

/// Puts a job back in line.
///
/// # Errors
/// When there is no such job.
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
