//! The schema of the database.
//!
//! A migration imports no entity: it does not change after its release. Every statement is written once and holds on `SQLite` and
//! on `PostgreSQL`; what differs is in [`dialect`]. Running them needs the role that *owns* the tables; the role the product works
//! with owns nothing and gets its rights from [`dialect::grant`] after each run.

mod dialect;
mod m20261129_000001_tenants;
mod m20261129_000002_audit;
mod m20261129_000003_idempotency;
mod m20261129_000004_jobs;
mod m20261129_000005_mail;
mod m20261129_000006_forms;
mod m20261129_000007_submissions;
mod m20261129_000008_files;
mod m20261129_000009_intake;
mod m20261129_000009_teams;
mod m20261129_000010_cases;
mod m20261129_000011_clocks;
mod m20261129_000012_gifts;
mod m20261129_000013_scores;
mod m20261129_000014_practices;
mod m20261129_000016_queue;
mod m20261129_000017_calls;
mod m20261129_000018_messages;
mod m20261129_000018_residents;
mod m20261129_000019_inbound;
mod m20261129_000019_inbox;
mod m20261130_000021_presence;
mod m20261130_000022_exchange;
mod m20261130_000023_bundles;
mod m20261130_000024_discussion;
mod m20261130_000025_house_style;
mod m20261130_000026_subscriptions;
mod m20261130_000027_hosting;
mod m20261130_000028_first_day;
mod m20261130_000030_baselines;
mod m20261130_000032_formal_complaint;
mod m20261130_000033_routing;
mod m20261130_000034_measures;
mod m20261130_000035_automation;
mod m20261130_000038_thinking_along;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sea_orm_migration::{
    prelude::*,
    sea_orm::{
        ConnectOptions, Database, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement,
        TransactionOptions, TransactionTrait as _,
    },
};

/// The migrations in order, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261129_000001_tenants::Migration),
            Box::new(m20261129_000002_audit::Migration),
            Box::new(m20261129_000003_idempotency::Migration),
            Box::new(m20261129_000004_jobs::Migration),
            Box::new(m20261129_000005_mail::Migration),
            Box::new(m20261129_000006_forms::Migration),
            Box::new(m20261129_000007_submissions::Migration),
            Box::new(m20261129_000008_files::Migration),
            Box::new(m20261129_000009_intake::Migration),
            Box::new(m20261129_000009_teams::Migration),
            Box::new(m20261129_000010_cases::Migration),
            Box::new(m20261129_000011_clocks::Migration),
            Box::new(m20261129_000012_gifts::Migration),
            Box::new(m20261129_000013_scores::Migration),
            Box::new(m20261129_000014_practices::Migration),
            Box::new(m20261129_000016_queue::Migration),
            Box::new(m20261129_000017_calls::Migration),
            Box::new(m20261129_000018_messages::Migration),
            Box::new(m20261129_000018_residents::Migration),
            Box::new(m20261129_000019_inbound::Migration),
            Box::new(m20261129_000019_inbox::Migration),
            Box::new(m20261130_000021_presence::Migration),
            Box::new(m20261130_000022_exchange::Migration),
            Box::new(m20261130_000024_discussion::Migration),
            Box::new(m20261130_000023_bundles::Migration),
            Box::new(m20261130_000025_house_style::Migration),
            Box::new(m20261130_000026_subscriptions::Migration),
            Box::new(m20261130_000027_hosting::Migration),
            Box::new(m20261130_000028_first_day::Migration),
            Box::new(m20261130_000030_baselines::Migration),
            Box::new(m20261130_000032_formal_complaint::Migration),
            Box::new(m20261130_000033_routing::Migration),
            Box::new(m20261130_000034_measures::Migration),
            Box::new(m20261130_000035_automation::Migration),
            Box::new(m20261130_000038_thinking_along::Migration),
        ]
    }
}

/// Longest wait for another program that migrates.
const MIGRATION_WAIT: Duration = Duration::from_mins(10);

/// Number of the advisory lock of migrations, any constant.
const MIGRATION_LOCK: i64 = 0x6765_686f_6f72_6421;

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(1)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| options.busy_timeout(MIGRATION_WAIT));
    Database::connect(options).await
}

/// Brings the database at `url` up to the newest schema and, on `PostgreSQL`, gives `app_role` the rights it works with.
///
/// `url` is that of the owning role. `app_role` is `None` on `SQLite`, where there are no roles. All of it is one transaction, so a program that
/// is killed leaves the schema as it was. Programs that migrate at once wait for each other. On `PostgreSQL` a table that a running server keeps
/// busy for more than ten seconds ends the attempt; on `SQLite` a copy of the file is kept before it changes.
///
/// # Errors
/// Whatever the database answers: unreachable, refused, a statement that failed, or a database that a newer program changed.
pub async fn up(url: &str, app_role: Option<&str>) -> Result<(), DbErr> {
    let connection = connect(url).await?;
    if let newer @ SchemaState::Newer(_) = read_schema_state(&connection).await? {
        return Err(DbErr::Custom(newer.to_string()));
    }
    if connection.get_database_backend() == DbBackend::Sqlite {
        up_sqlite(&connection).await?;
    } else {
        up_postgres(&connection, app_role).await?;
    }
    connection.close().await
}

async fn up_postgres(connection: &DatabaseConnection, app_role: Option<&str>) -> Result<(), DbErr> {
    let tx = connection.begin().await?;
    for statement in [
        format!("set local lock_timeout = '{}s'", MIGRATION_WAIT.as_secs()),
        format!("select pg_advisory_xact_lock({MIGRATION_LOCK})"),
        "set local lock_timeout = '10s'".to_owned(),
    ] {
        tx.execute_unprepared(&statement).await?;
    }
    Migrator::up(&tx, None).await?;
    if let Some(role) = app_role {
        dialect::grant(&tx, role).await?;
    }
    tx.commit().await
}

async fn up_sqlite(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let file = database_file(connection).await?;
    let _lock = file.as_deref().map(lock).transpose()?;
    if Migrator::get_pending_migrations_read_only(connection)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    let applied = Migrator::get_applied_migrations_read_only(connection).await?;
    if let (Some(file), Some(newest)) = (&file, applied.last()) {
        keep_copy(connection, file, newest.name()).await?;
    }
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = connection.begin_with_options(options).await?;
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// The file of an embedded database; none in memory.
async fn database_file(connection: &DatabaseConnection) -> Result<Option<PathBuf>, DbErr> {
    let statement = Statement::from_string(
        DbBackend::Sqlite,
        "select file from pragma_database_list where name = 'main'",
    );
    let file: Option<String> = match connection.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "file")?,
        None => None,
    };
    Ok(file.filter(|file| !file.is_empty()).map(PathBuf::from))
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The lock of an embedded database's migrations: a file beside it, which the system unlocks when the program ends, however it ends.
fn lock(database: &Path) -> Result<std::fs::File, DbErr> {
    let path = with_suffix(database, ".migrate-lock");
    std::fs::File::create(&path)
        .and_then(|file| {
            file.lock()?;
            Ok(file)
        })
        .map_err(|error| DbErr::Custom(format!("cannot lock {}: {error}", path.display())))
}

/// Keeps the database as it was after its newest migration, beside it; a copy of the same schema that an attempt before this one left is replaced.
async fn keep_copy(
    connection: &DatabaseConnection,
    database: &Path,
    newest: &str,
) -> Result<(), DbErr> {
    let copy = with_suffix(database, &format!(".before-migration-from-{newest}"));
    let failed =
        |error| DbErr::Custom(format!("cannot keep a copy at {}: {error}", copy.display()));
    match std::fs::remove_file(&copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    // Made empty first, so that it is never readable for others.
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&copy).map_err(failed)?;
    let into = copy.to_string_lossy().replace('\'', "''");
    connection
        .execute_unprepared(&format!("vacuum into '{into}'"))
        .await?;
    tracing::info!(copy = %copy.display(), "the database was copied before its migration");
    Ok(())
}

/// Undoes every migration, for tests only.
pub async fn down(url: &str) -> Result<(), DbErr> {
    let connection = connect(url).await?;
    Migrator::down(&connection, None).await?;
    connection.close().await
}

/// Name of the newest migration that this program knows.
#[must_use]
pub fn newest() -> String {
    Migrator::migrations()
        .last()
        .map(|migration| migration.name().to_owned())
        .unwrap_or_default()
}

/// How a database's schema relates to the one of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaState {
    /// The same.
    Current,
    /// So many migrations must still run.
    Behind(usize),
    /// A newer program migrated it; the name of its newest migration.
    Newer(String),
}

impl std::fmt::Display for SchemaState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Current => f.write_str("up to date"),
            Self::Behind(count) => {
                write!(f, "{count} migrations must still run: `gehoord migrate`")
            }
            Self::Newer(name) => write!(
                f,
                "a newer version of the program has changed the database ({name}): start that version, or put back the copy from before the change"
            ),
        }
    }
}

/// How the schema of the database at `url` relates to the one of this program. Reads only.
///
/// # Errors
/// When the database cannot be reached.
pub async fn schema_state(url: &str) -> Result<SchemaState, DbErr> {
    let connection = connect(url).await?;
    let state = read_schema_state(&connection).await?;
    connection.close().await?;
    Ok(state)
}

async fn read_schema_state(connection: &DatabaseConnection) -> Result<SchemaState, DbErr> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let manager = SchemaManager::new(connection);
    let mut applied = Vec::new();
    if manager.has_table("seaql_migrations").await? {
        let statement = Statement::from_string(
            connection.get_database_backend(),
            "select version from seaql_migrations order by version",
        );
        for row in connection.query_all_raw(statement).await? {
            applied.push(row.try_get::<String>("", "version")?);
        }
    }
    if let Some(newer) = applied.iter().rev().find(|name| !known.contains(name)) {
        return Ok(SchemaState::Newer(newer.clone()));
    }
    Ok(match known.len() - applied.len() {
        0 => SchemaState::Current,
        count => SchemaState::Behind(count),
    })
}
