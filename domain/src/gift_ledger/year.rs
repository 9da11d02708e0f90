//! Years of a municipality, by its own clock.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use tenants::TenantTx;

use crate::Error;

/// A year of the municipality: it turns at its own midnight, not at that of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Year {
    pub number: i64,
    /// Its first instant.
    pub begins: DateTime<Utc>,
    /// The first instant after it.
    pub ends: DateTime<Utc>,
}

impl Year {
    pub fn at(now: DateTime<Utc>, zone: Tz) -> Self {
        let number = i64::from(now.with_timezone(&zone).year());
        Self::of(number, zone).unwrap_or(Self {
            number,
            begins: now,
            ends: now,
        })
    }

    /// A year by its number; nothing for one that no calendar counts.
    pub fn of(number: i64, zone: Tz) -> Option<Self> {
        let begins = |year: i64| {
            let midnight =
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)?.and_time(NaiveTime::MIN);
            let begins = zone.from_local_datetime(&midnight).earliest();
            Some(begins.map_or_else(|| midnight.and_utc(), |begins| begins.to_utc()))
        };
        Some(Self {
            number,
            begins: begins(number)?,
            ends: begins(number.checked_add(1)?)?,
        })
    }
}

pub(crate) fn zone_of(tx: &TenantTx) -> SelectStatement {
    Query::select()
        .column("time_zone")
        .from("tenant")
        .and_where(Expr::col(("tenant", "id")).eq(tx.tenant()))
        .to_owned()
}

pub(crate) fn parse_zone(zone: &str) -> Result<Tz, Error> {
    zone.parse().map_err(Error::bug)
}

/// The municipality's zone.
pub(crate) async fn zone(tx: &TenantTx) -> Result<Tz, Error> {
    let row = tx.query_one(&zone_of(tx)).await?.ok_or(Error::NotFound)?;
    let zone: String = row.try_get("", "time_zone")?;
    parse_zone(&zone)
}

/// The municipality's year at this instant.
pub(crate) async fn this_year(tx: &TenantTx) -> Result<Year, Error> {
    Ok(Year::at(tx.now(), zone(tx).await?))
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Curacao, Europe::Amsterdam};

    use super::*;

    fn year_at(instant: &str, zone: Tz) -> (i64, String) {
        let year = Year::at(instant.parse().unwrap(), zone);
        assert!(year.begins < year.ends);
        (year.number, year.begins.to_rfc3339())
    }

    #[test]
    fn the_year_turns_at_the_midnight_of_the_municipality() {
        for (instant, zone, year, begins) in [
            (
                "2026-12-31T22:59:59Z",
                Amsterdam,
                2026,
                "2025-12-31T23:00:00+00:00",
            ),
            (
                "2026-12-31T23:00:00Z",
                Amsterdam,
                2027,
                "2026-12-31T23:00:00+00:00",
            ),
            (
                "2027-01-01T03:59:59Z",
                Curacao,
                2026,
                "2026-01-01T04:00:00+00:00",
            ),
            (
                "2027-01-01T04:00:00Z",
                Curacao,
                2027,
                "2027-01-01T04:00:00+00:00",
            ),
        ] {
            assert_eq!(
                year_at(instant, zone),
                (year, begins.to_owned()),
                "{instant} {zone}"
            );
        }
    }
}
