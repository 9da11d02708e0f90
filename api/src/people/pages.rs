//! Who works here, as a page: inviting, roles, closing an account.

use askama::Template;
use domain::{
    Language,
    people::{self, AccessRequest, RolesRequest},
};
use tenants::{
    Grants, Permission, Role, StaffId, TenantKind, TenantTx, password_link, permission::may, staff,
};

use super::{no_password, sender};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples, dashed},
    problem::{HandlerResult, Problem},
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
    active: bool,
    awaited: bool,
    /// Whether what was asked about this person was refused.
    refused: bool,
}

#[derive(Template)]
#[template(path = "people/staff.html")]
pub(super) struct StaffPage {
    page: Page,
    people: Vec<PersonView>,
    may_manage: bool,
    roles: Vec<RoleBox>,
    invite_open: bool,
    form: FormState,
    notice: Option<Notice>,
}

fn boxes(language: Language, kind: TenantKind, has: impl Fn(Role) -> bool) -> Vec<RoleBox> {
    Role::ALL
        .iter()
        .filter(|role| role.exists_in(kind))
        .map(|role| RoleBox {
            value: role.as_str(),
            text: language.text(&format!("role-{}", dashed(role.as_str()))),
            has: has(*role),
        })
        .collect()
}

/// The page, after a form about the person `about` was refused, or that of a new colleague.
async fn page(
    reader: &Staff<impl Grants>,
    shown: FormPage,
    about: Option<StaffId>,
) -> HandlerResult {
    let is_refused = !shown.form.errors().is_empty();
    let site = &reader.site;
    let tx = reader.read().await?;
    let awaited = password_link::open_invitations(&tx).await?;
    let people = staff::all(&tx, None)
        .await?
        .into_iter()
        .map(|member| PersonView {
            refused: is_refused && about == Some(member.id),
            roles: boxes(site.language, site.tenant.kind, |role| {
                if is_refused && about == Some(member.id) {
                    shown.form.chose("roles", role.as_str())
                } else {
                    member.roles.contains(&role)
                }
            }),
            is_self: member.id == reader.member().id,
            active: member.active,
            awaited: awaited.contains(&member.id),
            id: member.id,
            name: member.name,
            email: member.email,
        })
        .collect();
    html::render(
        shown.status,
        &StaffPage {
            people,
            may_manage: reader.may(Permission::ManageStaff),
            roles: boxes(site.language, site.tenant.kind, |role| {
                about.is_none() && shown.form.chose("roles", role.as_str())
            }),
            invite_open: is_refused && about.is_none(),
            form: shown.form,
            notice: shown.notice,
            page: Page::staff(reader),
        },
    )
}

/// Who works here, with which roles.
pub async fn list(reader: Staff<may::ReadStaff>) -> HandlerResult {
    page(&reader, FormPage::default(), None).await
}

/// Changes something about the people who work here, and says so on their page.
async fn change(
    actor: &Staff<may::ManageStaff>,
    about: Option<StaffId>,
    fields: Fields,
    flash: Flash,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    let work = async |tx: &TenantTx, fields: &Fields| {
        work(tx, fields).await?;
        Ok(html::redirect_with_flash(flash, "/beheer/medewerkers"))
    };
    let again = async |refused: Refused| page(actor, refused.into(), about).await;
    html::form_page(&actor.site, fields, work, again).await
}

/// Invites a colleague.
pub async fn invite(actor: Staff<may::ManageStaff>, posted: Posted) -> HandlerResult {
    let no_password = no_password(&actor.site).await?;
    let flash = Flash::Invited;
    change(&actor, None, posted.0, flash, async |tx, fields| {
        let sender = sender(&actor.site);
        people::invite(tx, sender, fields.read()?, no_password, actor.member().id).await?;
        Ok(())
    })
    .await
}

/// Sends a colleague a new link.
pub async fn invite_again(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    _: Posted,
) -> HandlerResult {
    let (about, fields) = (Some(id.0), Fields::default());
    change(&actor, about, fields, Flash::Invited, async |tx, _| {
        people::invite_again(tx, sender(&actor.site), id.0, actor.member().id).await?;
        Ok(())
    })
    .await
}

/// Gives somebody other roles.
pub async fn set_roles(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    posted: Posted,
) -> HandlerResult {
    // A form in which nothing is ticked sends nothing of it.
    let request = RolesRequest {
        roles: posted.0.all("roles").map(str::to_owned).collect(),
    };
    let flash = Flash::RolesGiven;
    change(&actor, Some(id.0), posted.0, flash, async |tx, _| {
        let from = sender(&actor.site);
        people::change_roles(tx, from, actor.member().id, id.0, &request).await?;
        Ok(())
    })
    .await
}

/// Closes an account, or opens it again.
pub async fn set_access(
    actor: Staff<may::ManageStaff>,
    id: Id<StaffId>,
    posted: Posted,
) -> HandlerResult {
    let request: AccessRequest = posted.0.read()?;
    let flash = if request.active {
        Flash::AccountOpened
    } else {
        Flash::AccountClosed
    };
    let (about, fields) = (Some(id.0), Fields::default());
    change(&actor, about, fields, flash, async |tx, _| {
        people::set_access(tx, actor.member().id, id.0, request).await?;
        Ok(())
    })
    .await
}

impl Samples for StaffPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let roles = |own: &[Role]| {
            boxes(frame.language, TenantKind::Municipality, |role| {
                own.contains(&role)
            })
        };
        let person = |number: u128, name: &str, own: &[Role]| PersonView {
            id: uuid::Uuid::from_u128(number).into(),
            name: name.to_owned(),
            email: format!("medewerker{number}@gemeente.example"),
            roles: roles(own),
            is_self: number == 1,
            active: number != 3,
            awaited: number == 2,
            refused: false,
        };
        let page = |may_manage, shown: FormPage, about: Option<usize>| Self {
            page: frame.staff(),
            people: vec![
                person(1, "Nadia Amrani", &[Role::TenantAdmin]),
                person(2, "Yusuf Demir", &[Role::Clerk, Role::Lead]),
                person(3, "Bram Cuypers", &[]),
            ],
            may_manage,
            roles: roles(&[]),
            invite_open: about.is_none() && !shown.form.errors().is_empty(),
            form: shown.form,
            notice: shown.notice,
        };
        let refused = |field| FormPage::refused_sample(field, "required", frame.language);
        let mut other_roles = page(true, refused("roles"), Some(1));
        if let Some(person) = other_roles.people.get_mut(1) {
            person.refused = true;
        }
        vec![
            page(false, FormPage::default(), None),
            page(true, refused("email"), None),
            other_roles,
        ]
    }
}
