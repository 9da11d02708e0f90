//! Who works here, as a page: inviting, roles, closing an account.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::people::{self, NewColleague, Sender};
use secrecy::SecretString;
use tenants::{Grants, Permission, Role, StaffId, password_link, permission::may, secret, staff};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Site, Staff},
    html::{self, Flash, FormState, Notice, Page, dashed},
    problem::Problem,
};

/// Where mails about accounts come from.
pub(crate) fn sender(site: &Site) -> Sender<'_> {
    Sender {
        tenant: &site.tenant,
        links: &site.app.links,
        language: site.language,
    }
}

/// The hash of a password that nobody knows, for an account whose owner still has to choose one.
pub(crate) async fn no_password(site: &Site) -> Result<String, Problem> {
    let nobody_knows = SecretString::from(secret::new_code()?);
    Ok(site.app.password_cost.hash(nobody_knows).await?)
}

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
    active: bool,
    awaited: bool,
}

#[derive(Template)]
#[template(path = "admin/staff.html")]
struct StaffPage {
    page: Page,
    people: Vec<PersonView>,
    may_manage: bool,
    roles: Vec<RoleBox>,
    form: FormState,
    notice: Option<Notice>,
}

fn boxes(site: &Site, has: impl Fn(Role) -> bool) -> Vec<RoleBox> {
    Role::ALL
        .iter()
        .filter(|role| role.exists_in(site.tenant.kind))
        .map(|role| RoleBox {
            value: role.as_str(),
            text: site
                .language
                .text(&format!("role-{}", dashed(role.as_str()))),
            has: has(*role),
        })
        .collect()
}

async fn page(
    reader: &Staff<impl Grants>,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let site = &reader.site;
    let tx = reader.read().await?;
    let awaited = password_link::open_invitations(&tx).await?;
    let people = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| PersonView {
            roles: boxes(site, |role| member.roles.contains(&role)),
            is_self: member.id == reader.member().id,
            active: member.active,
            awaited: awaited.contains(&member.id),
            id: member.id,
            name: member.name,
            email: member.email,
        })
        .collect();
    html::render(
        status,
        &StaffPage {
            people,
            may_manage: reader.may(Permission::ManageStaff),
            roles: boxes(site, |role| form.chose("role", role.as_str())),
            form,
            notice,
            page: Page::staff(reader),
        },
    )
}

/// Who works here, with which roles.
pub async fn staff_members(reader: Staff<may::ReadStaff>) -> Result<HttpResponse, Problem> {
    page(&reader, FormState::empty(), None, StatusCode::OK).await
}

fn chosen(fields: &Fields) -> Vec<Role> {
    fields
        .iter()
        .filter(|(name, _)| *name == "role")
        .filter_map(|(_, value)| value.parse().ok())
        .collect()
}

fn done(what: Flash) -> HttpResponse {
    html::redirect_with_flash(what, "/beheer/medewerkers")
}

/// A refusal that a person can understand is told on the page.
async fn told(actor: &Staff<may::ManageStaff>, problem: Problem) -> Result<HttpResponse, Problem> {
    if problem.error().code().status() != 409 {
        return Err(problem);
    }
    let (title, detail) = problem.localize(actor.site.language);
    let notice = Notice {
        tone: "error",
        text: format!("{title}. {detail}"),
    };
    page(
        actor,
        FormState::empty(),
        Some(notice),
        StatusCode::CONFLICT,
    )
    .await
}

/// Invites a colleague.
///
/// # Errors
/// When the actor may not manage people; what is wrong with a field is told on the page.
pub async fn invite(
    actor: Staff<may::ManageStaff>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let roles = chosen(&fields);
    let no_password = no_password(&actor.site).await?;
    let invited = async {
        let new = NewColleague {
            name: fields.text("name"),
            email: fields.text("email"),
            roles: &roles,
        };
        let tx = actor.write().await?;
        people::invite(
            &tx,
            sender(&actor.site),
            new,
            no_password,
            actor.member().id,
        )
        .await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match invited.await {
        Ok(()) => Ok(done(Flash::Invited)),
        Err(problem) => {
            let errors = problem.into_field_errors()?;
            let form = FormState::refused(fields, &errors, actor.site.language);
            page(&actor, form, None, StatusCode::BAD_REQUEST).await
        }
    }
}

/// Sends a colleague a new link.
///
/// # Errors
/// When the actor may not manage people; a refusal is told on the page.
pub async fn invite_again(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let sent = async {
        let tx = actor.write().await?;
        people::invite_again(&tx, sender(&actor.site), id.0, actor.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match sent.await {
        Ok(()) => Ok(done(Flash::Invited)),
        Err(problem) => told(&actor, problem).await,
    }
}

/// Gives somebody other roles.
///
/// # Errors
/// When the actor may not manage people; a refusal is told on the page.
pub async fn set_roles(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let roles = chosen(&posted.0);
    let changed = async {
        let tx = actor.write().await?;
        people::change_roles(&tx, &actor.site.tenant, actor.member().id, id.0, &roles).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match changed.await {
        Ok(()) => Ok(done(Flash::RolesGiven)),
        Err(problem) => told(&actor, problem).await,
    }
}

/// Closes an account, or opens it again.
///
/// # Errors
/// When the actor may not manage people; a refusal is told on the page.
pub async fn set_access(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let open = posted.0.text("toegang") == "open";
    let changed = async {
        let tx = actor.write().await?;
        people::set_access(&tx, actor.member().id, id.0, open).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match changed.await {
        Ok(()) => Ok(done(if open {
            Flash::AccountOpened
        } else {
            Flash::AccountClosed
        })),
        Err(problem) => told(&actor, problem).await,
    }
}
