//! The part of the day in which somebody gets no mail about notices.

use std::collections::HashMap;

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use tenants::{StaffId, TenantTx};

use super::entity::notice_quiet::{self, Column};
use crate::{Error, FieldErrors};

/// From when to when it is quiet, in the zone of the municipality; over midnight when it ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    begins: NaiveTime,
    ends: NaiveTime,
}

fn time(typed: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(typed.trim(), "%H:%M").ok()
}

fn written(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl QuietHours {
    /// Reads two times such as `18:00`; nothing when both are empty.
    pub(super) fn parse(errors: &mut FieldErrors, (begins, ends): (&str, &str)) -> Option<Self> {
        if begins.trim().is_empty() && ends.trim().is_empty() {
            return None;
        }
        for (field, typed) in [("quietFrom", begins), ("quietUntil", ends)] {
            if time(typed).is_none() {
                errors.add(field, "not_a_moment");
            }
        }
        let (begins, ends) = (time(begins)?, time(ends)?);
        if begins == ends {
            errors.add("quietUntil", "not_a_moment");
            return None;
        }
        Some(Self { begins, ends })
    }

    /// When it begins and ends, as `HH:MM`.
    #[must_use]
    pub fn written(self) -> (String, String) {
        (written(self.begins), written(self.ends))
    }

    /// The first instant from `at` on at which it is not quiet.
    #[must_use]
    pub fn over(self, at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let local = at.with_timezone(&zone);
        let (now, day) = (local.time(), local.date_naive());
        let is_quiet = if self.begins < self.ends {
            self.begins <= now && now < self.ends
        } else {
            self.begins <= now || now < self.ends
        };
        if !is_quiet {
            return at;
        }
        let day = if now < self.ends {
            day
        } else {
            day + TimeDelta::days(1)
        };
        let end = zone.from_local_datetime(&day.and_time(self.ends));
        end.earliest().map_or(at, |end| end.to_utc())
    }
}

/// When somebody wants no mails about notices.
pub async fn quiet_hours(tx: &TenantTx, staff: StaffId) -> Result<Option<QuietHours>, Error> {
    Ok(quiet_hours_of(tx, &[staff]).await?.remove(&staff))
}

/// When each of these people wants no mails about notices. One statement.
pub(super) async fn quiet_hours_of(
    tx: &TenantTx,
    people: &[StaffId],
) -> Result<HashMap<StaffId, QuietHours>, Error> {
    let rows = tx
        .find::<notice_quiet::Entity>()
        .filter(Column::StaffId.is_in(people.iter().copied()))
        .all(tx)
        .await?;
    let hours = rows.into_iter().filter_map(|row| {
        let hours = QuietHours {
            begins: time(&row.begins)?,
            ends: time(&row.ends)?,
        };
        Some((row.staff_id, hours))
    });
    Ok(hours.collect())
}

/// Keeps when somebody wants no mails about notices.
pub(super) async fn keep(
    tx: &TenantTx,
    staff: StaffId,
    hours: Option<QuietHours>,
) -> Result<(), Error> {
    tx.delete::<notice_quiet::Entity>()
        .filter(Column::StaffId.eq(staff))
        .exec(tx)
        .await?;
    let Some((begins, ends)) = hours.map(QuietHours::written) else {
        return Ok(());
    };
    let row = notice_quiet::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        staff_id: Set(staff),
        begins: Set(begins),
        ends: Set(ends),
    };
    Ok(tx.insert_all(vec![row]).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_end_on_the_same_day_or_on_the_next() {
        let zone = chrono_tz::Europe::Amsterdam;
        let at = |written: &str| written.parse::<DateTime<Utc>>().unwrap();
        let hours = |begins, ends| QuietHours::parse(&mut FieldErrors::default(), (begins, ends));
        let lunch = hours("12:00", "13:00").unwrap();
        let night = hours("18:00", "09:00").unwrap();
        for (hours, now, over) in [
            (lunch, "2026-11-30T11:30:00Z", "2026-11-30T12:00:00Z"),
            (lunch, "2026-11-30T12:00:00Z", "2026-11-30T12:00:00Z"),
            (night, "2026-11-30T20:00:00Z", "2026-12-01T08:00:00Z"),
            (night, "2026-11-30T07:00:00Z", "2026-11-30T08:00:00Z"),
            (night, "2026-11-30T10:00:00Z", "2026-11-30T10:00:00Z"),
        ] {
            assert_eq!(hours.over(at(now), zone), at(over), "{now}");
        }
        assert_eq!(hours("", ""), None);
        assert_eq!(hours("25:00", "09:00"), None);
        assert_eq!(hours("09:00", "09:00"), None);
    }
}
