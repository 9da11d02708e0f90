//! A new organisation on the platform, furnished so that its first resident can send a message: for the command line and the demo.

use anyhow::{Context as _, bail};
use data_encoding::BASE32_NOPAD;
use domain::{
    Code, Error, FieldErrors, Language, audit,
    mail::LinkBase,
    people::{self, StaffRequest},
    practices::Municipality,
    quotas::{self, Plan},
    subscriptions::{self, Beginning, is_label},
};
use secrecy::{ExposeSecret as _, SecretString};
use tenants::{
    Db, Role, StaffId, TenantId, TenantKind, secret,
    staff::{self, NewStaff, PASSWORD_MIN, PasswordCost},
    tenant::{self, NewTenant, Tenant},
};

/// Somebody who gets an account.
pub struct Person {
    /// Address to sign in with.
    pub email: String,
    /// Name as colleagues know it.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// First password.
    pub password: SecretString,
}

/// What a municipality that is made at the command line gets beside what all get.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// Its plan; `medium` when nothing is said.
    pub plan: Option<Plan>,
    /// Codes of the CBS that it serves.
    pub codes: Vec<String>,
    /// Name and address of the first administrator, who is invited.
    pub admin: Option<(String, String)>,
}

/// Creates an organisation under its hosts, all of it or nothing. A municipality gets a plan, the law's calendar, office hours, the promise of one
/// working day, and the first form; it serves the municipality of the list that has its name.
///
/// # Errors
/// When the short name or a host is unusable or taken, or the database does not answer.
pub async fn create_tenant(db: &Db, new: NewTenant) -> anyhow::Result<TenantId> {
    let links = LinkBase {
        scheme: "https".to_owned(),
        port: None,
    };
    let place = Municipality::named(&new.name).filter(|_| new.kind == TenantKind::Municipality);
    let extras = Extras {
        codes: place
            .map(|place| place.code.to_owned())
            .into_iter()
            .collect(),
        ..Extras::default()
    };
    create_with(db, new, extras, &links).await
}

/// As [`create_tenant`], with what a municipality gets beside what all get.
///
/// # Errors
/// As [`create_tenant`], and when a code or the administrator's address cannot be used.
pub async fn create_with(
    db: &Db,
    new: NewTenant,
    extras: Extras,
    links: &LinkBase,
) -> anyhow::Result<TenantId> {
    if !is_label(&new.slug) {
        bail!(
            "the short name \"{}\" must be small letters, digits and hyphens, for example waterdam",
            new.slug
        );
    }
    for host in &new.hosts {
        if host.is_empty() || !host.split('.').all(is_label) {
            bail!(
                "\"{host}\" is no host name: no scheme, no port, small letters, for example meldingen.waterdam.nl"
            );
        }
    }
    if let Some(domain) = &new.contact.mail_domain {
        mail_domain(domain)?;
    }
    let mut errors = FieldErrors::default();
    let codes = if extras.codes.is_empty() {
        Vec::new()
    } else {
        subscriptions::read_codes(&extras.codes, quotas::day(db.now()), &mut errors)
    };
    errors.into_result().map_err(told)?;
    let admin = extras.admin.map(|(name, email)| StaffRequest {
        name,
        email,
        roles: vec![Role::TenantAdmin.to_string()],
    });
    let begin = Beginning {
        links,
        no_password: match admin {
            Some(_) => PasswordCost::Production.hash(first_password()?).await?,
            None => String::new(),
        },
        bundle: None,
        asked_by: None,
    };
    let what = format!("{} or {}", new.slug, new.hosts.join(", "));
    let tx = db.platform().await?;
    let plan = extras.plan.unwrap_or(Plan::Medium);
    let made = match subscriptions::found(tx, new, plan).await {
        Err(Error::Tenants(error)) if error.is_duplicate() => {
            bail!("{what} is taken by another organisation")
        }
        made => made?,
    };
    match subscriptions::equip(&made, &codes, admin, begin).await {
        Err(Error::Tenants(error)) if error.is_duplicate() => {
            bail!("another organisation serves one of these codes")
        }
        equipped => equipped.map_err(told)?,
    }
    let id = made.tenant.id;
    made.tx.commit().await?;
    Ok(id)
}

/// What is wrong with input, in English sentences for the terminal.
#[must_use]
pub fn told(error: Error) -> anyhow::Error {
    let Error::Invalid(errors) = error else {
        return error.into();
    };
    let sentences: Vec<String> = (errors.problems().iter())
        .map(|problem| {
            let sentence = crate::problem::field_sentence(problem, Language::English);
            format!("{}: {sentence}", problem.field)
        })
        .collect();
    anyhow::anyhow!(sentences.join("; "))
}

/// A domain for addresses that residents answer to: small letters, and more than one label.
///
/// # Errors
/// When it is none.
pub fn mail_domain(typed: &str) -> anyhow::Result<String> {
    let domain = typed.trim().to_ascii_lowercase();
    if !domain.contains('.') || !domain.split('.').all(is_label) {
        bail!("\"{typed}\" is no mail domain, for example antwoord.waterdam.nl");
    }
    Ok(domain)
}

/// Gives people an account in an organisation, all or nobody.
///
/// # Errors
/// When a password is too short, a role does not exist in such an organisation, or an address has an account already.
pub async fn add_person(
    db: &Db,
    tenant: &Tenant,
    people: Vec<Person>,
    cost: PasswordCost,
) -> anyhow::Result<Vec<StaffId>> {
    let mut accounts = Vec::new();
    for person in people {
        let Person {
            email,
            name,
            roles,
            password,
        } = person;
        if password.expose_secret().chars().count() < PASSWORD_MIN {
            bail!("the password must have at least {PASSWORD_MIN} characters");
        }
        if let Err(error) = people::check_roles(tenant, &roles) {
            match error.code() {
                Code::RolesApart => bail!("nobody is both auditor and budgetHolder"),
                _ => bail!("one of the roles exists in the platform's own organisation only"),
            }
        }
        if !email.contains('@') || email.contains(char::is_whitespace) {
            bail!("\"{email}\" is no mail address");
        }
        accounts.push(NewStaff {
            password_hash: cost.hash(password).await?,
            email,
            name,
            roles,
        });
    }
    let tx = db.write(tenant.id).await?;
    let mut ids = Vec::new();
    for account in accounts {
        let email = account.email.clone();
        let id = match staff::add(&tx, account).await {
            Err(error) if error.is_duplicate() => bail!("{email} has an account already"),
            other => other?,
        };
        let object = ("staff", Some(id.0));
        audit::record(
            &tx,
            None,
            audit::Action::StaffAdd,
            object,
            serde_json::json!({}),
        )
        .await?;
        ids.push(id);
    }
    tx.commit().await?;
    Ok(ids)
}

/// The organisation with this short name.
pub async fn by_slug(db: &Db, slug: &str) -> anyhow::Result<Tenant> {
    let tx = db.platform_read().await?;
    tenant::all(&tx)
        .await?
        .into_iter()
        .find(|tenant| tenant.slug == slug)
        .with_context(|| format!("there is no organisation \"{slug}\""))
}

/// A first password that nobody chose: 100 bits, readable over the phone.
///
/// # Errors
/// When the machine gives no randomness.
pub fn first_password() -> anyhow::Result<SecretString> {
    let text = BASE32_NOPAD.encode(&secret::random_bytes::<13>()?);
    let groups: Vec<&str> = (0..5)
        .filter_map(|at| text.get(at * 4..at * 4 + 4))
        .collect();
    Ok(SecretString::from(groups.join("-").to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_first_passwords_differ_and_are_long_enough() {
        let (one, other) = (first_password().unwrap(), first_password().unwrap());
        assert!(one.expose_secret().len() >= PASSWORD_MIN);
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
