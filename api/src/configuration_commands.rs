//! The subcommands about a municipality's whole configuration.

use std::{path::Path, process::ExitCode};

use anyhow::Context as _;
use api::{provisioning, settings::Settings};
use domain::{
    Language,
    configuration::{self, By, Effect},
};

use crate::commands::{open_without_mail, say};

/// Prints the configuration of a municipality.
pub async fn export(settings: Settings, slug: &str) -> anyhow::Result<ExitCode> {
    let app = open_without_mail(settings).await?;
    let tenant = provisioning::by_slug(app.database(), slug).await?;
    let tx = app.database().read(tenant.id).await?;
    let document = configuration::export(&tx, &tenant).await?;
    say(&document.document()?);
    Ok(ExitCode::SUCCESS)
}

/// Applies a configuration to a municipality, or tells what that would do.
pub async fn apply(
    settings: Settings,
    slug: &str,
    file: &Path,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let document = configuration::parse(&bytes).map_err(provisioning::told)?;
    let app = open_without_mail(settings).await?;
    let tenant = provisioning::by_slug(app.database(), slug).await?;
    let tx = app.database().write(tenant.id).await?;
    let (by, language) = (By::default(), Language::English);
    let applied = configuration::apply(&tx, &tenant, &document, by, language).await;
    let plan = applied.map_err(provisioning::told)?;
    if !dry_run {
        tx.commit().await?;
    }
    for part in &plan.parts {
        say(&format!("{:<8} {}: {}", part.effect, part.key, part.title));
        if part.effect == Effect::Changed {
            for one in &part.differences {
                say(&format!(
                    "         {}: \"{}\" -> \"{}\"",
                    one.what, one.before, one.after
                ));
            }
        }
    }
    let done = if dry_run { "would be" } else { "is" };
    say(&format!(
        "the configuration was {}, and {done} {}",
        plan.before, plan.after
    ));
    Ok(ExitCode::SUCCESS)
}
