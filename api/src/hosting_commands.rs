//! The subcommands about how a municipality stands and where it is found.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use api::{provisioning, settings::Settings};
use domain::{
    Code, Error, Language,
    hosting::{self, Checked, HostRequest, Operator, StandingRequest, StandingStep},
};
use tenants::{TenantKind, tenant};

use crate::commands::{open_without_mail, say};

/// What to do with the hosts of a municipality.
#[derive(clap::Args)]
pub struct HostsCommand {
    /// Short name of the municipality.
    slug: String,
    /// Give it a host: one under the platform's own is in use at once, any other waits for its proof in DNS.
    #[arg(long, group = "what")]
    add: Option<String>,
    /// Look in DNS for the proof of a host that waits.
    #[arg(long, group = "what")]
    check: Option<String>,
    /// Make a host the one in links.
    #[arg(long, group = "what")]
    primary: Option<String>,
    /// Take a host out of use.
    #[arg(long, group = "what")]
    remove: Option<String>,
}

/// An error in words.
fn told(error: Error) -> anyhow::Error {
    match &error {
        Error::Invalid(errors) => {
            let sentences = errors.problems().iter().map(|problem| {
                let key = domain::sentence_key(&problem.code, &problem.parameters);
                let values: Vec<(&str, &str)> = (problem.parameters.iter())
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                Language::English.text_with(&key, &values)
            });
            anyhow::anyhow!(sentences.collect::<Vec<_>>().join(" "))
        }
        Error::NotFound => anyhow::anyhow!("there is no such municipality, or no such host waits"),
        _ if error.code() == Code::TenantNotNow => {
            anyhow::anyhow!("that does not fit how the municipality stands now")
        }
        _ => error.into(),
    }
}

/// Suspends a municipality, resumes it, or ends it.
pub async fn change_standing(
    settings: Settings,
    step: StandingStep,
    slug: &str,
    reason: String,
) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let tx = app.database().platform_read().await?;
    let platform = tenant::all(&tx)
        .await?
        .into_iter()
        .find(|tenant| tenant.kind == TenantKind::Platform)
        .context("the platform's own organisation is missing: add it with --platform first")?;
    drop(tx);
    let operator = Operator {
        platform: platform.id,
        staff: None,
    };
    let request = StandingRequest { reason };
    let standing = hosting::change(app.database(), operator, slug, step, &request)
        .await
        .map_err(|error| match error {
            Error::NotFound => anyhow::anyhow!("there is no municipality \"{slug}\""),
            error => told(error),
        })?;
    say(&format!(
        "{}: {}; a running program knows it within half a minute",
        standing.slug, standing.state
    ));
    Ok(ExitCode::SUCCESS)
}

/// Prints the hosts of a municipality, after it changed one when asked to.
pub async fn hosts(settings: Settings, command: HostsCommand) -> anyhow::Result<ExitCode> {
    let resolver = settings.dns.resolver();
    let app = open_without_mail(settings).await?;
    let known = provisioning::by_slug(app.database(), &command.slug).await?;
    if known.kind != TenantKind::Municipality {
        bail!("the platform's own hosts are given with `gehoord tenant add --platform`");
    }
    if let Some(host) = command.check {
        let request = HostRequest { host };
        let checked = hosting::check_for(app.database(), &resolver, known.id, &request).await;
        let Checked { host, finding, .. } = checked.map_err(told)?;
        say(&match finding {
            None => format!("{host}: proven"),
            Some(finding) => format!("{host}: not proven: {finding}"),
        });
    }
    let tx = app.database().write(known.id).await?;
    let request = |host: String| HostRequest { host };
    let done = if let Some(host) = command.add {
        hosting::give(&tx, &request(host)).await.map(drop)
    } else if let Some(host) = command.primary {
        hosting::put_first(&tx, None, &request(host))
            .await
            .map(drop)
    } else if let Some(host) = command.remove {
        hosting::remove(&tx, None, &request(host)).await.map(drop)
    } else {
        Ok(())
    };
    done.map_err(told)?;
    let hosts = hosting::hosts(&tx).await?;
    tx.commit().await?;
    for one in hosts.active {
        let primary = if one.is_primary { " (in links)" } else { "" };
        say(&format!("active   {}{primary}", one.host));
    }
    for one in hosts.waiting {
        let (name, text) = (one.record_name, one.record_text);
        say(&format!("waiting  {}: set TXT {name} to {text}", one.host));
    }
    Ok(ExitCode::SUCCESS)
}
