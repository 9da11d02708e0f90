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
mod m20261129_000010_cases;
mod m20261129_000011_clocks;
mod m20261129_000012_gifts;
mod m20261129_000013_scores;
mod m20261129_000014_practices;

use std::time::Duration;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectOptions, Database, DatabaseConnection},
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
            Box::new(m20261129_000010_cases::Migration),
            Box::new(m20261129_000011_clocks::Migration),
            Box::new(m20261129_000012_gifts::Migration),
            Box::new(m20261129_000013_scores::Migration),
            Box::new(m20261129_000014_practices::Migration),
        ]
    }
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(1)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    Database::connect(options).await
}

/// Brings the database at `url` up to the newest schema and, on `PostgreSQL`, gives `app_role` the rights it works with.
///
/// `url` is that of the owning role. `app_role` is `None` on `SQLite`, where there are no roles.
///
/// # Errors
/// Whatever the database answers: unreachable, refused, or a statement that failed. Each migration is one transaction on `PostgreSQL`.
pub async fn up(url: &str, app_role: Option<&str>) -> Result<(), DbErr> {
    let connection = connect(url).await?;
    Migrator::up(&connection, None).await?;
    if let Some(role) = app_role {
        dialect::grant(&connection, role).await?;
    }
    connection.close().await
}

/// Undoes every migration, for tests only.
pub async fn down(url: &str) -> Result<(), DbErr> {
    let connection = connect(url).await?;
    Migrator::down(&connection, None).await?;
    connection.close().await
}

/// Names of the migrations that the database at `url` has not seen yet.
///
/// # Errors
/// When the database cannot be reached.
pub async fn pending(url: &str) -> Result<Vec<String>, DbErr> {
    let connection = connect(url).await?;
    let pending = Migrator::get_pending_migrations_read_only(&connection)
        .await?
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    connection.close().await?;
    Ok(pending)
}
