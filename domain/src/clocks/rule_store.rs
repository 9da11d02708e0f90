//! The promises of a municipality: every version for ever, each from a day on.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use serde::Serialize;
use serde_json::json;
use tenants::{StaffId, TenantTx, typed_id};
use utoipa::ToSchema;

use super::{
    calendar_store::{self, CalendarVersionId},
    entity::service_rule_version,
    service_rule::{ClockKind, Facts, RuleTerms},
};
use crate::{
    Error, FieldErrors, audit, cases,
    deadlines::{Calendar, CalendarDefinition, ServiceRule, YEARS_MAX},
};

typed_id! {
    /// A version of a promise.
    RuleVersionId
}

/// A version of a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleVersion {
    /// Id.
    #[serde(skip)]
    pub id: RuleVersionId,
    /// Number of the version, from 1.
    pub number: i64,
    /// The promise.
    #[schema(value_type = Object)]
    pub rule: ServiceRule,
    /// What it is about, for which messages, what keeps it, and who is warned when.
    #[schema(value_type = Object)]
    pub terms: RuleTerms,
    /// First local day of receipt it holds for; from the beginning when there is none.
    pub starts_on: Option<NaiveDate>,
    /// When it was set, in UTC.
    pub created_at: DateTime<Utc>,
    /// Who set it; nobody for the first.
    #[serde(skip)]
    pub author: Option<StaffId>,
}

fn version(row: service_rule_version::Model) -> Result<RuleVersion, Error> {
    Ok(RuleVersion {
        id: row.id,
        number: row.number,
        rule: serde_json::from_value(row.definition).map_err(Error::bug)?,
        terms: match row.terms {
            Some(terms) => serde_json::from_value(terms).map_err(Error::bug)?,
            None => RuleTerms::default(),
        },
        starts_on: row.starts_on,
        created_at: row.created_at,
        author: row.author_id,
    })
}

/// Every promise that was ever set, the newest first.
pub async fn rules(tx: &TenantTx) -> Result<Vec<RuleVersion>, Error> {
    tx.find::<service_rule_version::Entity>()
        .order_by_desc(service_rule_version::Column::Number)
        .all(tx)
        .await?
        .into_iter()
        .map(version)
        .collect()
}

/// The promises that a person made, for another room's query.
pub(crate) fn any_rule_set(tx: &TenantTx) -> SelectStatement {
    tx.find::<service_rule_version::Entity>()
        .select_only()
        .column(service_rule_version::Column::Id)
        .filter(service_rule_version::Column::AuthorId.is_not_null())
        .into_query()
}

/// A version by its id.
pub(super) fn by_id(versions: &[RuleVersion], id: Option<RuleVersionId>) -> Option<&RuleVersion> {
    versions.iter().find(|version| Some(version.id) == id)
}

/// The versions that hold for what is received on a local day: of each promise for the same messages the one that was set last among
/// those that had begun. `versions` are the newest first.
#[must_use]
pub fn in_force(versions: &[RuleVersion], day: NaiveDate) -> Vec<&RuleVersion> {
    newest_of_each(versions.iter(), day)
}

fn newest_of_each<'a>(
    versions: impl Iterator<Item = &'a RuleVersion>,
    day: NaiveDate,
) -> Vec<&'a RuleVersion> {
    let mut seen = HashSet::new();
    versions
        .filter(|version| version.starts_on.is_none_or(|starts_on| starts_on <= day))
        .filter(|version| seen.insert((version.terms.clock, &version.terms.applies)))
        .filter(|version| !version.terms.ended)
        .collect()
}

/// The promise to call for a local day of receipt, for messages for which nothing more specific holds.
#[must_use]
pub fn general_rule_on(versions: &[RuleVersion], day: NaiveDate) -> Option<&RuleVersion> {
    in_force(versions, day).into_iter().find(|version| {
        version.terms.clock == ClockKind::Callback && version.terms.applies.is_general()
    })
}

/// Whether a planned promise will never hold, because a later version of it holds from before its first day. `versions` are the newest first.
#[must_use]
pub fn is_superseded(versions: &[RuleVersion], planned: &RuleVersion) -> bool {
    let Some(first) = planned.starts_on else {
        return false;
    };
    versions.iter().any(|version| {
        version.number > planned.number
            && version.terms.clock == planned.terms.clock
            && version.terms.applies == planned.terms.applies
            && version.starts_on.is_none_or(|starts_on| starts_on <= first)
            && version.created_at.date_naive() <= first
    })
}

/// The promise of a kind for what began at an instant, on that local day: of those that hold, the most specific. What was promised later does not
/// hold for it: whoever wrote keeps the promise of then. The very first promise holds from the beginning.
#[must_use]
pub fn choose_rule<'a>(
    versions: &'a [RuleVersion],
    clock: ClockKind,
    facts: &Facts,
    (day, at): (NaiveDate, DateTime<Utc>),
) -> Option<&'a RuleVersion> {
    let made = |version: &&RuleVersion| version.created_at <= at || version.author.is_none();
    newest_of_each(versions.iter().filter(made), day)
        .into_iter()
        .filter(|version| version.terms.clock == clock)
        .filter(|version| version.terms.applies.matches(facts))
        .max_by_key(|version| version.terms.applies.specificity())
}

/// What holds now.
#[derive(Clone, Debug)]
pub struct Current {
    /// Version of the calendar.
    pub calendar_version: CalendarVersionId,
    /// Its number, from 1.
    pub calendar_number: i64,
    /// The calendar, ready to count with.
    pub calendar: Arc<Calendar>,
    /// The calendar as it was written.
    pub definition: Arc<CalendarDefinition>,
    /// The promise to call, for messages for which nothing more specific holds.
    pub rule: ServiceRule,
    /// The rest of that promise.
    pub terms: RuleTerms,
}

/// The calendar that holds now, and the general promise to call for what comes in now.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that has none, such as the platform's own.
pub async fn current(tx: &TenantTx) -> Result<Current, Error> {
    let office = calendar_store::current_office(tx).await?;
    let day = office.calendar.local_day(tx.now());
    let versions = rules(tx).await?;
    let general = general_rule_on(&versions, day).ok_or(Error::NotFound)?;
    Ok(Current {
        calendar_version: office.version,
        calendar_number: office.number,
        calendar: office.calendar,
        definition: office.definition,
        rule: general.rule.clone(),
        terms: general.terms.clone(),
    })
}

/// Refuses a promise that says what is promised already, from its first day on: another version of it would only puzzle whoever reads them.
async fn require_change(
    tx: &TenantTx,
    rule: &ServiceRule,
    terms: &RuleTerms,
    starts_on: Option<NaiveDate>,
) -> Result<(), Error> {
    let versions = rules(tx).await?;
    // The very first promise comes before there is a calendar.
    if versions.is_empty() {
        return Ok(());
    }
    let first = match starts_on {
        Some(day) => day,
        None => calendar_store::current_office(tx)
            .await?
            .calendar
            .local_day(tx.now()),
    };
    let of_same: Vec<&RuleVersion> = versions
        .iter()
        .filter(|version| {
            version.terms.clock == terms.clock && version.terms.applies == terms.applies
        })
        .collect();
    // What holds on the first day, and on every later day on which something else was planned to begin.
    let planned = of_same.iter().filter_map(|version| version.starts_on);
    let same = planned
        .filter(|day| *day > first)
        .chain([first])
        .all(|day| {
            let holds = of_same
                .iter()
                .find(|version| version.starts_on.is_none_or(|starts_on| starts_on <= day));
            match holds {
                Some(version) if terms.ended => version.terms.ended,
                Some(version) => version.rule == *rule && version.terms == *terms,
                None => terms.ended,
            }
        });
    if same {
        return Err(Error::invalid("rule", "already_promised"));
    }
    Ok(())
}

/// Sets a promise for what comes in from `starts_on` on, or for everything that is yet to come in. Promises that were made stay as they
/// were made.
///
/// # Errors
/// [`Error::Invalid`] for a day that has passed or is years away, a promise nobody could keep or one that changes nothing, [`crate::Code::Changed`] when somebody was first.
pub async fn set_rule(
    tx: &TenantTx,
    rule: &ServiceRule,
    terms: &RuleTerms,
    starts_on: Option<NaiveDate>,
    author: Option<StaffId>,
) -> Result<RuleVersionId, Error> {
    let mut errors = FieldErrors::default();
    if !rule.is_allowed() {
        errors.add("rule", "promise_out_of_range");
    }
    terms.check(&mut errors);
    if let Some(category) = &terms.applies.category {
        let known = cases::categories(tx, None).await?;
        if known.iter().all(|one| one.key != *category) {
            errors.add("terms.applies.category", "not_an_option");
        }
    }
    if let Some(starts_on) = starts_on {
        let office = calendar_store::current_office(tx).await?;
        let today = office.calendar.local_day(tx.now());
        if starts_on < today {
            errors.add("startsOn", "day_passed");
        } else if starts_on.year() - today.year() > YEARS_MAX {
            errors.add_with("startsOn", "years_ahead", "max", YEARS_MAX);
        }
    }
    errors.into_result()?;
    require_change(tx, rule, terms, starts_on).await?;
    let last = tx
        .find::<service_rule_version::Entity>()
        .order_by_desc(service_rule_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?;
    let row = tx
        .insert(service_rule_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            number: Set(last.as_ref().map_or(0, |row| row.number) + 1),
            definition: Set(serde_json::to_value(rule).map_err(Error::bug)?),
            author_id: Set(author),
            created_at: Set(tx.now()),
            starts_on: Set(starts_on),
            terms: Set(Some(serde_json::to_value(terms).map_err(Error::bug)?)),
        })
        .await
        .map_err(calendar_store::changed_meanwhile)?;
    if last.is_some() {
        audit::record(
            tx,
            author,
            audit::Action::ServiceRuleChange,
            ("serviceRule", Some(row.id.0)),
            json!({ "number": row.number }),
        )
        .await?;
    }
    Ok(row.id)
}
