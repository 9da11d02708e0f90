//! The two kinds of transaction, and the check of every statement in them.

use std::{
    any::Any,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    DbBackend, DbErr, Delete, DeleteMany, EntityTrait, ExecResult, IntoActiveModel, QueryFilter,
    QueryResult, QueryTrait, Select, Statement, Update, UpdateMany, Value,
    sea_query::{CommonTableExpression, InsertStatement, WithClause},
};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use crate::{Clock, Error, TenantId};

/// Whether a transaction may change anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Read,
    Write,
}

/// An entity whose rows belong to a tenant: it names the column that says so.
pub trait TenantOwned: EntityTrait {
    /// The column `tenant_id`.
    fn tenant_column() -> Self::Column;
}

/// Declares that an entity's table belongs to tenants; or that each row of a table that all share has a tenant as its owner, who changes it.
#[macro_export]
macro_rules! tenant_owned {
    ($module:ident) => {
        $crate::tenant_owned!($module, TenantId);
    };
    ($module:ident, $column:ident) => {
        impl $crate::TenantOwned for $module::Entity {
            fn tenant_column() -> Self::Column {
                $module::Column::$column
            }
        }
    };
}

/// A row that is stored together with others; see [`TenantTx::insert_together`].
pub struct NewRow(InsertStatement);

impl NewRow {
    /// The row of an entity.
    pub fn of<A>(row: A) -> Self
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        A::Entity: TenantOwned,
    {
        Self(A::Entity::insert_many([row]).into_query())
    }
}

/// Something that happened in a transaction, of which whoever reacts to it is told before it is committed.
#[derive(Clone, Debug)]
pub struct Happening {
    /// To what.
    pub subject: Uuid,
    /// What, as a word.
    pub what: &'static str,
    /// What is known of it.
    pub details: serde_json::Value,
    /// What was in hand when it happened, so that it need not be read again.
    pub facts: Option<Arc<dyn Any + Send + Sync>>,
}

/// What is done about what happened in a transaction, before it is committed: in the same transaction, so that all of it is kept or nothing.
pub type Reaction =
    for<'a> fn(&'a TenantTx) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// A transaction in which only the rows of one tenant exist.
///
/// It refuses every statement that does not bind this tenant's id and every statement that is not prepared. Dropping it rolls back.
pub struct TenantTx {
    tx: DatabaseTransaction,
    tenant: TenantId,
    scope: Scope,
    clock: Clock,
    now: DateTime<Utc>,
    happened: Mutex<Vec<Happening>>,
    reaction: Option<Reaction>,
    _writer: Option<OwnedSemaphorePermit>,
}

impl TenantTx {
    pub(crate) fn new(
        tx: DatabaseTransaction,
        tenant: TenantId,
        scope: Scope,
        clock: Clock,
        writer: Option<OwnedSemaphorePermit>,
    ) -> Self {
        let now = clock.now();
        Self {
            tx,
            tenant,
            scope,
            clock,
            now,
            happened: Mutex::default(),
            reaction: None,
            _writer: writer,
        }
    }

    /// The same, with what is done about what happens in it.
    pub(crate) fn reacting(self, reaction: Option<Reaction>) -> Self {
        Self { reaction, ..self }
    }

    /// Notes that something happened. Without a reaction nothing is kept.
    pub fn happened(&self, happening: Happening) {
        if self.reaction.is_some() {
            let mut happened = self.happened.lock().unwrap_or_else(PoisonError::into_inner);
            happened.push(happening);
        }
    }

    /// What happened since this was last asked.
    pub fn take_happenings(&self) -> Vec<Happening> {
        let mut happened = self.happened.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *happened)
    }

    fn has_happenings(&self) -> bool {
        let happened = self.happened.lock().unwrap_or_else(PoisonError::into_inner);
        !happened.is_empty()
    }

    /// The tenant whose rows these are.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Whether this transaction may change anything: then it may also lock what it reads.
    #[must_use]
    pub fn may_change(&self) -> bool {
        self.scope == Scope::Write
    }

    /// The instant this transaction began, in UTC: a verb sees one time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Goes on at the clock's time: for what happens one after another on a clock that is set, stored together.
    pub fn go_on(&mut self) {
        self.now = self.clock.now();
    }

    /// A fresh id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.clock.new_id()
    }

    /// A query on this tenant's rows of `E`.
    #[must_use]
    pub fn find<E: TenantOwned>(&self) -> Select<E> {
        E::find_all().filter(E::tenant_column().eq(self.tenant))
    }

    /// An update of this tenant's rows of `E`; add conditions before running it.
    #[must_use]
    pub fn update<E: TenantOwned>(&self) -> UpdateMany<E> {
        Update::many(E::default()).filter(E::tenant_column().eq(self.tenant))
    }

    /// A removal of this tenant's rows of `E`; add conditions before running it.
    #[must_use]
    pub fn delete<E: TenantOwned>(&self) -> DeleteMany<E> {
        Delete::many(E::default()).filter(E::tenant_column().eq(self.tenant))
    }

    /// Stores a new row and returns it as stored.
    ///
    /// # Errors
    /// When the database refuses it; see [`Error::is_duplicate`].
    pub async fn insert<A>(&self, row: A) -> Result<<A::Entity as EntityTrait>::Model, Error>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        A::Entity: TenantOwned,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        Ok(row.insert(self).await?)
    }

    /// Stores any number of new rows in one statement.
    ///
    /// # Errors
    /// When the database refuses one of them; then none is stored.
    pub async fn insert_all<A>(&self, rows: Vec<A>) -> Result<(), Error>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        A::Entity: TenantOwned,
    {
        if !rows.is_empty() {
            A::Entity::insert_many(rows)
                .exec_without_returning(self)
                .await?;
        }
        Ok(())
    }

    /// Stores rows of several tables, a row after those it refers to. On `PostgreSQL` that is one statement and one
    /// round trip, in which foreign keys are checked at the end; `SQLite` has no such statement and no round trips.
    ///
    /// # Errors
    /// When the database refuses one of them; then none is stored.
    pub async fn insert_together(&self, mut rows: Vec<NewRow>) -> Result<(), Error> {
        if self.get_database_backend() != DbBackend::Postgres {
            for NewRow(row) in rows {
                self.execute(&row).await?;
            }
            return Ok(());
        }
        let Some(NewRow(last)) = rows.pop() else {
            return Ok(());
        };
        if rows.is_empty() {
            self.execute(&last).await?;
            return Ok(());
        }
        let mut before = WithClause::new();
        for (number, NewRow(row)) in rows.into_iter().enumerate() {
            let named = CommonTableExpression::new()
                .table_name(format!("row_{number}"))
                .query(row)
                .to_owned();
            before.cte(named);
        }
        self.execute(&last.with(before)).await?;
        Ok(())
    }

    /// Reacts to what happened, and commits.
    ///
    /// # Errors
    /// When the database cannot commit; then nothing is stored.
    pub async fn commit(self) -> Result<(), Error> {
        if let Some(react) = self.reaction.filter(|_| self.has_happenings()) {
            react(&self).await?;
        }
        Ok(self.tx.commit().await?)
    }

    fn check_statement(&self, statement: &Statement) -> Result<(), DbErr> {
        let bound = statement
            .values
            .as_ref()
            .is_some_and(|values| values.0.contains(&Value::Uuid(Some(self.tenant.0))));
        if !bound {
            return Err(refused("it does not bind the tenant", &statement.sql));
        }
        if self.scope == Scope::Read && !reads(&statement.sql) {
            return Err(refused(
                "it changes rows in a reading scope",
                &statement.sql,
            ));
        }
        Ok(())
    }
}

/// `find` under another name: `clippy.toml` bans that method everywhere else.
trait FindAll: EntityTrait {
    #[expect(
        clippy::disallowed_methods,
        reason = "scoped by the caller in the next call"
    )]
    fn find_all() -> Select<Self> {
        Self::find()
    }
}

impl<E: EntityTrait> FindAll for E {}

fn reads(sql: &str) -> bool {
    let start = sql.trim_start().get(..6).unwrap_or_default();
    start.eq_ignore_ascii_case("select")
}

fn refused(reason: &str, sql: &str) -> DbErr {
    DbErr::Custom(format!("statement refused, {reason}: {sql}"))
}

#[async_trait::async_trait]
impl ConnectionTrait for TenantTx {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.check_statement(&statement)?;
        self.tx.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        Err(refused("it is not prepared", sql))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.check_statement(&statement)?;
        self.tx.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.check_statement(&statement)?;
        self.tx.query_all_raw(statement).await
    }
}

/// A transaction on the platform's own tables, the counterpart of [`TenantTx`]: it refuses statements that name a table that belongs to tenants.
pub struct PlatformTx {
    tx: DatabaseTransaction,
    clock: Clock,
    now: DateTime<Utc>,
    owned_tables: Arc<[String]>,
    writer: Option<OwnedSemaphorePermit>,
}

impl PlatformTx {
    pub(crate) fn new(
        tx: DatabaseTransaction,
        clock: Clock,
        owned_tables: Arc<[String]>,
        writer: Option<OwnedSemaphorePermit>,
    ) -> Self {
        let now = clock.now();
        Self {
            tx,
            clock,
            now,
            owned_tables,
            writer,
        }
    }

    /// The instant this transaction began, in UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A fresh id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.clock.new_id()
    }

    /// A query over a platform table.
    #[must_use]
    pub fn find<E: EntityTrait>(&self) -> Select<E> {
        E::find_all()
    }

    /// An update of a platform table; add conditions before running it.
    #[must_use]
    pub fn update<E: EntityTrait>(&self) -> UpdateMany<E> {
        Update::many(E::default())
    }

    /// A removal from a platform table; add conditions before running it.
    #[must_use]
    pub fn delete<E: EntityTrait>(&self) -> DeleteMany<E> {
        Delete::many(E::default())
    }

    /// The same transaction as one in which only the rows of `tenant` exist, which it has just made.
    pub(crate) async fn into_tenant(self, tenant: TenantId) -> Result<TenantTx, Error> {
        if self.get_database_backend() == DbBackend::Postgres {
            self.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "select set_config('app.tenant', $1, true)",
                [tenant.to_string().into()],
            ))
            .await?;
        }
        let Self {
            tx, clock, writer, ..
        } = self;
        Ok(TenantTx::new(tx, tenant, Scope::Write, clock, writer))
    }

    /// Commits.
    ///
    /// # Errors
    /// When the database cannot commit; then nothing is stored.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }

    fn check_statement(&self, statement: &Statement) -> Result<(), DbErr> {
        let names_owned = statement
            .sql
            .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
            .any(|word| self.owned_tables.iter().any(|table| table == word));
        if names_owned {
            return Err(refused(
                "it names a table that belongs to tenants",
                &statement.sql,
            ));
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for PlatformTx {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.check_statement(&statement)?;
        self.tx.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        Err(refused("it is not prepared", sql))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.check_statement(&statement)?;
        self.tx.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.check_statement(&statement)?;
        self.tx.query_all_raw(statement).await
    }
}
