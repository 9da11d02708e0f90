//! What the database knows of the installation that uses it: which secret its keys come from, and when a program last ran.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait, ExprTrait as _, QueryFilter,
    sea_query::{Expr, OnConflict, Query},
};

use crate::{Db, Error, PlatformTx, entity::installation};

const SECRET: &str = "secret";
const TIME: &str = "time";
const DEMO: &str = "demo";
const FULL_VISIT: &str = "full visit";

/// Longest plausible downtime. A program that starts later than that after the last one ran takes the clock for wrong.
const STANDSTILL_MAX: TimeDelta = TimeDelta::days(3);
/// Difference that clocks may have.
const DIFFERENCE_MAX: TimeDelta = TimeDelta::minutes(10);

async fn value(tx: &PlatformTx, name: &str) -> Result<Option<String>, Error> {
    let row = tx
        .find::<installation::Entity>()
        .filter(installation::Column::Name.eq(name))
        .one(tx)
        .await?;
    Ok(row.map(|row| row.value))
}

async fn store(tx: &PlatformTx, name: &str, value: String) -> Result<(), Error> {
    let row = installation::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value),
    };
    let replaced = OnConflict::column(installation::Column::Name)
        .update_column(installation::Column::Value)
        .to_owned();
    installation::Entity::insert(row)
        .on_conflict(replaced)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Fingerprint of the secret that this database was first used with; none before that.
pub async fn secret_fingerprint(db: &Db) -> Result<Option<String>, Error> {
    value(&db.platform_read().await?, SECRET).await
}

/// Notes the fingerprint of the secret when there is none yet, and gives the one that holds.
pub async fn claim_secret(db: &Db, fingerprint: String) -> Result<String, Error> {
    let tx = db.platform().await?;
    let row = installation::ActiveModel {
        name: Set(SECRET.to_owned()),
        value: Set(fingerprint.clone()),
    };
    let first = OnConflict::column(installation::Column::Name)
        .do_nothing()
        .to_owned();
    installation::Entity::insert(row)
        .on_conflict(first)
        .exec_without_returning(&tx)
        .await?;
    let holds = value(&tx, SECRET).await?.unwrap_or(fingerprint);
    tx.commit().await?;
    Ok(holds)
}

/// Whether the demo made this database.
pub async fn is_demo(db: &Db) -> Result<bool, Error> {
    Ok(value(&db.platform_read().await?, DEMO).await?.is_some())
}

/// Notes that the demo makes this database.
pub async fn mark_demo(db: &Db) -> Result<(), Error> {
    let tx = db.platform().await?;
    store(&tx, DEMO, String::new()).await?;
    tx.commit().await
}

/// When everybody's maintenance was done last.
pub async fn last_full_visit(tx: &PlatformTx) -> Result<Option<DateTime<Utc>>, Error> {
    let noted = value(tx, FULL_VISIT).await?;
    let noted = noted.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
    Ok(noted.map(|instant| instant.to_utc()))
}

/// Notes that everybody's maintenance was done.
pub async fn note_full_visit(db: &Db) -> Result<(), Error> {
    let tx = db.platform().await?;
    store(&tx, FULL_VISIT, tx.now().to_rfc3339()).await?;
    tx.commit().await
}

/// Notes the fingerprint of the secret from now on.
pub async fn set_secret_fingerprint(db: &Db, fingerprint: &str) -> Result<(), Error> {
    let tx = db.platform().await?;
    store(&tx, SECRET, fingerprint.to_owned()).await?;
    tx.commit().await
}

/// Name of the newest migration that the database has seen.
pub async fn newest_migration(tx: &PlatformTx) -> Result<Option<String>, Error> {
    let newest = Query::select()
        .expr_as(Expr::col("version").max(), "version")
        .from("seaql_migrations")
        .to_owned();
    let row = tx.query_one(&newest).await?;
    Ok(row
        .map(|row| row.try_get("", "version"))
        .transpose()?
        .flatten())
}

/// Notes that the clock is right, whatever it was before.
pub async fn accept_clock(db: &Db) -> Result<(), Error> {
    let tx = db.platform().await?;
    store(&tx, TIME, tx.now().to_rfc3339()).await?;
    tx.commit().await
}

/// Watches whether the clock is plausible, so that nothing is erased and nobody is warned because it jumped.
#[derive(Debug, Default)]
pub struct ClockGuard {
    /// The last plausible instant, and how long the machine ran then.
    last_plausible: Option<(DateTime<Utc>, Duration)>,
}

impl ClockGuard {
    /// Whether the clock is plausible: it went on as the time that the machine runs, `uptime`, which counts sleep as well; at the first call
    /// the last program of this database ran at most three days ago. An operator who accepts the clock ([`accept_clock`]) is right.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_plausible(&mut self, db: &Db, uptime: Duration) -> Result<bool, Error> {
        let tx = db.platform().await?;
        let now = tx.now();
        let noted = value(&tx, TIME)
            .await?
            .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
            .map(|instant| instant.to_utc());
        let near = |instant: DateTime<Utc>| (now - instant).abs() <= DIFFERENCE_MAX;
        let goes_on = match (self.last_plausible, noted) {
            (Some((instant, then)), _) => {
                near(instant + TimeDelta::from_std(uptime.saturating_sub(then)).unwrap_or_default())
            }
            (None, Some(noted)) => now - noted <= STANDSTILL_MAX && noted - now <= DIFFERENCE_MAX,
            (None, None) => true,
        };
        if !goes_on && !noted.is_some_and(near) {
            return Ok(false);
        }
        self.last_plausible = Some((now, uptime));
        store(&tx, TIME, now.to_rfc3339()).await?;
        tx.commit().await?;
        Ok(true)
    }
}
