//! `gehoord`: without a subcommand the demo, with one a command for an installation.

mod commands;
mod configuration_commands;
mod hosting_commands;

use std::{
    io::IsTerminal as _, net::TcpListener, path::PathBuf, process::ExitCode, sync::Arc,
    time::Duration,
};

use crate::{commands::say, hosting_commands::change_standing};
use anyhow::Context as _;
use api::{
    AppState, application, demo,
    settings::{LogFormat, Settings},
    worker,
};
use clap::{Parser, Subcommand};
use domain::hosting::StandingStep;
use secrecy::SecretString;
use tenants::{Clock, staff::PasswordCost};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// Longest that the program goes on after it was asked to stop.
const STOP_MAX: Duration = Duration::from_secs(22);

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Complaints, tips and compliments for municipalities: forms, the desk that calls back, gifts, scores and practices.
///
/// Without a subcommand it runs the demo, with an embedded database in ./data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// File with settings (TOML); the environment (GEHOORD_…) wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Address of the database, instead of the setting.
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<SecretString>,
    /// Address of the database with the role that owns the tables, for `gehoord migrate`.
    #[arg(long, global = true, hide_env_values = true)]
    owner_url: Option<SecretString>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and API, and run jobs (unless --without-worker).
    Serve {
        /// Run no jobs; `gehoord worker` runs them.
        #[arg(long)]
        without_worker: bool,
    },
    /// Run jobs only: send mails, delete what has expired.
    Worker,
    /// Create or update the tables, with the role that owns them.
    Migrate,
    /// Check settings, database, mail, files, scanner and disk, and report what is wrong.
    Doctor,
    /// Print every setting with its meaning and its default.
    Settings,
    /// Print the description of the API (`OpenAPI` 3.1).
    Openapi,
    /// Check that the running program answers; for container health checks.
    Health,
    /// Verify data.
    Check {
        #[command(subcommand)]
        what: Check,
    },
    /// Import data.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Bundles: configuration that one municipality shares and another adopts.
    Bundle {
        #[command(subcommand)]
        what: BundleCommand,
    },
    /// The secret of the installation.
    Secret {
        #[command(subcommand)]
        what: SecretCommand,
    },
    /// The clock of this machine.
    Clock {
        #[command(subcommand)]
        what: ClockCommand,
    },
    /// Organisations: municipalities, and the platform itself.
    Tenant {
        #[command(subcommand)]
        what: TenantCommand,
    },
    /// Accounts of the people who work in an organisation.
    Staff {
        #[command(subcommand)]
        what: StaffCommand,
    },
}

#[derive(Subcommand)]
enum SecretCommand {
    /// Go on with the secret of `secret_file`, made when there is none, after the old one was lost. Everybody signs in again.
    Replace,
}

#[derive(Subcommand)]
enum ClockCommand {
    /// Go on with the time that the machine tells, after it jumped: what is due at this time is erased and warned of.
    Accept,
}

#[derive(Subcommand)]
enum TenantCommand {
    /// Add an organisation, with office hours, the promise of one working day and a first form.
    Add(Box<commands::NewTenant>),
    /// Change the plan of a municipality, its own numbers, and the codes it serves.
    Change(commands::TenantChange),
    /// Print how mails of residents come in: the mail domain, and the secret with which a mail gateway signs what it posts.
    Mail {
        /// Short name of the municipality.
        slug: String,
        /// Set the domain of the addresses that residents answer to; mails for it have to be brought here.
        #[arg(long)]
        domain: Option<String>,
    },
    /// Suspend a municipality: its staff cannot sign in, residents can send and read on.
    Suspend(Step),
    /// Resume a municipality that was suspended, or that left.
    Resume(Step),
    /// End the use of a municipality: its hosts say where residents can go. Nothing is deleted.
    Leave(Step),
    /// Print the hosts of a municipality, or change them.
    Hosts(hosting_commands::HostsCommand),
    /// Print the whole configuration of a municipality as a document: no people, no secrets, no pictures.
    ExportConfig {
        /// Short name of the municipality.
        slug: String,
    },
    /// Apply such a document to a municipality. What is the same there changes nothing; forms and promises that it does not name go out of use.
    ApplyConfig {
        /// Short name of the municipality.
        slug: String,
        /// File with the document.
        file: std::path::PathBuf,
        /// Only tell what it would do.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Which municipality, and why.
#[derive(clap::Args)]
struct Step {
    /// Short name of the municipality.
    slug: String,
    /// The reason: its administrators get it by mail.
    #[arg(long)]
    reason: String,
}

#[derive(Subcommand)]
enum BundleCommand {
    /// Check a bundle: each thing that is wrong is printed with its place. Whether it is signed is told; it needs no database.
    Verify {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Add an account. Without --password-stdin a first password is made and printed once.
    Add(commands::NewStaff),
}

#[derive(Subcommand)]
enum Check {
    /// Verify the ledgers of gifts: every hash, sum and balance, and the file of every receipt.
    Ledger {
        /// Short name of one organisation; all by default.
        #[arg(long)]
        tenant: Option<String>,
        /// The hash of a newest entry (`head`) that an earlier check printed: a ledger must still contain it. May be given more than once.
        #[arg(long)]
        head: Vec<String>,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Read practices from files (text, CSV, JSON), print a report per field and keep them as drafts.
    Practice {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only print the reports, and keep nothing.
        #[arg(long)]
        dry_run: bool,
        /// Short name of the organisation that keeps the draft; the platform's own by default.
        #[arg(long)]
        tenant: Option<String>,
    },
}

/// What this program writes is for its own account: the database, residents' files, the secret and mails of the demo (0600).
fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

fn main() -> ExitCode {
    keep_files_private();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.into()),
    };
    let result = runtime.block_on(run(arguments));
    // What still blocks a thread of its own does not hold up the end.
    runtime.shutdown_background();
    match result {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

/// One line on stderr: what is wrong and what to do.
#[expect(
    clippy::print_stderr,
    reason = "the command line writes to the terminal"
)]
fn complain(error: &anyhow::Error) -> ExitCode {
    eprintln!("gehoord: {error:#}");
    ExitCode::FAILURE
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
    if !matches!(arguments.command, Some(Command::Doctor)) {
        settings.check_values()?;
    }
    logging(settings.log_format, is_demo);
    match arguments.command {
        None => Box::pin(demonstrate(settings)).await,
        Some(Command::Serve { without_worker }) => {
            settings.validate()?;
            let listener = listen(&settings)?;
            let app =
                application::open(settings, Clock::system(), PasswordCost::Production).await?;
            serve(Arc::new(app), listener, !without_worker, None).await
        }
        Some(Command::Worker) => {
            settings.validate()?;
            let app =
                application::open(settings, Clock::system(), PasswordCost::Production).await?;
            let stop = CancellationToken::new();
            let work = tokio::spawn(worker::run(Arc::new(app), stop.clone()));
            asked_to_stop().await;
            end_in_time();
            stop.cancel();
            work.await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Migrate) => {
            application::migrate(&settings).await?;
            say("the database is up to date");
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Doctor) => commands::doctor(settings).await,
        Some(Command::Settings) => {
            for setting in Settings::reference() {
                say(&setting.to_string());
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Openapi) => {
            say(&api::document().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Health) => commands::health(&settings).await,
        Some(Command::Check {
            what: Check::Ledger { tenant, head },
        }) => commands::check_ledger(settings, tenant.as_deref(), &head).await,
        Some(Command::Import {
            what:
                Import::Practice {
                    files,
                    dry_run,
                    tenant,
                },
        }) => commands::import_practices(settings, &files, tenant.as_deref(), dry_run).await,
        Some(Command::Secret {
            what: SecretCommand::Replace,
        }) => {
            application::replace_secret(&settings).await?;
            say("the database goes on with this secret");
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Clock {
            what: ClockCommand::Accept,
        }) => {
            application::accept_clock(&settings).await?;
            say("the clock is taken for right");
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Tenant {
            what: TenantCommand::Add(new),
        }) => commands::add_tenant(settings, *new).await,
        Some(Command::Tenant {
            what: TenantCommand::Change(change),
        }) => commands::change_tenant(settings, change).await,
        Some(Command::Tenant {
            what: TenantCommand::Mail { slug, domain },
        }) => commands::tenant_mail(settings, &slug, domain).await,
        Some(Command::Tenant {
            what: TenantCommand::ExportConfig { slug },
        }) => configuration_commands::export(settings, &slug).await,
        Some(Command::Tenant {
            what:
                TenantCommand::ApplyConfig {
                    slug,
                    file,
                    dry_run,
                },
        }) => configuration_commands::apply(settings, &slug, &file, dry_run).await,
        Some(Command::Tenant {
            what: TenantCommand::Suspend(Step { slug, reason }),
        }) => change_standing(settings, StandingStep::Suspend, &slug, reason).await,
        Some(Command::Tenant {
            what: TenantCommand::Resume(Step { slug, reason }),
        }) => change_standing(settings, StandingStep::Resume, &slug, reason).await,
        Some(Command::Tenant {
            what: TenantCommand::Leave(Step { slug, reason }),
        }) => change_standing(settings, StandingStep::Leave, &slug, reason).await,
        Some(Command::Tenant {
            what: TenantCommand::Hosts(command),
        }) => hosting_commands::hosts(settings, command).await,
        Some(Command::Bundle {
            what: BundleCommand::Verify { file },
        }) => commands::verify_bundle(&settings, &file),
        Some(Command::Staff {
            what: StaffCommand::Add(new),
        }) => commands::add_staff(settings, new).await,
    }
}

fn logging(format: LogFormat, is_demo: bool) {
    let usual = if is_demo {
        "warn"
    } else {
        "info,sqlx=warn,sea_orm_migration=warn"
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        // A line that cannot be written, on a full disk, must not end the request that it is about.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

async fn demonstrate(settings: Settings) -> anyhow::Result<ExitCode> {
    settings.validate()?;
    // The port is taken before the demo's data is made, which costs time.
    let listener = listen(&settings)?;
    application::migrate(&settings).await?;
    if let Some(statements) = Box::pin(demo::load(&settings, PasswordCost::Production)).await? {
        tracing::info!(statements, "the demo is loaded");
        say("The demo is loaded.");
    }
    let app = application::open(settings, Clock::system(), PasswordCost::Production).await?;
    let port = app.settings.http.bind.port();
    serve(Arc::new(app), listener, true, Some(demo::welcome(port))).await
}

fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    let address = settings.http.bind;
    TcpListener::bind(address).with_context(|| {
        format!("http.bind: cannot listen on {address}; set GEHOORD_HTTP__BIND to another address")
    })
}

async fn serve(
    app: Arc<AppState>,
    listener: TcpListener,
    with_worker: bool,
    welcome: Option<String>,
) -> anyhow::Result<ExitCode> {
    let address = app.settings.http.bind;
    let server = application::server(Arc::clone(&app), listener)?;
    if let Some(welcome) = welcome {
        say(&welcome);
    }
    tracing::info!(%address, "listening");
    let stop = CancellationToken::new();
    let work = with_worker.then(|| tokio::spawn(worker::run(Arc::clone(&app), stop.clone())));
    let handle = server.handle();
    let serving = tokio::spawn(server);
    asked_to_stop().await;
    end_in_time();
    tracing::info!("stopping: running requests are finished first");
    stop.cancel();
    handle.stop(true).await;
    serving.await??;
    if let Some(work) = work {
        work.await?;
    }
    app.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Ends the program when something keeps it from ending by itself: whoever stops it waits no longer than 25 seconds. The thread is one that no
/// blocked task can hold up.
fn end_in_time() {
    std::thread::spawn(|| {
        std::thread::sleep(STOP_MAX);
        tracing::error!("something did not come to an end; the program ends without it");
        std::process::exit(1);
    });
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
    // Without signals only the terminal can stop it.
    let _ = tokio::signal::ctrl_c().await;
}
