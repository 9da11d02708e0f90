//! A new organisation on the platform, furnished so that its first resident can send a message: for the command line and the demo.

use anyhow::{Context as _, bail};
use data_encoding::BASE32_NOPAD;
use domain::{
    Code, audit,
    cases::Kind,
    clocks::{self, Applies, ClockKind, RuleTerms},
    deadlines::{CalendarDefinition, ServiceRule},
    form_editor::{self, KLACHT_TIP_COMPLIMENT},
    forms::Definition,
    people,
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

/// Creates an organisation under its hosts, all of it or nothing. A municipality gets the law's calendar, office hours, the promise of one
/// working day, and the first form.
///
/// # Errors
/// When the short name or a host is unusable or taken, or the database does not answer.
pub async fn create_tenant(db: &Db, new: NewTenant) -> anyhow::Result<TenantId> {
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
    let kind = new.kind;
    let zone = new.zone;
    let tx = db.platform().await?;
    let what = format!("{} or {}", new.slug, new.hosts.join(", "));
    let tx = match tenant::create(tx, new).await {
        Err(error) if error.is_duplicate() => bail!("{what} is taken by another organisation"),
        other => other?,
    };
    let id = tx.tenant();
    if kind == TenantKind::Municipality {
        clocks::store_legal_calendar(&tx).await?;
        clocks::set_calendar(&tx, &CalendarDefinition::office_hours(zone), None, None).await?;
        let calls = ServiceRule::WorkingDays { days: 1 };
        clocks::set_rule(&tx, &calls, &RuleTerms::default(), None, None).await?;
        // The law asks for a confirmation in writing without saying how soon (Awb art. 9:6).
        let confirms = RuleTerms {
            clock: ClockKind::Acknowledgement,
            applies: Applies {
                kind: Some(Kind::Complaint),
                ..Applies::default()
            },
            pause_reasons: Vec::new(),
            ..RuleTerms::default()
        };
        let within = ServiceRule::WorkingDays { days: 5 };
        clocks::set_rule(&tx, &within, &confirms, None, None).await?;
        let definition = Definition::parse(KLACHT_TIP_COMPLIMENT)?;
        form_editor::publish(
            &tx,
            "klacht-tip-compliment",
            definition,
            "Eerste versie",
            None,
        )
        .await?;
    }
    tx.commit().await?;
    Ok(id)
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

/// One label of a host name (RFC 1123 §2.1).
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
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
    fn a_host_is_made_of_labels() {
        for (label, holds) in [
            ("waterdam", true),
            ("water-dam2", true),
            ("", false),
            ("-dam", false),
            ("dam-", false),
            ("Waterdam", false),
            ("water dam", false),
            ("wäterdam", false),
            ("waterdam:8080", false),
        ] {
            assert_eq!(is_label(label), holds, "{label}");
        }
    }

    #[test]
    fn two_first_passwords_differ_and_are_long_enough() {
        let (one, other) = (first_password().unwrap(), first_password().unwrap());
        assert!(one.expose_secret().len() >= PASSWORD_MIN);
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
