//! The subcommands that do one thing and stop.

use std::{io::Write as _, process::ExitCode, time::Duration};

use anyhow::{Context as _, bail};
use api::{
    AppState, application,
    provisioning::{self, Extras, Person},
    settings::Settings,
};
use domain::{
    Error, Language,
    bundles::{self, Trust},
    practices::{self, Batch, BatchKind, Report, RowState},
    quotas::{self, Plan},
    style::HouseStyle,
    subscriptions::{self, ChangeRequest},
};
use secrecy::{ExposeSecret as _, SecretString};
use tenants::{Clock, ContactDetails, Role, TenantKind, TenantState, staff::PasswordCost, tenant};

/// An organisation to add.
#[derive(clap::Args)]
pub struct NewTenant {
    /// Short name: small letters, digits and hyphens.
    slug: String,
    /// Name as residents know it, such as "Gemeente Waterdam".
    #[arg(long)]
    name: String,
    /// Host of its pages, without scheme and port; the first is the one in links. May be given more than once.
    #[arg(long, required = true)]
    host: Vec<String>,
    /// Mail address for residents.
    #[arg(long)]
    email: String,
    /// Phone number for residents.
    #[arg(long)]
    phone: Option<String>,
    /// Postal address for residents.
    #[arg(long)]
    post: Option<String>,
    /// The municipality's own website.
    #[arg(long)]
    website: Option<String>,
    /// Address of the municipality's own privacy statement.
    #[arg(long)]
    privacy_url: Option<String>,
    /// Address of the municipality's own accessibility statement.
    #[arg(long)]
    accessibility_url: Option<String>,
    /// Name of the municipality's own ombudsman; without one it is the Nationale ombudsman.
    #[arg(long)]
    ombudsman: Option<String>,
    /// Website of that ombudsman.
    #[arg(long, requires = "ombudsman")]
    ombudsman_url: Option<String>,
    /// Domain of the addresses that residents answer to, when mails for it are brought here.
    #[arg(long)]
    mail_domain: Option<String>,
    /// The platform's own organisation instead of a municipality: published practices are read at its host.
    #[arg(long)]
    platform: bool,
    /// Residents see that it is being prepared until its administrator opens it.
    #[arg(long, conflicts_with = "platform")]
    preparing: bool,
    /// Code of the CBS that it serves, such as GM0441. May be given more than once.
    #[arg(long, conflicts_with = "platform")]
    code: Vec<String>,
    /// Its plan: small, medium or large; medium when nothing is said.
    #[arg(long, conflicts_with = "platform")]
    plan: Option<Plan>,
    /// Address of the first administrator, who is invited by mail.
    #[arg(long, requires = "admin_name", conflicts_with = "platform")]
    admin_mail: Option<String>,
    /// Name of the first administrator.
    #[arg(long, requires = "admin_mail")]
    admin_name: Option<String>,
    /// Time zone in which its days begin and end.
    #[arg(long, default_value = "Europe/Amsterdam")]
    zone: chrono_tz::Tz,
}

/// What is changed about a municipality. What is not given stays.
#[derive(clap::Args)]
pub struct TenantChange {
    /// Short name.
    slug: String,
    /// Its plan: small, medium or large.
    #[arg(long)]
    plan: Option<Plan>,
    /// Codes of the CBS that it serves instead of those of now. May be given more than once.
    #[arg(long)]
    code: Vec<String>,
    /// Accounts, instead of the number of the plan.
    #[arg(long)]
    people: Option<i64>,
    /// GB of files, likewise.
    #[arg(long)]
    storage_gb: Option<i64>,
    /// Messages in a day, likewise.
    #[arg(long)]
    messages: Option<i64>,
    /// Mails in a day, likewise.
    #[arg(long)]
    mails: Option<i64>,
}

/// An account to add.
#[derive(clap::Args)]
pub struct NewStaff {
    /// Mail address to sign in with.
    email: String,
    /// Name as colleagues know it.
    #[arg(long)]
    name: String,
    /// Short name of the organisation.
    #[arg(long)]
    tenant: String,
    /// clerk, lead, formEditor, budgetHolder, tenantAdmin, employee, auditor or platformOperator. May be given more than once.
    #[arg(long, required = true)]
    role: Vec<Role>,
    /// Read the first password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
}

/// Prints to the terminal; a closed pipe is no error.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Opens the application for a command that sends no mail, so that it needs no mail server.
pub async fn open_without_mail(mut settings: Settings) -> anyhow::Result<AppState> {
    settings.demo = true;
    application::open(settings, Clock::system(), PasswordCost::Production).await
}

/// Adds an organisation.
pub async fn add_tenant(settings: Settings, new: NewTenant) -> anyhow::Result<ExitCode> {
    let links = settings.link_base();
    let app = open_without_mail(settings).await?;
    let kind = if new.platform {
        TenantKind::Platform
    } else {
        TenantKind::Municipality
    };
    let slug = new.slug.clone();
    let organisation = tenant::NewTenant {
        kind,
        state: if new.preparing {
            TenantState::Preparing
        } else {
            TenantState::Active
        },
        slug: new.slug,
        name: new.name,
        zone: new.zone,
        languages: vec!["nl".to_owned(), "en".to_owned()],
        style: serde_json::to_value(if new.platform {
            HouseStyle::platform()
        } else {
            HouseStyle::beginning()
        })?,
        contact: ContactDetails {
            phone: new.phone,
            post: new.post,
            website: new.website,
            privacy_url: new.privacy_url,
            accessibility_url: new.accessibility_url,
            ombudsman: new.ombudsman,
            ombudsman_url: new.ombudsman_url,
            email: new.email,
            mail_domain: new.mail_domain,
        },
        hosts: new.host,
    };
    let extras = Extras {
        plan: new.plan,
        codes: new.code,
        admin: new.admin_name.zip(new.admin_mail),
    };
    provisioning::create_with(app.database(), organisation, extras, &links).await?;
    say(&format!(
        "added {slug}; a running program serves its hosts within half a minute"
    ));
    Ok(ExitCode::SUCCESS)
}

/// Changes the plan of a municipality, its own numbers and its codes.
pub async fn change_tenant(settings: Settings, change: TenantChange) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let tx = app.database().platform().await?;
    let tenant = subscriptions::municipality(&tx, &change.slug)
        .await
        .with_context(|| format!("there is no municipality \"{}\"", change.slug))?;
    let known = quotas::of(&tx, [tenant.id]).await?;
    let known = known.first().context("it has no plan")?;
    let codes = subscriptions::codes_of(&tx, tenant.id).await?;
    let mut request = ChangeRequest::of(known, &codes);
    if let Some(plan) = change.plan {
        request.plan = plan.to_string();
    }
    if !change.code.is_empty() {
        request.codes = change.code;
    }
    for (field, given) in [
        (&mut request.people, change.people),
        (&mut request.storage_gb, change.storage_gb),
        (&mut request.messages, change.messages),
        (&mut request.mails, change.mails),
    ] {
        if let Some(number) = given {
            *field = number.into();
        }
    }
    let changed = subscriptions::change(&tx, tenant.id, &request).await;
    changed.map_err(provisioning::told)?;
    tx.commit().await?;
    say(&format!("changed {}", change.slug));
    Ok(ExitCode::SUCCESS)
}

/// Says how mails of residents come in at a municipality: its mail domain, which is set when one is given, and the secret of its gateway.
pub async fn tenant_mail(
    settings: Settings,
    slug: &str,
    domain: Option<String>,
) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let known = provisioning::by_slug(app.database(), slug).await?;
    let mut contact = known.contact.clone();
    if let Some(domain) = domain {
        contact.mail_domain = Some(provisioning::mail_domain(&domain)?);
        let tx = app.database().platform().await?;
        tenant::set_contact(&tx, known.id, &contact).await?;
        tx.commit().await?;
    }
    let domain = contact.mail_domain.unwrap_or_else(|| "none".to_owned());
    say(&format!("mail domain: {domain}"));
    say(&format!(
        "secret of the gateway: {}",
        app.gateway_secret(known.id)
    ));
    Ok(ExitCode::SUCCESS)
}

/// Adds an account.
pub async fn add_staff(settings: Settings, new: NewStaff) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let tenant = provisioning::by_slug(app.database(), &new.tenant).await?;
    let password = if new.password_stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        if line.trim().is_empty() {
            bail!("standard input has no password");
        }
        SecretString::from(line.trim_end_matches(['\r', '\n']))
    } else {
        provisioning::first_password()?
    };
    let shown = (!new.password_stdin).then(|| password.clone());
    let person = Person {
        email: new.email.clone(),
        name: new.name,
        roles: new.role,
        password,
    };
    provisioning::add_person(
        app.database(),
        &tenant,
        vec![person],
        PasswordCost::Production,
    )
    .await?;
    say(&format!("{} can sign in at {}", new.email, tenant.name));
    if let Some(password) = shown {
        say(&format!(
            "first password, shown once: {}",
            password.expose_secret()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks the installation and prints one line for each part.
pub async fn doctor(settings: Settings) -> anyhow::Result<ExitCode> {
    let mut passed = true;
    let mut report = |what: &str, result: Result<String, String>| match result {
        Ok(text) => say(&format!("ok    {what}: {text}")),
        Err(text) => {
            passed = false;
            say(&format!("WRONG {what}: {text}"));
        }
    };
    report(
        "settings",
        settings
            .validate()
            .map(|()| "usable".to_owned())
            .map_err(|error| error.to_string()),
    );
    for warning in settings.warnings() {
        say(&format!("told  {warning}"));
    }
    let url = settings.database_url();
    report(
        "migrations",
        match migration::schema_state(url.expose_secret()).await {
            Ok(migration::SchemaState::Current) => Ok("up to date".to_owned()),
            Ok(state) => Err(state.to_string()),
            Err(error) => Err(format!("the database does not answer: {error}")),
        },
    );
    match application::open(settings, Clock::system(), PasswordCost::Production).await {
        Err(error) => report("program", Err(format!("{error:#}"))),
        Ok(app) => {
            for (what, result) in app.check().await {
                report(what, result);
            }
        }
    }
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Verifies the ledgers and their receipts, and prints each defect with its place. Each of `heads` must be the hash of an entry in one of them.
pub async fn check_ledger(
    settings: Settings,
    slug: Option<&str>,
    heads: &[String],
) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let checked = domain::gift_ledger::verify_all(app.database(), app.file_store(), slug).await?;
    if checked.is_empty() && slug.is_some() {
        bail!("there is no such organisation, or it has no budget");
    }
    let mut passed = true;
    for (tenant, checked) in &checked {
        let name = format!("{tenant}: {} {}", checked.budget.name, checked.budget.year);
        if checked.findings.is_empty() {
            say(&format!(
                "ok    {name}: {} entries, head {}",
                checked.entries, checked.head
            ));
        }
        for finding in &checked.findings {
            passed = false;
            let gift = finding
                .gift
                .map(|gift| format!(", gift {gift}"))
                .unwrap_or_default();
            say(&format!(
                "WRONG {name}: entry {}: {}{gift}",
                finding.sequence, finding.defect
            ));
        }
    }
    for head in heads {
        if let Some(place) = chain_with(&app, &checked, head).await? {
            say(&format!("ok    head {head}: {place}"));
        } else {
            passed = false;
            say(&format!(
                "WRONG head {head}: in no ledger; entries were removed or changed"
            ));
        }
    }
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The place of the entry with this hash in the verified ledgers.
async fn chain_with(
    app: &AppState,
    checked: &[(String, domain::gift_ledger::Verification)],
    head: &str,
) -> anyhow::Result<Option<String>> {
    for (tenant, one) in checked {
        let tx = app.database().read(one.budget.tenant_id).await?;
        let found = domain::gift_ledger::entry_with_hash(&tx, one.budget.id, head).await?;
        if let Some(entry) = found {
            let (name, year) = (&one.budget.name, one.budget.year);
            let sequence = entry.sequence;
            return Ok(Some(format!("{tenant}: {name} {year}, entry {sequence}")));
        }
    }
    Ok(None)
}

/// A plain HTTP request to this program, without a client library: the container has no other program for it.
pub async fn health(settings: &Settings) -> anyhow::Result<ExitCode> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let address = std::net::SocketAddr::from(([127, 0, 0, 1], settings.http.bind.port()));
    let ask = async {
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        anyhow::Ok(answer.starts_with(b"HTTP/1.1 200"))
    };
    let healthy = tokio::time::timeout(Duration::from_secs(5), ask).await??;
    Ok(if healthy {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Reads practices from files, prints a report of each and keeps the drafts, unless it is only tried.
pub async fn import_practices(
    settings: Settings,
    files: &[std::path::PathBuf],
    slug: Option<&str>,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let db = app.database();
    let tenants = {
        let tx = db.platform_read().await?;
        tenant::all(&tx).await?
    };
    let owner = tenants
        .iter()
        .find(|tenant| match slug {
            Some(slug) => tenant.slug == slug,
            None => tenant.kind == TenantKind::Platform,
        })
        .context("there is no such organisation; start the demo once, or name one with --tenant")?;
    let mut refused = false;
    for file in files {
        let unread = || format!("{} could not be read", file.display());
        let bytes = std::fs::read(file).with_context(unread)?;
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let kind = BatchKind::of_name(&name);
        if kind == BatchKind::Text
            && let Ok(parsed) = practices::parse(&bytes)
        {
            say(&Report(&parsed).to_string());
        }
        let batch = Batch::read(kind, bytes)
            .map_err(provisioning::told)
            .with_context(unread)?;
        let tx = db.write(owner.id).await?;
        let rows = practices::import_batch(&tx, &name, batch, None)
            .await
            .with_context(unread)?;
        if !dry_run {
            tx.commit().await?;
        }
        for row in rows {
            let state = match (row.state, dry_run) {
                (RowState::New, false) => "kept as a new draft",
                (RowState::New, true) => "would be a new draft",
                (RowState::Known, _) => "imported before: the same draft",
                (RowState::Refused, _) => "refused",
            };
            refused |= row.state == RowState::Refused;
            say(&format!("{name} row {}: {state}: {}", row.row, row.title));
            for problem in row.errors {
                say(&format!("  {}: {}", problem.field, problem.code));
            }
        }
    }
    Ok(if refused {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Checks a bundle in a file, and prints what is wrong with its place.
pub fn verify_bundle(settings: &Settings, file: &std::path::Path) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let keys: Vec<String> = settings.exchange_key().ok().into_iter().collect();
    match bundles::parse(&bytes, Trust::Unsigned) {
        Ok(checked) => {
            let signed = match bundles::parse(&bytes, Trust::Signed(&keys)) {
                Ok(_) => "signed by this installation",
                Err(_) => "not signed by this installation",
            };
            let manifest = &checked.bundle.manifest;
            say(&format!(
                "ok    {} {}: {} parts, {signed}, digest {}",
                manifest.title,
                manifest.version,
                manifest.parts.len(),
                manifest.digest
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Invalid(errors)) => {
            for problem in errors.problems() {
                let key = domain::sentence_key(&problem.code, &problem.parameters);
                let values: Vec<(&str, &str)> = (problem.parameters.iter())
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                let sentence = Language::English.text_with(&key, &values);
                say(&format!("WRONG {}: {sentence}", problem.field));
            }
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}
