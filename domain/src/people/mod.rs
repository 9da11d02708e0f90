//! The people who work here: inviting them, what they may do, and the passwords they choose themselves.
//!
//! Nobody ever chooses a password for somebody else. A link in a mail opens a page; looking at it changes nothing, because mail scanners
//! look too.

mod password;

use serde::Deserialize;
use serde_json::json;
use tenants::{
    Permission, Role, StaffId, Tenant, TenantTx,
    password_link::{self, LinkPurpose},
    permission,
    staff::{self, NewStaff, StaffMember},
};
use utoipa::ToSchema;

use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    dashed,
    forms::mail_address,
    input,
    mail::{self, LinkBase},
    quotas, text,
};

pub use self::password::{
    change_password, check_password, choose_password, password_link, send_reset_link,
};

/// Longest name.
const NAME_MAX: usize = 100;

/// A colleague to invite.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct StaffRequest {
    /// Name as colleagues know it.
    #[schema(example = "Sanne de Boer")]
    pub name: String,
    /// Address to sign in with; the invitation goes there.
    #[schema(example = "sanne@waterdam.example")]
    pub email: String,
    /// Roles, as in [`RolesRequest`].
    #[schema(value_type = Vec<Role>)]
    pub roles: Vec<String>,
}

/// Roles to give.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RolesRequest {
    /// The roles from now on: `clerk`, `lead`, `formEditor`, `budgetHolder`, `tenantAdmin`, `employee`, `auditor`.
    #[schema(value_type = Vec<Role>)]
    pub roles: Vec<String>,
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccessRequest {
    /// `false` closes the account: all its sign-ins end at once.
    pub active: bool,
}

fn parse_roles(roles: &[String], errors: &mut FieldErrors) -> Vec<Role> {
    let parsed: Result<Vec<Role>, _> = roles.iter().map(|role| role.parse()).collect();
    parsed.unwrap_or_else(|_| {
        errors.add("roles", "not_an_option");
        Vec::new()
    })
}

/// Where a mail about an account comes from, and in which language it is.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The organisation.
    pub tenant: &'a Tenant,
    /// Where its links lead.
    pub links: &'a LinkBase,
    /// Language of the mail.
    pub language: Language,
}

/// Gives a colleague an account and mails a link to choose a password with. `no_password` is the hash of a password that nobody knows. Nobody
/// (`actor`) invites the first one.
///
/// # Errors
/// [`Error::Invalid`], also when the address has an account; [`Code::RoleNotHere`], [`Code::RolesApart`], [`Code::QuotaPeople`].
pub async fn invite(
    tx: &TenantTx,
    sender: Sender<'_>,
    request: StaffRequest,
    no_password: String,
    actor: impl Into<Option<StaffId>>,
) -> Result<StaffMember, Error> {
    let typed = text::clean_line(&request.email);
    let email = mail_address(&typed);
    let mut errors = FieldErrors::default();
    let name = text::clean_line(&request.name);
    let name = input::required(name, NAME_MAX, "name", &mut errors);
    if typed.is_empty() {
        errors.add("email", "required");
    } else if email.is_none() {
        errors.add("email", "not_an_email");
    }
    let roles = parse_roles(&request.roles, &mut errors);
    if request.roles.is_empty() {
        errors.add("roles", "required_choice");
    }
    errors.into_result()?;
    check_roles(sender.tenant, &roles)?;
    quotas::require_people(tx).await?;
    let account = NewStaff {
        email: email.unwrap_or_default(),
        name,
        password_hash: no_password,
        roles: roles.clone(),
    };
    let id = match staff::add(tx, account).await {
        Err(error) if error.is_duplicate() => {
            return Err(Error::invalid("email", "account_exists"));
        }
        other => other?,
    };
    let details = json!({ "roles": roles });
    record(tx, actor, Action::StaffInvite, id, details).await?;
    let member = staff::get(tx, id).await?.ok_or(Error::NotFound)?;
    send(tx, sender, &member, LinkPurpose::Invitation).await?;
    quotas::count_people(tx).await?;
    Ok(member)
}

/// Mails a new link to a colleague; the one before no longer works.
///
/// # Errors
/// [`Code::AccountClosed`], [`Error::NotFound`].
pub async fn invite_again(
    tx: &TenantTx,
    sender: Sender<'_>,
    id: StaffId,
    actor: StaffId,
) -> Result<StaffMember, Error> {
    let member = staff::get(tx, id).await?.ok_or(Error::NotFound)?;
    if !member.active {
        return Err(Error::refused(Code::AccountClosed));
    }
    record(tx, actor, Action::StaffInvite, id, json!({})).await?;
    send(tx, sender, &member, LinkPurpose::Invitation).await?;
    Ok(member)
}

async fn send(
    tx: &TenantTx,
    sender: Sender<'_>,
    member: &StaffMember,
    purpose: LinkPurpose,
) -> Result<(), Error> {
    let code = password_link::create(tx, member.id, purpose).await?;
    let (kind, text) = match purpose {
        LinkPurpose::Invitation => ("staff.welcome", "mail-welcome"),
        LinkPurpose::ForgottenPassword => ("staff.forgotten", "mail-forgotten"),
    };
    let link = sender
        .links
        .link(sender.tenant, &format!("/wachtwoord/{code}"));
    mail::enqueue_account_mail(
        tx,
        mail::NewMail {
            kind,
            recipient: &member.email,
            about: None,
            language: sender.language,
            text,
            values: &[
                ("municipality", &sender.tenant.name),
                ("name", &member.name),
                ("link", &link),
            ],
        },
    )
    .await?;
    Ok(())
}

/// Mails somebody that something about their account changed, in their own language: if it was not them, they know it.
async fn tell(
    tx: &TenantTx,
    sender: Sender<'_>,
    member: &StaffMember,
    kind: &'static str,
    text: &'static str,
) -> Result<(), Error> {
    let own = member.language.as_deref().unwrap_or_default();
    let language = own.parse().unwrap_or(Language::Dutch);
    let names: Vec<String> = member
        .roles
        .iter()
        .map(|role| language.text(&format!("role-{}", dashed(role.as_str()))))
        .collect();
    let new = mail::NewMail {
        kind,
        recipient: &member.email,
        about: None,
        language,
        text,
        values: &[
            ("municipality", &sender.tenant.name),
            ("name", &member.name),
            ("roles", &names.join(", ")),
        ],
    };
    mail::enqueue_account_mail(tx, new).await
}

/// Every role has to exist here, and whoever checks the ledgers of gifts does not keep them.
///
/// # Errors
/// [`Code::RoleNotHere`], [`Code::RolesApart`].
pub fn check_roles(tenant: &Tenant, roles: &[Role]) -> Result<(), Error> {
    if [Role::Auditor, Role::BudgetHolder]
        .iter()
        .all(|role| roles.contains(role))
    {
        return Err(Error::refused(Code::RolesApart));
    }
    match roles.iter().find(|role| !role.exists_in(tenant.kind)) {
        Some(role) => Err(Error::refused_because(
            Code::RoleNotHere,
            "role",
            role.as_str(),
        )),
        None => Ok(()),
    }
}

/// Notes what somebody did to an account.
async fn record(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    action: Action,
    id: StaffId,
    details: serde_json::Value,
) -> Result<(), Error> {
    audit::record(tx, actor.into(), action, ("staff", Some(id.0)), details).await
}

/// Whether a role opens what residents wrote, or money: nobody gives it to themselves.
fn needs_four_eyes(role: Role) -> bool {
    [
        Permission::ReadCases,
        Permission::InspectGifts,
        Permission::ManageGifts,
    ]
    .iter()
    .any(|permission| permission::allowed(&[role], *permission))
}

fn manages(roles: &[Role]) -> bool {
    permission::allowed(roles, Permission::ManageStaff)
}

/// Locks everybody, so that of two who take away each other's right at once the second sees what the first did, and finds whom it is about.
async fn others_manage(tx: &TenantTx, id: StaffId) -> Result<(StaffMember, bool), Error> {
    let everybody = staff::all_for_change(tx).await?;
    let others = everybody
        .iter()
        .any(|member| member.id != id && member.active && manages(&member.roles));
    let member = everybody.into_iter().find(|member| member.id == id);
    Ok((member.ok_or(Error::NotFound)?, others))
}

/// Gives a member of staff other roles; their sign-ins end at once, and a mail tells them. A role that reads messages or touches money comes from
/// somebody else: an administrator who could take it would be checked by nobody. The last one who can manage people stays one: nobody may lock
/// an organisation out of itself.
///
/// # Errors
/// [`Code::RoleNotHere`], [`Code::RolesApart`], [`Code::OwnRoles`], [`Code::LastAdministrator`], [`Error::NotFound`].
pub async fn change_roles(
    tx: &TenantTx,
    sender: Sender<'_>,
    actor: StaffId,
    id: StaffId,
    request: &RolesRequest,
) -> Result<StaffMember, Error> {
    let mut errors = FieldErrors::default();
    let roles = parse_roles(&request.roles, &mut errors);
    if request.roles.is_empty() {
        errors.add("roles", "required_choice");
    }
    errors.into_result()?;
    check_roles(sender.tenant, &roles)?;
    let (member, others) = others_manage(tx, id).await?;
    let gained = |role: &Role| !member.roles.contains(role) && needs_four_eyes(*role);
    if actor == id && roles.iter().any(gained) {
        return Err(Error::refused(Code::OwnRoles));
    }
    if !others && !manages(&roles) {
        return Err(Error::refused(Code::LastAdministrator));
    }
    staff::set_roles(tx, id, &roles).await?;
    let details = json!({ "roles": roles });
    record(tx, actor, Action::StaffSetRoles, id, details).await?;
    let changed = staff::get(tx, id).await?.ok_or(Error::NotFound)?;
    if changed.roles != member.roles {
        tell(tx, sender, &changed, "staff.roles", "mail-roles-given").await?;
    }
    Ok(changed)
}

/// Closes an account, or opens it again. What somebody did stays under their name; their cases stay theirs until a colleague takes them.
///
/// # Errors
/// [`Code::LastAdministrator`], [`Code::QuotaPeople`] when no further account fits, [`Error::NotFound`].
pub async fn set_access(
    tx: &TenantTx,
    actor: StaffId,
    id: StaffId,
    AccessRequest { active: open }: AccessRequest,
) -> Result<StaffMember, Error> {
    let (member, others) = others_manage(tx, id).await?;
    if !open && !others && manages(&member.roles) {
        return Err(Error::refused(Code::LastAdministrator));
    }
    if member.active != open {
        if open {
            quotas::require_people(tx).await?;
        }
        staff::set_active(tx, id, open).await?;
        let action = if open {
            Action::StaffReopen
        } else {
            Action::StaffClose
        };
        record(tx, actor, action, id, json!({})).await?;
        quotas::count_people(tx).await?;
    }
    staff::get(tx, id).await?.ok_or(Error::NotFound)
}
