//! What the rules have to know, read in two statements: what stands fast, and how things stand once it is this transaction's turn.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, Func, LockType, Query, SelectStatement},
};
use tenants::{StaffId, TenantTx};

use super::{
    Accounts, Budget, BudgetId, Entry, Gift, GiftRules, GiftStatus, PersonKeys,
    entity::{gift, gift_budget, gift_ledger, gift_rules_version},
    facts::rules_hash,
    lists, person,
};
use crate::{
    Error,
    desk::{self, ContactDetails},
};

/// A year of the municipality: it turns at its own midnight, not at that of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
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

/// What stands fast while an attention is given: the budget, the rules and the municipality's zone.
pub(super) struct Ground {
    pub budget: Budget,
    pub rules: GiftRules,
    /// Their number and their hash.
    pub rules_version: (i64, String),
    pub zone: Tz,
}

impl Ground {
    /// Reads it, and to give lets this transaction stand in line at the row of the colleague who gives and then at that of the budget:
    /// gifts of one colleague, and from one budget, are given after each other. Several windows do not stretch the colleague's cap. A budget
    /// that is not there, or a neighbour's, is not found.
    pub async fn read(
        tx: &TenantTx,
        giver: StaffId,
        budget: BudgetId,
        to_give: bool,
    ) -> Result<Self, Error> {
        let newest = |column: gift_rules_version::Column| {
            tx.find::<gift_rules_version::Entity>()
                .select_only()
                .column(column)
                .order_by_desc(gift_rules_version::Column::Number)
                .limit(1)
                .into_query()
        };
        let number = newest(gift_rules_version::Column::Number);
        let rules = newest(gift_rules_version::Column::Definition);
        let mut query = tx
            .find::<gift_budget::Entity>()
            .filter(gift_budget::Column::Id.eq(budget))
            .expr_as(scalar(rules), "rules")
            .expr_as(scalar(number), "rules_number")
            .expr_as(scalar(zone_of(tx)), "zone");
        if to_give {
            QueryTrait::query(&mut query)
                .from("staff")
                .and_where(Expr::col(("staff", "tenant_id")).eq(tx.tenant()))
                .and_where(Expr::col(("staff", "id")).eq(giver))
                .lock_with_tables(LockType::NoKeyUpdate, ["staff", "gift_budget"]);
        }
        let row = tx
            .query_one(&query.into_query())
            .await?
            .ok_or(Error::NotFound)?;
        let rules: Option<serde_json::Value> = row.try_get("", "rules")?;
        let number: Option<i64> = row.try_get("", "rules_number")?;
        let rules_version = (
            number.unwrap_or_default(),
            rules.as_ref().map(rules_hash).unwrap_or_default(),
        );
        Ok(Self {
            budget: Budget::from_query_result(&row, "")?,
            rules_version,
            rules: match rules {
                Some(rules) => serde_json::from_value(rules).map_err(Error::bug)?,
                None => GiftRules::default(),
            },
            zone: parse_zone(&row.try_get::<String>("", "zone")?)?,
        })
    }

    /// Most that one attention from this budget may cost, in cents.
    pub fn cap(&self) -> i64 {
        self.budget.cap_under(&self.rules)
    }
}

fn scalar(query: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(query.into()))
}

fn zone_of(tx: &TenantTx) -> SelectStatement {
    Query::select()
        .column("time_zone")
        .from("tenant")
        .and_where(Expr::col(("tenant", "id")).eq(tx.tenant()))
        .to_owned()
}

fn parse_zone(zone: &str) -> Result<Tz, Error> {
    zone.parse().map_err(Error::bug)
}

/// The municipality's zone.
pub(super) async fn zone(tx: &TenantTx) -> Result<Tz, Error> {
    let row = tx.query_one(&zone_of(tx)).await?.ok_or(Error::NotFound)?;
    let zone: String = row.try_get("", "time_zone")?;
    parse_zone(&zone)
}

/// The municipality's year at this instant.
pub(super) async fn this_year(tx: &TenantTx) -> Result<Year, Error> {
    Ok(Year::at(tx.now(), zone(tx).await?))
}

/// What was given from one instant until before another, in cents, as the caps count it.
fn given(
    tx: &TenantTx,
    which: Condition,
    (since, until): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> SelectStatement {
    let which = match until {
        Some(until) => which.add(gift::Column::GivenAt.lt(until)),
        None => which,
    };
    let worth = Expr::from(Func::coalesce([
        Expr::col((gift::Entity, gift::Column::SpentCents)),
        Expr::col((gift::Entity, gift::Column::AmountCents)),
    ]));
    tx.find::<gift::Entity>()
        .select_only()
        .expr(worth.sum().cast_as("bigint"))
        .filter(which)
        .filter(gift::Column::GivenAt.gte(since))
        .filter(gift::Column::Status.is_not_in(GiftStatus::UNGIVEN))
        .into_query()
}

fn of_person(keys: &PersonKeys) -> Condition {
    let mut person = Condition::any();
    for (column, key) in [
        (gift::Column::MailHash, &keys.mail),
        (gift::Column::PhoneHash, &keys.phone),
        (gift::Column::AddressHash, &keys.address),
    ] {
        if let Some(key) = key {
            person = person.add(column.eq(key.as_str()));
        }
    }
    person
}

/// Whose sums the rules look at.
pub(super) struct Parties<'a> {
    pub giver: StaffId,
    /// How the person is known among attentions.
    pub keys: &'a PersonKeys,
    /// How the person may be known at the desk.
    pub whom: &'a ContactDetails,
    /// An attention that was given before and is looked at once more: the sums leave it out, and its year counts.
    pub again: Option<&'a Gift>,
}

/// How things stand just before an attention is given, or paid.
#[derive(Default)]
pub(super) struct Standing {
    /// The end of the budget's chain.
    pub head: Option<Entry>,
    /// What the colleague gave in the period of the rules, in cents.
    pub giver_cents: i64,
    /// What the person got in the year, in cents.
    pub person_cents: i64,
    /// Whether a complaint of the person runs.
    pub complaint_runs: bool,
}

impl Standing {
    /// Reads it in one statement, which begins after this transaction's turn came: a statement that waited for a lock still sees what was
    /// there when it began.
    pub async fn read(
        tx: &TenantTx,
        ground: &Ground,
        parties: &Parties<'_>,
    ) -> Result<Self, Error> {
        let since = tx
            .now()
            .checked_sub_months(Months::new(ground.rules.period_months))
            .unwrap_or(tx.now());
        let others = || match parties.again {
            Some(gift) => Condition::all().add(gift::Column::Id.ne(gift.id)),
            None => Condition::all(),
        };
        let mine = others().add(gift::Column::GiverId.eq(parties.giver));
        let mut query = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(ground.budget.id))
            .order_by_desc(gift_ledger::Column::Sequence)
            .limit(1)
            .expr_as(scalar(given(tx, mine, (since, None))), "giver_sum");
        let knows_person = !parties.keys.is_empty();
        if knows_person {
            let when = parties.again.map_or(tx.now(), |gift| gift.given_at);
            let year = Year::at(when, ground.zone);
            let person = others().add(of_person(parties.keys));
            let got = given(tx, person, (year.begins, Some(year.ends)));
            query = query.expr_as(scalar(got), "person_sum");
        }
        let complaint = desk::has_open_complaint(tx, parties.whom);
        let knows_desk = complaint.is_some();
        if let Some(complaint) = complaint {
            query = query.expr_as(complaint, "complaint_runs");
        }
        let Some(row) = tx.query_one(&query.into_query()).await? else {
            return Ok(Self::default());
        };
        let cents = |name: &str| -> Result<i64, Error> {
            Ok(row.try_get::<Option<i64>>("", name)?.unwrap_or_default())
        };
        Ok(Self {
            head: Some(Entry::from_query_result(&row, "")?),
            giver_cents: cents("giver_sum")?,
            person_cents: if knows_person {
                cents("person_sum")?
            } else {
                0
            },
            complaint_runs: knows_desk && row.try_get("", "complaint_runs")?,
        })
    }

    /// What is left in the budget, in cents.
    pub fn left(&self) -> i64 {
        self.head
            .as_ref()
            .map_or_else(Accounts::default, Entry::balance)
            .available
    }
}

/// Looks once more at an attention that was given before: stands in line as giving does (at the person, at the giver's own row, at the
/// budget), and reads how it and everything around it stands once it is this transaction's turn.
pub(super) async fn look_again(
    tx: &TenantTx,
    known: &Gift,
) -> Result<(Gift, Ground, Standing), Error> {
    let keys = PersonKeys::kept_with(known);
    person::stand_in_line(tx, &keys).await?;
    let ground = Ground::read(tx, known.giver_id, known.budget_id, true).await?;
    let parties = Parties {
        giver: known.giver_id,
        keys: &keys,
        whom: &ContactDetails::default(),
        again: Some(known),
    };
    let standing = Standing::read(tx, &ground, &parties).await?;
    Ok((lists::gift(tx, known.id).await?, ground, standing))
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
