//! Starts the program from its settings.

use std::{net::TcpListener, sync::Arc};

use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::{Compress, from_fn},
    web,
};
use anyhow::{Context as _, bail};
use domain::mail::{Mailer, Sender};
use secrecy::ExposeSecret;
use tenants::{Clock, Db, PoolSettings, installation, secret::MasterKey, staff::PasswordCost};
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
    let schema = migration::schema_state(url.expose_secret())
        .await
        .context("database.url: the database does not answer")?;
    if schema != migration::SchemaState::Current {
        bail!("database.url: {schema}");
    }
    let db = connect(&settings, clock).await?;
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
    for warning in settings.warnings() {
        tracing::warn!("{warning}");
    }
    let master = known_secret(&settings, &db).await?;
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

async fn connect(settings: &Settings, clock: Clock) -> anyhow::Result<Db> {
    let pool = PoolSettings {
        max_connections: settings.database.max_connections,
        ..PoolSettings::default()
    };
    Ok(Db::connect(settings.database_url().expose_secret(), pool, clock).await?)
}

/// The secret of the installation. The database knows its fingerprint from the first start, so that a lost or another secret is noticed
/// before it is used.
async fn known_secret(settings: &Settings, db: &Db) -> anyhow::Result<MasterKey> {
    let known = installation::secret_fingerprint(db).await?;
    let file = settings.secret_path();
    if known.is_some() && !file.exists() {
        bail!(
            "secret_file: {} is gone; put it back from a backup, or run `gehoord secret replace` to go on without it",
            file.display()
        );
    }
    let master = settings.master_key()?;
    let fingerprint = master.fingerprint()?;
    let holds = match known {
        Some(known) => known,
        None => installation::claim_secret(db, fingerprint.clone()).await?,
    };
    if holds != fingerprint {
        bail!(
            "secret_file: {} is not the secret that this database was made with; set GEHOORD_SECRET_FILE to that one, or run `gehoord secret replace` to go on with this one",
            file.display()
        );
    }
    Ok(master)
}

/// Takes the secret of `secret_file` for this database from now on, whatever it was before; makes one when there is none. Everybody signs in
/// again, pages that are open have to be loaded again, and earlier recipients of gifts are not recognised.
///
/// # Errors
/// When the file or the database cannot be used.
pub async fn replace_secret(settings: &Settings) -> anyhow::Result<()> {
    let db = connect(settings, Clock::system()).await?;
    let fingerprint = settings.master_key()?.fingerprint()?;
    installation::set_secret_fingerprint(&db, &fingerprint).await?;
    Ok(db.close().await?)
}

/// Takes the clock for right, after it jumped.
///
/// # Errors
/// When the database cannot be used.
pub async fn accept_clock(settings: &Settings) -> anyhow::Result<()> {
    let db = connect(settings, Clock::system()).await?;
    installation::accept_clock(&db).await?;
    Ok(db.close().await?)
}

/// Milliseconds after which a connection ends whose client takes nothing of what was sent: what it holds is memory of everybody.
#[cfg(target_os = "linux")]
const READER_PATIENCE: u32 = 30_000;

/// Connections that may wait until they are taken; the standard library asks for 128.
const BACKLOG: i32 = 4096;

fn prepare(listener: &TcpListener) -> std::io::Result<()> {
    #[cfg(unix)]
    rustix::net::listen(listener, BACKLOG)?;
    Ok(())
}

/// The server over a listening socket; it runs when it is awaited and stops gracefully through its handle.
///
/// # Errors
/// When the socket cannot be used.
pub fn server(app: Arc<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    prepare(&listener)?;
    let workers = app.settings.http.workers;
    let app = web::Data::from(app);
    let first_pages = web::Data::new(FirstPageCache::new());
    let document = web::Data::new(openapi::ServedDocument::new(&document()));
    let mut server = HttpServer::new(move || {
        let demo = app.settings.demo;
        App::new()
            .wrap(from_fn(middleware::handle))
            .wrap(Compress::default())
            .app_data(app.clone())
            .app_data(document.clone())
            .app_data(first_pages.clone())
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/api/v1").configure(routes::api))
            .map(|app| app.configure(|config| routes::pages(config, demo)))
            .into_app()
    })
    .on_connect(|connection, _| {
        #[cfg(target_os = "linux")]
        if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>()
            // Best effort: without it the connection works the same, and ends later.
            && let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, READER_PATIENCE)
        {
            tracing::debug!(%error, "a connection has no time limit for its reader");
        }
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
