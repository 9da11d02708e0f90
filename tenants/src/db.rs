//! The connection pool, which only this file can reach. One of three places that know which database it is.

use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::{self, Connection as _, Row as _, sqlite::SqliteConnectOptions},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Clock, Error, PlatformTx, Reaction, TenantId, TenantTx, tx::Scope};

/// Which of the two databases a [`Db`] uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    /// Embedded: a file, one writer at a time.
    Sqlite,
    /// A server.
    Postgres,
}

/// Size of the pool and how long to wait for a connection.
#[derive(Clone, Copy, Debug)]
pub struct PoolSettings {
    /// Upper bound of open connections.
    pub max_connections: u32,
    /// Longest wait for a connection, and on `SQLite` for the write permit.
    pub timeout: Duration,
    /// Whether what is acknowledged survives a power cut on `SQLite`: only what can be made again does not need it.
    pub durable: bool,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            max_connections: 10,
            timeout: Duration::from_secs(10),
            durable: true,
        }
    }
}

/// How the statement begins that tells `PostgreSQL` which municipality a transaction is of.
const SET_TENANT: &str = "select set_config('app.tenant'";

/// The database. Cloning shares the pool.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pool: DatabaseConnection,
    kind: DbKind,
    clock: Clock,
    timeout: Duration,
    max_connections: u32,
    /// `SQLite` has one writer. This semaphore is fair and wakes at once; its own busy loop sleeps and can starve a writer.
    writer: Arc<Semaphore>,
    /// Tables with a column `tenant_id`, read from the catalogue at start.
    owned_tables: Arc<[String]>,
    /// The file of an embedded database.
    file: Option<DatabaseFile>,
    statements: Arc<AtomicU64>,
    reaction: OnceLock<Reaction>,
}

/// State of the database, for `doctor` and for the checks at start.
#[derive(Debug, Clone)]
pub struct DatabaseStatus {
    /// Which database.
    pub kind: DbKind,
    /// Version that the database reports.
    pub version: String,
    /// Reasons why row-level security would not hold for this role; empty on `SQLite`.
    pub role_problems: Vec<String>,
    /// The database's clock minus ours.
    pub clock_difference: chrono::TimeDelta,
}

impl Db {
    /// Connects as the working role.
    ///
    /// # Errors
    /// When the address is unusable or nobody answers within the timeout of `settings`.
    pub async fn connect(url: &str, settings: PoolSettings, clock: Clock) -> Result<Self, Error> {
        let mut options = ConnectOptions::new(url.to_owned());
        options
            .max_connections(settings.max_connections)
            .connect_timeout(settings.timeout)
            .acquire_timeout(settings.timeout)
            .sqlx_logging(false)
            .test_before_acquire(false)
            .map_sqlx_sqlite_opts(move |options| {
                // FULL: what was acknowledged is on the disk, also after a power cut.
                options
                    .pragma("journal_mode", "WAL")
                    .pragma(
                        "synchronous",
                        if settings.durable { "FULL" } else { "NORMAL" },
                    )
                    .pragma("foreign_keys", "ON")
                    .busy_timeout(Duration::from_secs(5))
            })
            // A statement or a transaction that nobody waits for any more must not hold rows and connections.
            .map_sqlx_postgres_opts(|options| {
                options.options([
                    ("statement_timeout", "60s"),
                    ("idle_in_transaction_session_timeout", "60s"),
                ])
            })
            // Beginning runs in a task of its own, so that nobody can cancel it half-way (sqlx 0.9.0 then forgets that it began). Should a
            // transaction be open all the same, the connection is not used again: its next user would work in somebody else's.
            .map_sqlx_postgres_pool_opts(|options| {
                options.after_release(|connection, _| {
                    Box::pin(async move {
                        // As a simple query: of a prepared one each step has a time of its own.
                        let asked = "SELECT transaction_timestamp() = statement_timestamp()";
                        let row = sqlx::raw_sql(asked).fetch_one(connection).await?;
                        row.try_get(0)
                    })
                })
            })
            // A full disk makes SQLite roll back by itself. The driver's own rollback then fails and it believes the transaction is still
            // open: such a connection would begin every later transaction as a savepoint, so it is closed.
            .map_sqlx_sqlite_pool_opts(|options| {
                options.after_release(|connection, _| {
                    Box::pin(async move {
                        connection.ping().await?;
                        Ok(!connection.is_in_transaction())
                    })
                })
            });
        let file = DatabaseFile::of(url);
        if file.is_some() {
            // A connection that was opened while the disk was read-only stays so; a new one may write again.
            options.max_lifetime(Duration::from_mins(1));
        }
        let mut pool = Database::connect(options).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        pool.set_metric_callback(move |sent| {
            // Which municipality a transaction is of goes with its beginning.
            let begins = sent.statement.sql.starts_with(SET_TENANT);
            let count = u64::from(!begins);
            counter.fetch_add(count, Ordering::Relaxed);
        });
        // On SQLite the first connection made the file when there was none.
        let file = file.map(DatabaseFile::opened);
        let kind = match pool.get_database_backend() {
            DbBackend::Postgres => DbKind::Postgres,
            _ => DbKind::Sqlite,
        };
        let owned_tables = owned_tables(&pool, kind).await?.into();
        Ok(Self(Arc::new(Inner {
            pool,
            kind,
            clock,
            timeout: settings.timeout,
            max_connections: settings.max_connections,
            writer: Arc::new(Semaphore::new(1)),
            owned_tables,
            file,
            statements,
            reaction: OnceLock::new(),
        })))
    }

    /// Sets what every later transaction does about what happens in it. What was set first stays.
    pub fn react_with(&self, reaction: Reaction) {
        let _ = self.0.reaction.set(reaction);
    }

    /// How many statements were sent since the program began, without those that begin and end transactions.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Which database this is.
    #[must_use]
    pub fn kind(&self) -> DbKind {
        self.0.kind
    }

    /// The clock of every transaction.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Now, in UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// A transaction that reads the rows of `tenant` and can change nothing.
    pub async fn read(&self, tenant: TenantId) -> Result<TenantTx, Error> {
        let (tx, permit) = self.begin(Scope::Read, None).await?;
        self.set_tenant(&tx, tenant, Scope::Read).await?;
        Ok(TenantTx::new(
            tx,
            tenant,
            Scope::Read,
            self.0.clock.clone(),
            permit,
        ))
    }

    /// A transaction that reads and changes the rows of `tenant`. Nothing is kept unless it is committed.
    pub async fn write(&self, tenant: TenantId) -> Result<TenantTx, Error> {
        let (tx, permit) = self.begin(Scope::Write, None).await?;
        self.set_tenant(&tx, tenant, Scope::Write).await?;
        Ok(
            TenantTx::new(tx, tenant, Scope::Write, self.0.clock.clone(), permit)
                .reacting(self.0.reaction.get().copied()),
        )
    }

    /// A transaction on the platform's own tables: hosts, jobs, published practices. It refuses to name a tenant's table.
    pub async fn platform(&self) -> Result<PlatformTx, Error> {
        let (tx, permit) = self.begin(Scope::Write, None).await?;
        Ok(PlatformTx::new(
            tx,
            self.0.clock.clone(),
            Arc::clone(&self.0.owned_tables),
            permit,
        ))
    }

    /// As [`Db::platform`], for reading only: it does not wait for the write permit.
    pub async fn platform_read(&self) -> Result<PlatformTx, Error> {
        let read_only = (self.0.kind == DbKind::Postgres).then_some(AccessMode::ReadOnly);
        let (tx, permit) = self.begin(Scope::Read, read_only).await?;
        Ok(PlatformTx::new(
            tx,
            self.0.clock.clone(),
            Arc::clone(&self.0.owned_tables),
            permit,
        ))
    }

    async fn begin(
        &self,
        scope: Scope,
        access_mode: Option<AccessMode>,
    ) -> Result<(DatabaseTransaction, Option<OwnedSemaphorePermit>), Error> {
        if let Some(file) = &self.0.file {
            file.check()?;
        }
        let writes_embedded = self.0.kind == DbKind::Sqlite && scope == Scope::Write;
        let permit = if writes_embedded {
            let permit = Arc::clone(&self.0.writer).acquire_owned();
            let permit = tokio::time::timeout(self.0.timeout, permit)
                .await
                .map_err(|_| Error::Busy)?
                .map_err(|_| Error::Busy)?;
            Some(permit)
        } else {
            None
        };
        let options = TransactionOptions {
            access_mode,
            // A deferred transaction that reads and then writes fails with "database is locked" when another one wrote in between.
            sqlite_transaction_mode: writes_embedded.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        // In a task of its own: a request that is cancelled while its transaction begins would otherwise leave a connection in a transaction
        // of which the driver knows nothing (sqlx 0.9.0).
        let db = self.clone();
        tokio::spawn(async move {
            // Connections that were closed while idle fail at their first statement. Nothing has been done yet, so another one is
            // tried; each that fails leaves the pool.
            for _ in 0..db.0.max_connections {
                match db
                    .0
                    .pool
                    .begin_with_options(options)
                    .await
                    .map_err(Error::from)
                {
                    Err(error) if error.is_lost_connection() => {}
                    begun => return Ok((begun?, permit)),
                }
            }
            Ok((db.0.pool.begin_with_options(options).await?, permit))
        })
        .await
        .map_err(|error| Error::Unreadable(format!("a transaction did not begin: {error}")))?
    }

    /// Sets on `PostgreSQL` the tenant of this transaction for row-level security and, in the same statement, read only. Both settings end
    /// with the transaction.
    async fn set_tenant(
        &self,
        tx: &DatabaseTransaction,
        tenant: TenantId,
        scope: Scope,
    ) -> Result<(), Error> {
        if self.0.kind == DbKind::Postgres {
            let sql = match scope {
                Scope::Read => {
                    "select set_config('app.tenant', $1, true), set_config('transaction_read_only', 'on', true)"
                }
                Scope::Write => "select set_config('app.tenant', $1, true)",
            };
            tx.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                sql,
                [tenant.to_string().into()],
            ))
            .await?;
        }
        Ok(())
    }

    /// Reads version, role and clock of the database.
    pub async fn status(&self) -> Result<DatabaseStatus, Error> {
        let (version, now, role_problems) = match self.0.kind {
            DbKind::Sqlite => {
                let row = self
                    .query_one(
                        "select sqlite_version() as version, strftime('%Y-%m-%dT%H:%M:%fZ') as now",
                    )
                    .await?;
                let now: String = row.try_get("", "now")?;
                (row.try_get::<String>("", "version")?, now, Vec::new())
            }
            DbKind::Postgres => {
                let row = self
                    .query_one("select current_setting('server_version') as version, to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as now")
                    .await?;
                let role = self
                    .query_one(
                        "select current_user::text as name, rolsuper as superuser, rolbypassrls as bypass, \
                         (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                          where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'member')) as owned, \
                         (select count(*) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' \
                          where c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)) as open_tables \
                         from pg_roles where rolname = current_user",
                    )
                    .await?;
                let name: String = role.try_get("", "name")?;
                let mut role_problems = Vec::new();
                if role.try_get::<bool>("", "superuser")? {
                    role_problems.push(format!("the role {name} is a superuser"));
                }
                if role.try_get::<bool>("", "bypass")? {
                    role_problems.push(format!("the role {name} bypasses row-level security"));
                }
                if role.try_get::<i64>("", "owned")? > 0 {
                    role_problems.push(format!("the role {name} owns tables"));
                }
                if role.try_get::<i64>("", "open_tables")? > 0 {
                    role_problems.push(
                        "a table with a tenant_id has no forced row-level security".to_owned(),
                    );
                }
                (
                    row.try_get("", "version")?,
                    row.try_get("", "now")?,
                    role_problems,
                )
            }
        };
        let now = DateTime::parse_from_rfc3339(&now)
            .map_err(|error| Error::Unreadable(format!("the database's clock: {error}")))?;
        Ok(DatabaseStatus {
            kind: self.0.kind,
            version,
            role_problems,
            clock_difference: now.to_utc() - Clock::system().now(),
        })
    }

    async fn query_one(&self, sql: &str) -> Result<sea_orm::QueryResult, Error> {
        let statement = Statement::from_string(self.0.pool.get_database_backend(), sql);
        self.0
            .pool
            .query_one_raw(statement)
            .await?
            .ok_or_else(|| Error::Unreadable("the catalogue returned no row".to_owned()))
    }

    /// Closes the pool and waits for running statements.
    pub async fn close(&self) -> Result<(), Error> {
        Ok(self.0.pool.close_by_ref().await?)
    }
}

/// The file of an embedded database, and which file it was when it was opened. A program that goes on with a file that was deleted or
/// replaced would lose all that it acknowledges.
struct DatabaseFile {
    path: PathBuf,
    /// Device and number on it.
    identity: Option<(u64, u64)>,
}

impl DatabaseFile {
    /// The file at an address; none for a server and for a database in memory.
    fn of(url: &str) -> Option<Self> {
        let options = url
            .starts_with("sqlite:")
            .then(|| url.parse::<SqliteConnectOptions>().ok())??;
        let path = options.get_filename().to_owned();
        (!path.as_os_str().is_empty() && !path.to_string_lossy().contains(":memory:")).then_some(
            Self {
                path,
                identity: None,
            },
        )
    }

    fn opened(self) -> Self {
        Self {
            identity: self.current(),
            ..self
        }
    }

    #[cfg(unix)]
    fn current(&self) -> Option<(u64, u64)> {
        use std::os::unix::fs::MetadataExt as _;

        let found = std::fs::metadata(&self.path).ok()?;
        Some((found.dev(), found.ino()))
    }

    #[cfg(not(unix))]
    fn current(&self) -> Option<(u64, u64)> {
        self.path.exists().then_some((0, 0))
    }

    fn check(&self) -> Result<(), Error> {
        if self.current() == self.identity {
            return Ok(());
        }
        Err(Error::DatabaseFileChanged(self.path.clone()))
    }
}

async fn owned_tables(pool: &DatabaseConnection, kind: DbKind) -> Result<Vec<String>, Error> {
    let sql = match kind {
        DbKind::Sqlite => {
            "select m.name as name from sqlite_master m join pragma_table_info(m.name) c \
             where m.type = 'table' and c.name = 'tenant_id'"
        }
        DbKind::Postgres => {
            "select table_name::text as name from information_schema.columns \
             where table_schema = 'public' and column_name = 'tenant_id'"
        }
    };
    let rows = pool
        .query_all_raw(Statement::from_string(pool.get_database_backend(), sql))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "name")?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Needs the server of `GEHOORD_TEST_POSTGRES`: on `SQLite` the driver itself knows of every transaction.
    #[tokio::test]
    async fn a_connection_that_comes_back_with_an_open_transaction_is_not_used_again() {
        let Ok(server) = std::env::var("GEHOORD_TEST_POSTGRES") else {
            return;
        };
        let settings = PoolSettings {
            max_connections: 1,
            ..PoolSettings::default()
        };
        let url = format!("{server}/postgres");
        let db = Db::connect(&url, settings, Clock::system()).await.unwrap();
        let pool = &db.0.pool;
        let session = async || {
            let asked = Statement::from_string(DbBackend::Postgres, "SELECT pg_backend_pid()");
            let row = pool.query_one_raw(asked).await.unwrap().unwrap();
            row.try_get_by_index::<i32>(0).unwrap()
        };
        let first = session().await;
        assert_eq!(session().await, first, "a connection is used again");
        pool.execute_unprepared("BEGIN").await.unwrap();
        assert_ne!(session().await, first);
    }
}
