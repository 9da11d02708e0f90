//! The history of the database's shape.
//!
//! A migration never imports an entity: it is frozen the day it is released. Every statement is written once and holds on `SQLite` and
//! on `PostgreSQL`; what differs lies in [`dialect`]. Running them needs the role that *owns* the tables; the role the product works
//! with owns nothing and gets its rights from [`dialect::grant`] after each run.

mod dialect;
mod m20261123_000001_tenants;
mod m20261123_000002_intake;
mod m20261123_000003_cases;
mod m20261123_000004_practices;
mod m20261124_000005_clocks;
mod m20261125_000006_form_versions;
mod m20261125_000007_files;
mod m20261125_000008_clocks_of_the_law;
mod m20261125_000009_gifts;
mod m20261125_000010_turns_of_cases;
mod m20261125_000011_gift_persons;
mod m20261125_000012_confirmations;
mod m20261125_000014_password_links;
mod m20261125_000015_checks_after_corrections;
mod m20261125_000016_erasures;
mod m20261125_000017_lapsed_gifts;
mod m20261125_000018_receipt_due;

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
            Box::new(m20261123_000001_tenants::Migration),
            Box::new(m20261123_000002_intake::Migration),
            Box::new(m20261123_000003_cases::Migration),
            Box::new(m20261123_000004_practices::Migration),
            Box::new(m20261124_000005_clocks::Migration),
            Box::new(m20261125_000006_form_versions::Migration),
            Box::new(m20261125_000007_files::Migration),
            Box::new(m20261125_000008_clocks_of_the_law::Migration),
            Box::new(m20261125_000009_gifts::Migration),
            Box::new(m20261125_000010_turns_of_cases::Migration),
            Box::new(m20261125_000011_gift_persons::Migration),
            Box::new(m20261125_000012_confirmations::Migration),
            Box::new(m20261125_000014_password_links::Migration),
            Box::new(m20261125_000015_checks_after_corrections::Migration),
            Box::new(m20261125_000016_erasures::Migration),
            Box::new(m20261125_000017_lapsed_gifts::Migration),
            Box::new(m20261125_000018_receipt_due::Migration),
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

/// Brings the database at `url` up to the newest shape and, on `PostgreSQL`, gives `app_role` the rights it works with.
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

/// Brings an empty database to the shape just before a migration: where the test of what that migration carries over begins.
pub async fn up_before(url: &str, name: &str) -> Result<(), DbErr> {
    let connection = connect(url).await?;
    let steps = Migrator::migrations()
        .iter()
        .take_while(|migration| migration.name() != name)
        .count();
    Migrator::up(&connection, <u32 as TryFrom<usize>>::try_from(steps).ok()).await?;
    connection.close().await
}

/// Undoes every migration: the way back that the upgrade test walks, never used in production.
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
