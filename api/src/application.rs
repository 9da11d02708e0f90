//! From settings to a running program.

use std::{io::Write as _, net::TcpListener, path::Path, sync::Arc};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};
use anyhow::{Context as _, bail};
use data_encoding::HEXLOWER;
use domain::mail::{Mailer, Sender};
use secrecy::ExposeSecret;
use tenants::{Clock, Db, PoolSettings, secret, secret::MasterKey, staff::PasswordCost};
use utoipa_actix_web::AppExt as _;

use crate::{AppState, middleware, routes, settings::Settings};

/// Brings the database to the newest shape, with the owning role.
///
/// # Errors
/// When there is no owning role to do it with, or the database refuses.
pub async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    let Some(owner) = settings.owner_url() else {
        bail!(
            "database.owner_url: set GEHOORD_DATABASE__OWNER_URL to the role that owns the tables"
        );
    };
    std::fs::create_dir_all(&settings.data_folder).with_context(|| {
        format!(
            "data_folder: cannot make {}",
            settings.data_folder.display()
        )
    })?;
    migration::up(owner.expose_secret(), settings.working_role().as_deref())
        .await
        .context("the database could not be brought up to date")
}

/// Opens the house: secret, database, mail. The database must have its newest shape, and outside of a demo the role must own nothing.
///
/// # Errors
/// One line that says what is missing and what to do.
pub async fn open(
    settings: Settings,
    clock: Clock,
    cost: PasswordCost,
) -> anyhow::Result<AppState> {
    let url = settings.database_url();
    let pending = migration::pending(url.expose_secret())
        .await
        .context("database.url: the database does not answer")?;
    if !pending.is_empty() {
        bail!(
            "the database is {} migrations behind: run `gehoord migrate`",
            pending.len()
        );
    }
    let pool = PoolSettings {
        max_connections: settings.database.max_connections,
        ..PoolSettings::default()
    };
    let db = Db::connect(url.expose_secret(), pool, clock).await?;
    let problems = db.status().await?.role_problems;
    for problem in &problems {
        tracing::warn!(
            problem,
            "row-level security does not hold for this database role"
        );
    }
    if !problems.is_empty() && !settings.demo {
        bail!(
            "database.url: {}; use the role of docker/postgres/roles.sql",
            problems.join(", ")
        );
    }
    let master = master_key(&settings)?;
    let sender = match &settings.mail.smtp_url {
        Some(url) => {
            Sender::smtp(url).map_err(|cause| anyhow::anyhow!("mail.smtp_url: {cause}"))?
        }
        None => Sender::Folder(settings.data_folder.join("mail")),
    };
    let mailer = Mailer::new(sender, &settings.mail.from)
        .map_err(|cause| anyhow::anyhow!("mail.from: {cause}"))?;
    Ok(AppState::new(settings, db, mailer, &master, cost)?)
}

/// The installation's secret, from its file; made with 0600 at the first start.
pub(crate) fn master_key(settings: &Settings) -> anyhow::Result<MasterKey> {
    let path = settings
        .secret_file
        .clone()
        .unwrap_or_else(|| settings.data_folder.join("secret"));
    if !path.exists() {
        make_secret(&path)
            .with_context(|| format!("secret_file: cannot make {}", path.display()))?;
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("secret_file: cannot read {}", path.display()))?;
    HEXLOWER
        .decode(text.trim().as_bytes())
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .map(MasterKey::new)
        .with_context(|| {
            format!(
                "secret_file: {} must hold 64 hexadecimal digits",
                path.display()
            )
        })
}

fn make_secret(path: &Path) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    match made {
        Ok(mut file) => {
            let bytes = secret::random_bytes::<32>()?;
            writeln!(file, "{}", HEXLOWER.encode(&bytes))?;
            file.sync_all()?;
            Ok(())
        }
        // Two programs that start at once share the secret of the first.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The server over a listening socket; it runs when it is awaited and stops gracefully through its handle.
///
/// # Errors
/// When the socket cannot be used.
pub fn server(app: Arc<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    let workers = app.settings.http.workers;
    let app = web::Data::from(app);
    let document = web::Data::new(crate::openapi::Served::new());
    let mut server = HttpServer::new(move || {
        let demo = app.settings.demo;
        App::new()
            .wrap(from_fn(middleware::handle))
            .app_data(app.clone())
            .app_data(document.clone())
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/api/v1").configure(routes::api))
            .map(|app| app.configure(|config| routes::pages(config, demo)))
            .into_app()
    })
    .shutdown_timeout(15)
    .disable_signals();
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}
