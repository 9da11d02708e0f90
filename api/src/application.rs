//! Starts the program from its settings.

use std::{net::TcpListener, sync::Arc};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};
use anyhow::{Context as _, bail};
use domain::mail::{Mailer, Sender};
use secrecy::ExposeSecret;
use tenants::{Clock, Db, PoolSettings, staff::PasswordCost};
use utoipa_actix_web::AppExt as _;

use crate::{AppState, intake::FirstPageCache, middleware, openapi, routes, settings::Settings};

/// Creates or updates the tables, as the role that owns them.
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

/// Opens the application: secret, database, mail. The database must be up to date, and outside of the demo its role must own no tables.
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
            "{} migrations must still run: `gehoord migrate`",
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
    let master = settings.master_key()?;
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

/// The server over a listening socket; it runs when it is awaited and stops gracefully through its handle.
///
/// # Errors
/// When the socket cannot be used.
pub fn server(app: Arc<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    let workers = app.settings.http.workers;
    let app = web::Data::from(app);
    let first_pages = web::Data::new(FirstPageCache::new());
    let document = web::Data::new(openapi::ServedDocument::new(&document()));
    let mut server = HttpServer::new(move || {
        let demo = app.settings.demo;
        App::new()
            .wrap(from_fn(middleware::handle))
            .app_data(app.clone())
            .app_data(document.clone())
            .app_data(first_pages.clone())
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

/// The description of the API, as it is committed and served.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, operations) = App::new()
        .into_utoipa_app()
        .configure(routes::api)
        .split_for_parts();
    openapi::complete(operations)
}
