//! `gehoord`: without a subcommand the demo, with one the real thing.

use std::{net::TcpListener, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context as _;
use api::{
    House, application, demo,
    settings::{LogFormat, Settings},
    worker,
};
use clap::{Parser, Subcommand};
use domain::practices::{self, Report};
use secrecy::{ExposeSecret as _, SecretString};
use tenants::{Clock, TenantKind, staff::PasswordCost, tenant};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a municipality listens: messages of residents, the desk that calls back, attentions, scores and practices.
///
/// Without a subcommand: the demo, with an embedded database under ./data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// File with settings (TOML); the environment (GEHOORD_…) wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Address of the database, instead of the one in the settings.
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<SecretString>,
    /// Address of the database with the role that owns the tables, for migrations.
    #[arg(long, global = true, hide_env_values = true)]
    owner_url: Option<SecretString>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and API, and do the jobs (unless --without-worker).
    Serve {
        /// Leave the jobs to `gehoord worker`.
        #[arg(long)]
        without_worker: bool,
    },
    /// Only do the jobs: send mails, throw away what is over.
    Worker,
    /// Bring the database to the newest shape, with the owning role.
    Migrate,
    /// Look at everything this installation needs and say what is wrong.
    Doctor,
    /// Print the description of the API (`OpenAPI` 3.1).
    Openapi,
    /// Ask a running program whether it is well; for container health checks.
    Health,
    /// Take something in.
    Import {
        #[command(subcommand)]
        what: Import,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Read a practice as it stands, print a report per field and keep it as a draft.
    Practice {
        /// The text file.
        file: PathBuf,
        /// Short name of the organisation that keeps the draft; the platform's own by default.
        #[arg(long)]
        tenant: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.into()),
    };
    match runtime.block_on(run(arguments)) {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

/// One line on stderr: what is wrong and what to do.
#[expect(clippy::print_stderr, reason = "the command line talks to people")]
fn complain(error: &anyhow::Error) -> ExitCode {
    eprintln!("gehoord: {error:#}");
    ExitCode::FAILURE
}

/// Prints to the terminal; a closed pipe is no error.
fn say(text: &str) {
    use std::io::Write as _;

    let _ = writeln!(std::io::stdout(), "{text}");
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let is_demo = arguments.command.is_none();
    let mut settings = Settings::load(arguments.config.as_deref())?;
    settings.demo = is_demo;
    if arguments.database_url.is_some() {
        settings.database.url = arguments.database_url;
    }
    if arguments.owner_url.is_some() {
        settings.database.owner_url = arguments.owner_url;
    }
    if is_demo && settings.database.owner_url.is_none() {
        settings
            .database
            .owner_url
            .clone_from(&settings.database.url);
    }
    logging(settings.log_format, is_demo);
    match arguments.command {
        None => demonstrate(settings).await,
        Some(Command::Serve { without_worker }) => {
            settings.validate()?;
            let house =
                application::open(settings, Clock::system(), PasswordCost::Production).await?;
            serve(Arc::new(house), !without_worker, None).await
        }
        Some(Command::Worker) => {
            settings.validate()?;
            let house =
                application::open(settings, Clock::system(), PasswordCost::Production).await?;
            let stop = CancellationToken::new();
            let work = tokio::spawn(worker::run(Arc::new(house), stop.clone()));
            asked_to_stop().await;
            stop.cancel();
            work.await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Migrate) => {
            application::migrate(&settings).await?;
            say("the database has its newest shape");
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Doctor) => doctor(settings).await,
        Some(Command::Openapi) => {
            say(&api::document().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Health) => health(&settings).await,
        Some(Command::Import {
            what: Import::Practice { file, tenant },
        }) => import_practice(settings, &file, tenant.as_deref()).await,
    }
}

fn logging(format: LogFormat, is_demo: bool) {
    let usual = if is_demo { "warn" } else { "info,sqlx=warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

async fn demonstrate(settings: Settings) -> anyhow::Result<ExitCode> {
    settings.validate()?;
    application::migrate(&settings).await?;
    if demo::load(&settings, PasswordCost::Production).await? {
        say("The demo is loaded.");
    }
    let house = application::open(settings, Clock::system(), PasswordCost::Production).await?;
    let port = house.settings.http.bind.port();
    serve(Arc::new(house), true, Some(demo::welcome(port))).await
}

async fn serve(
    house: Arc<House>,
    with_worker: bool,
    welcome: Option<String>,
) -> anyhow::Result<ExitCode> {
    let address = house.settings.http.bind;
    let listener = TcpListener::bind(address).with_context(|| {
        format!("http.bind: cannot listen on {address}; set GEHOORD_HTTP__BIND to another address")
    })?;
    let server = application::server(Arc::clone(&house), listener)?;
    if let Some(welcome) = welcome {
        say(&welcome);
    }
    tracing::info!(%address, "listening");
    let stop = CancellationToken::new();
    let work = with_worker.then(|| tokio::spawn(worker::run(Arc::clone(&house), stop.clone())));
    let handle = server.handle();
    let serving = tokio::spawn(server);
    asked_to_stop().await;
    tracing::info!("stopping: running requests are finished first");
    stop.cancel();
    handle.stop(true).await;
    serving.await??;
    if let Some(work) = work {
        work.await?;
    }
    house.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without signals there is nothing to wait for but the terminal.
    let _ = tokio::signal::ctrl_c().await;
}

async fn doctor(settings: Settings) -> anyhow::Result<ExitCode> {
    let mut sound = true;
    let mut tell = |what: &str, result: Result<String, String>| match result {
        Ok(text) => say(&format!("ok    {what}: {text}")),
        Err(text) => {
            sound = false;
            say(&format!("WRONG {what}: {text}"));
        }
    };
    tell(
        "settings",
        settings
            .validate()
            .map(|()| "usable".to_owned())
            .map_err(|error| error.to_string()),
    );
    let url = settings.database_url();
    let pending = migration::pending(url.expose_secret()).await;
    tell(
        "migrations",
        match &pending {
            Ok(pending) if pending.is_empty() => Ok("the newest shape".to_owned()),
            Ok(pending) => Err(format!(
                "{} are missing: run `gehoord migrate`",
                pending.len()
            )),
            Err(error) => Err(format!("the database does not answer: {error}")),
        },
    );
    match application::open(settings, Clock::system(), PasswordCost::Production).await {
        Err(error) => tell("house", Err(format!("{error:#}"))),
        Ok(house) => {
            for (what, result) in house.examine().await {
                tell(what, result);
            }
        }
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A plain HTTP question to ourselves, without a client library: the container has nothing else to ask with.
async fn health(settings: &Settings) -> anyhow::Result<ExitCode> {
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
    let well = tokio::time::timeout(Duration::from_secs(5), ask).await??;
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn import_practice(
    mut settings: Settings,
    file: &std::path::Path,
    slug: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    // A practice is brought in beside a demo as well as beside the real thing: no mail server is needed for it.
    settings.demo = true;
    let house = application::open(settings, Clock::system(), PasswordCost::Production).await?;
    let db = house.database();
    let tenants = {
        let tx = db.platform_read().await?;
        tenant::all(&tx).await?
    };
    let keeper = tenants
        .iter()
        .find(|tenant| match slug {
            Some(slug) => tenant.slug == slug,
            None => tenant.kind == TenantKind::Platform,
        })
        .context("there is no such organisation; start the demo once, or name one with --tenant")?;
    let tx = db.write(keeper.id).await?;
    let imported = practices::import(&tx, &name, &bytes, None)
        .await
        .with_context(|| format!("{} could not be read", file.display()))?;
    tx.commit().await?;
    say(&Report(&imported.reading).to_string());
    let state = if imported.fresh {
        "kept as a new draft"
    } else {
        "these bytes were here before: the same draft"
    };
    say(&format!(
        "{state}: {} at {}",
        imported.practice.id, keeper.name
    ));
    Ok(ExitCode::SUCCESS)
}
