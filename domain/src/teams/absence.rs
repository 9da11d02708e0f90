//! Who is away, and who takes over: what is meant for somebody who is away goes to a deputy, or stays with the team.
//!
//! Why somebody is away is nobody's business here and is not kept; nor is that they were, once they are back for a month.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{
    Permission, StaffId, TenantTx, permission,
    staff::{self, StaffMember},
};
use utoipa::ToSchema;

use super::{
    AbsenceId, TeamId,
    entity::{
        absence::{self, Column, Model},
        team_member,
    },
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    text,
};

/// How far ahead somebody can be away, and how long.
const YEAR: TimeDelta = TimeDelta::days(366);
/// So long it is kept that somebody was away.
const KEPT: TimeDelta = TimeDelta::days(31);
/// Most times that somebody is away and will be.
const ABSENCES_MAX: usize = 50;

/// That a colleague is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AbsenceItem)]
pub struct Absence {
    /// Id.
    pub id: AbsenceId,
    /// Who.
    pub staff_id: StaffId,
    /// The first day, in the municipality's zone.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether it is now.
    pub now: bool,
}

/// From when until when somebody is away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AbsenceRequest {
    /// Who; whoever asks when this is left out. For somebody else it takes the permission to manage teams.
    #[schema(value_type = Option<StaffId>)]
    #[serde(default)]
    pub staff_id: String,
    /// The first day, in the municipality's zone.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub from: String,
    /// The last day.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub until: String,
}

fn item(row: Model, now: DateTime<Utc>) -> Absence {
    Absence {
        id: row.id,
        staff_id: row.staff_id,
        from: row.from_day,
        until: row.until_day,
        now: row.starts_at <= now,
    }
}

/// Who is away now and who will be, of everybody or of one colleague, by the first day.
pub async fn absences(
    tx: &TenantTx,
    of: Option<StaffId>,
    limit: Option<u64>,
) -> Result<Vec<Absence>, Error> {
    let mut rows = tx
        .find::<absence::Entity>()
        .filter(Column::EndsAt.gt(tx.now()))
        .order_by_asc(Column::FromDay)
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(of) = of {
        rows = rows.filter(Column::StaffId.eq(of));
    }
    let rows = rows.all(tx).await?.into_iter();
    Ok(rows.map(|row| item(row, tx.now())).collect())
}

/// Whether somebody may say of somebody that they are away.
fn may(actor: &StaffMember, of: StaffId) -> bool {
    actor.id == of || permission::allowed(&actor.roles, Permission::ManageTeams)
}

fn midnight(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN));
    Some(local.earliest()?.to_utc())
}

/// Notes that somebody will be away. What they work on stays with them and shows so; what is new goes to their deputy.
///
/// # Errors
/// [`Error::Invalid`], also when somebody will be away too often; [`Code::NotAllowed`] for somebody else without the permission.
pub async fn add_absence(
    tx: &TenantTx,
    actor: &StaffMember,
    request: &AbsenceRequest,
    zone: Tz,
) -> Result<Absence, Error> {
    let mut errors = FieldErrors::default();
    let whom = match text::optional(Some(&request.staff_id)) {
        None => Some(actor.id),
        Some(typed) => text::read_choice(&mut errors, "staffId", typed),
    };
    if whom.is_some_and(|whom| !may(actor, whom)) {
        return Err(Error::refused(Code::NotAllowed));
    }
    let from = text::required_day(&mut errors, "from", &request.from);
    let until = text::required_day(&mut errors, "until", &request.until);
    if let (Some(from), Some(until)) = (from, until) {
        let today = tx.now().with_timezone(&zone).date_naive();
        if until < from {
            errors.add("until", "absence_order");
        } else if until < today {
            errors.add("until", "absence_past");
        } else if until - today > YEAR {
            errors.add("until", "absence_too_long");
        }
    }
    if let Some(whom) = whom
        && whom != actor.id
        && staff::get(tx, whom).await?.is_none()
    {
        errors.add("staffId", "not_an_option");
    }
    let (Some(whom), Some(from), Some(until), true) = (whom, from, until, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let ends = until.succ_opt().and_then(|day| midnight(day, zone));
    let (Some(starts_at), Some(ends_at)) = (midnight(from, zone), ends) else {
        return Err(Error::invalid("from", "not_a_date"));
    };
    let same = tx
        .find::<absence::Entity>()
        .filter(Column::StaffId.eq(whom))
        .filter(Column::FromDay.eq(from))
        .filter(Column::UntilDay.eq(until));
    if let Some(known) = same.one(tx).await? {
        // The button was pressed twice.
        return Ok(item(known, tx.now()));
    }
    if absences(tx, Some(whom), None).await?.len() >= ABSENCES_MAX {
        errors.add_with("from", "too_many", "max", ABSENCES_MAX);
        return Err(Error::Invalid(errors));
    }
    let row = tx
        .insert(absence::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(whom),
            from_day: Set(from),
            until_day: Set(until),
            starts_at: Set(starts_at),
            ends_at: Set(ends_at),
        })
        .await?;
    let object = ("staff", Some(whom.0));
    audit::record(tx, Some(actor.id), Action::AbsenceAdd, object, json!({})).await?;
    Ok(item(row, tx.now()))
}

/// Takes back that somebody is away.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::NotAllowed`] for somebody else without the permission.
pub async fn remove_absence(
    tx: &TenantTx,
    actor: &StaffMember,
    id: AbsenceId,
) -> Result<(), Error> {
    let found = tx
        .find::<absence::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    if !may(actor, found.staff_id) {
        return Err(Error::refused(Code::NotAllowed));
    }
    tx.delete::<absence::Entity>()
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("staff", Some(found.staff_id.0));
    audit::record(tx, Some(actor.id), Action::AbsenceRemove, object, json!({})).await?;
    Ok(())
}

/// Forgets who was away long ago.
pub(crate) async fn delete_old_absences(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<absence::Entity>()
        .filter(Column::EndsAt.lt(tx.now() - KEPT))
        .exec(tx)
        .await?;
    Ok(())
}

/// That somebody is away now, for another room's query.
pub(crate) fn away(tx: &TenantTx, whom: StaffId) -> Select<absence::Entity> {
    away_now(tx).filter(Column::StaffId.eq(whom))
}

fn away_now(tx: &TenantTx) -> Select<absence::Entity> {
    tx.find::<absence::Entity>()
        .filter(Column::StartsAt.lte(tx.now()))
        .filter(Column::EndsAt.gt(tx.now()))
}

/// Who is away now as choices, for another room's query ([`tenants::staff::named`]).
pub(crate) fn away_named(tx: &TenantTx) -> SelectStatement {
    away_now(tx)
        .select_only()
        .expr_as(Expr::value("away"), "list")
        .expr_as(Expr::col(Column::StaffId), "id")
        .expr_as(Expr::value(""), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::value(""), "word")
        .expr_as(Expr::value(true), "active")
        .into_query()
}

/// Who gets what is meant for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StandIn {
    /// They are here.
    Themselves,
    /// They are away, and the first of these who can takes over; nobody when there are none.
    Deputies(Vec<StaffId>),
}

/// Who gets what is meant for somebody: when they are away, their deputies who are not away as well, the one in this team first. One statement; a
/// second one when they are away.
pub(crate) async fn stand_in(
    tx: &TenantTx,
    whom: StaffId,
    team: Option<TeamId>,
) -> Result<StandIn, Error> {
    let away: Vec<StaffId> = away_now(tx)
        .select_only()
        .column(Column::StaffId)
        .into_tuple()
        .all(tx)
        .await?;
    let away: HashSet<StaffId> = away.into_iter().collect();
    if !away.contains(&whom) {
        return Ok(StandIn::Themselves);
    }
    let mut places = tx
        .find::<team_member::Entity>()
        .filter(team_member::Column::StaffId.eq(whom))
        .filter(team_member::Column::DeputyId.in_subquery(staff::active_ids(tx)))
        .order_by_asc(team_member::Column::Id)
        .all(tx)
        .await?;
    places.sort_by_key(|place| Some(place.team_id) != team);
    let deputies = (places.into_iter())
        .filter_map(|place| place.deputy_id)
        .filter(|deputy| !away.contains(deputy));
    Ok(StandIn::Deputies(deputies.collect()))
}
