//! The people who work here: inviting them, what they may do, and the passwords they choose themselves.
//!
//! Nobody ever chooses a password for somebody else. A link in a mail opens a page; looking at it changes nothing, because mail scanners
//! look too.

use serde_json::json;
use tenants::{
    Permission, Role, StaffId, Tenant, TenantTx,
    password_link::{self, Link, LinkPurpose},
    permission,
    staff::{self, NewStaff, PASSWORD_MAX, PASSWORD_MIN, StaffMember},
};

use crate::{
    Code, Error, FieldErrors, Language, audit,
    forms::mail_address,
    mail::{self, LinkBase},
    text,
};

/// Longest name.
const NAME_MAX: usize = 100;
/// So many links a day go to somebody who keeps asking; more would only be a nuisance to whoever owns the address.
const LINKS_A_DAY: u64 = 5;

/// A colleague to invite, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewColleague<'a> {
    /// Name as colleagues know it.
    pub name: &'a str,
    /// Address to sign in with, where the invitation goes.
    pub email: &'a str,
    /// What they may do.
    pub roles: &'a [Role],
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

/// Gives a colleague an account and mails a link to choose a password with. `no_password` is the hash of a password that nobody knows.
///
/// # Errors
/// [`Error::Invalid`], also when the address has an account; [`Code::RoleNotHere`], [`Code::RolesApart`].
pub async fn invite(
    tx: &TenantTx,
    sender: Sender<'_>,
    new: NewColleague<'_>,
    no_password: String,
    actor: StaffId,
) -> Result<StaffMember, Error> {
    let name = text::clean_line(new.name);
    let typed = text::clean_line(new.email);
    let email = mail_address(&typed);
    let mut errors = FieldErrors::default();
    if name.is_empty() {
        errors.add("name", "required");
    } else if name.chars().count() > NAME_MAX {
        errors.add_with("name", "too_long", "max", NAME_MAX);
    }
    if typed.is_empty() {
        errors.add("email", "required");
    } else if email.is_none() {
        errors.add("email", "not_an_email");
    }
    if new.roles.is_empty() {
        errors.add("roles", "required_choice");
    }
    errors.into_result()?;
    check_roles(sender.tenant, new.roles)?;
    let account = NewStaff {
        email: email.unwrap_or_default(),
        name,
        password_hash: no_password,
        roles: new.roles.to_vec(),
    };
    let id = match staff::add(tx, account).await {
        Err(error) if error.is_duplicate() => {
            return Err(Error::invalid("email", "account_exists"));
        }
        other => other?,
    };
    let details = json!({ "roles": new.roles });
    audit::record(
        tx,
        Some(actor),
        audit::Action::StaffInvite,
        ("staff", Some(id.0)),
        details,
    )
    .await?;
    let member = staff::get(tx, id).await?.ok_or(Error::NotFound)?;
    send(tx, sender, &member, LinkPurpose::Invitation).await?;
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
    let object = ("staff", Some(id.0));
    audit::record(
        tx,
        Some(actor),
        audit::Action::StaffInvite,
        object,
        json!({}),
    )
    .await?;
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

/// Mails a link to whoever forgot a password, if there is such an account; the caller tells everybody the same.
pub async fn send_reset_link(tx: &TenantTx, sender: Sender<'_>, email: &str) -> Result<(), Error> {
    let Some(member) = staff::by_email(tx, &text::clean_line(email)).await? else {
        return Ok(());
    };
    let day = tx.now() - chrono::TimeDelta::days(1);
    if password_link::count_since(tx, member.id, day).await? >= LINKS_A_DAY {
        return Ok(());
    }
    send(tx, sender, &member, LinkPurpose::ForgottenPassword).await
}

/// Whose password a code sets.
///
/// # Errors
/// [`Code::LinkExpired`]: it was used, is too old, or never was one.
pub async fn password_link(tx: &TenantTx, code: &str) -> Result<Link, Error> {
    password_link::find(tx, code)
        .await?
        .ok_or_else(|| Error::refused(Code::LinkExpired))
}

/// Whether a password may be chosen. No rule about kinds of letters: length is what counts (NIST SP 800-63B-4 §3.1.1.2), and that it is no
/// word everybody would try here first.
///
/// # Errors
/// [`Error::Invalid`] for `password` or `again`.
pub fn check_password(member: &StaffMember, password: &str, again: &str) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let letters = password.chars().count();
    if password.is_empty() {
        errors.add("password", "required");
    } else if letters < PASSWORD_MIN {
        errors.add_with("password", "too_short", "min", PASSWORD_MIN);
    } else if letters > PASSWORD_MAX {
        errors.add_with("password", "too_long", "max", PASSWORD_MAX);
    } else if is_guessable(member, password) {
        errors.add("password", "password_guessable");
    } else if password != again {
        errors.add("again", "password_differs");
    }
    errors.into_result()
}

/// A password that is the person's own address or name, or one piece over and over.
fn is_guessable(member: &StaffMember, password: &str) -> bool {
    let lower = password.to_lowercase();
    let repeats = (1..=4).any(|length| {
        let piece: String = lower.chars().take(length).collect();
        lower
            .chars()
            .zip(piece.chars().cycle())
            .all(|(one, other)| one == other)
    });
    repeats || lower == member.email || lower == member.name.to_lowercase()
}

/// Sets the password of the account behind a code; `password_hash` is that of a password that [`check_password`] let through. The code works
/// once, and sign-ins that the old password opened are over.
///
/// # Errors
/// [`Code::LinkExpired`].
pub async fn choose_password(
    tx: &TenantTx,
    code: &str,
    password_hash: String,
) -> Result<StaffMember, Error> {
    let member = password_link::set_password(tx, code, password_hash)
        .await?
        .ok_or_else(|| Error::refused(Code::LinkExpired))?;
    audit::record(
        tx,
        Some(member.id),
        audit::Action::StaffPassword,
        ("staff", Some(member.id.0)),
        json!({}),
    )
    .await?;
    Ok(member)
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

/// Gives a member of staff other roles; their sign-ins end at once. The last one who can manage people stays one: nobody may lock
/// an organisation out of itself.
///
/// # Errors
/// [`Code::RoleNotHere`], [`Code::RolesApart`], [`Code::LastAdministrator`], [`Error::NotFound`].
pub async fn change_roles(
    tx: &TenantTx,
    tenant: &Tenant,
    actor: StaffId,
    id: StaffId,
    roles: &[Role],
) -> Result<StaffMember, Error> {
    check_roles(tenant, roles)?;
    let (_, others) = others_manage(tx, id).await?;
    if !others && !manages(roles) {
        return Err(Error::refused(Code::LastAdministrator));
    }
    staff::set_roles(tx, id, roles).await?;
    let object = ("staff", Some(id.0));
    let details = json!({ "roles": roles });
    audit::record(
        tx,
        Some(actor),
        audit::Action::StaffSetRoles,
        object,
        details,
    )
    .await?;
    staff::get(tx, id).await?.ok_or(Error::NotFound)
}

/// Closes an account, or opens it again. What somebody did stays under their name; their cases stay theirs until a colleague takes them.
///
/// # Errors
/// [`Code::LastAdministrator`], [`Error::NotFound`].
pub async fn set_access(
    tx: &TenantTx,
    actor: StaffId,
    id: StaffId,
    open: bool,
) -> Result<StaffMember, Error> {
    let (member, others) = others_manage(tx, id).await?;
    if !open && !others && manages(&member.roles) {
        return Err(Error::refused(Code::LastAdministrator));
    }
    if member.active != open {
        staff::set_active(tx, id, open).await?;
        let object = ("staff", Some(id.0));
        let details = json!({ "open": open });
        audit::record(tx, Some(actor), audit::Action::StaffAccess, object, details).await?;
    }
    staff::get(tx, id).await?.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_first_thing_somebody_would_try() {
        let sanne = StaffMember {
            id: StaffId(tenants::uuid::Uuid::nil()),
            email: "sanne.de.boer@waterdam.example".to_owned(),
            name: "Sanne de Boer-Postma".to_owned(),
            roles: vec![Role::Clerk],
            active: true,
            created_at: chrono::DateTime::UNIX_EPOCH,
            language: None,
        };
        let long = "n".repeat(PASSWORD_MAX) + "o";
        for (password, again, expected) in [
            ("drie blauwe fietsen", "drie blauwe fietsen", None),
            ("ééntjeëéntjeëéx", "ééntjeëéntjeëéx", None),
            ("", "", Some(("password", "required"))),
            ("veertien leter", "x", Some(("password", "too_short"))),
            (long.as_str(), "", Some(("password", "too_long"))),
            (
                "aaaaaaaaaaaaaaaa",
                "",
                Some(("password", "password_guessable")),
            ),
            (
                "1234123412341234",
                "",
                Some(("password", "password_guessable")),
            ),
            (
                "Sanne.de.Boer@waterdam.example",
                "",
                Some(("password", "password_guessable")),
            ),
            (
                "sanne de boer-postma",
                "",
                Some(("password", "password_guessable")),
            ),
            (
                "drie blauwe fietsen",
                "drie blauwe fiets",
                Some(("again", "password_differs")),
            ),
        ] {
            let found = match check_password(&sanne, password, again) {
                Err(Error::Invalid(errors)) => errors
                    .problems()
                    .iter()
                    .map(|problem| (problem.field.clone(), problem.code.clone()))
                    .next(),
                _ => None,
            };
            let expected =
                expected.map(|(field, code): (&str, &str)| (field.to_owned(), code.to_owned()));
            assert_eq!(found, expected, "{password}");
        }
    }
}
