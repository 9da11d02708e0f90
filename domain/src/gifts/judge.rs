//! May it be given: what the rules have to know, read in two statements, and what they say of it.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, Func, LockType, Query, SelectStatement},
};
use tenants::{StaffId, TenantTx, text_enum};

use super::{
    Accounts, Budget, BudgetId, Entry, GiftKind, GiftRules, GiftStatus, PersonKeys, Ruling,
    entity::{gift, gift_budget, gift_ledger, gift_rules_version},
};
use crate::{
    Code, Error,
    cases::{self, Whom},
};

text_enum! {
    /// Why a second pair of eyes is needed, or what is good to know.
    Why {
        /// It costs more than the rules leave to one person.
        Amount = "amount",
        /// The rules ask it for this kind.
        Kind = "kind",
        /// An objection, a claim or a formal complaint runs, as the giver says: a cooling rule, never about a score or about withdrawing.
        Procedure = "procedure",
        /// A complaint of this person runs under the law (Awb chapter 9), as our own desk knows: the same cooling rule.
        Complaint = "complaint",
        /// This person got an attention this year already; told, never asked for approval.
        Duplicate = "duplicate",
    }
}

/// What the rules say of an attention that may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is left in the budget now, in cents.
    pub left_cents: i64,
    /// Why a second pair of eyes is needed; nothing when it may be given at once.
    pub approval: Vec<Why>,
    /// What is good to know.
    pub warnings: Vec<Why>,
}

/// A year of the municipality: it turns at its own midnight, not at that of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
    pub number: i64,
    /// Its first instant.
    pub begins: DateTime<Utc>,
}

impl Year {
    pub fn at(now: DateTime<Utc>, zone: Tz) -> Self {
        let year = now.with_timezone(&zone).year();
        let midnight = NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(NaiveTime::MIN));
        let begins = midnight.map(|midnight| {
            zone.from_local_datetime(&midnight)
                .earliest()
                .map_or_else(|| midnight.and_utc(), |begins| begins.to_utc())
        });
        Self {
            number: i64::from(year),
            begins: begins.unwrap_or(now),
        }
    }
}

/// What stands fast while an attention is given: the budget, the rules and the year.
pub(super) struct Ground {
    pub budget: Budget,
    pub rules: GiftRules,
    pub year: Year,
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
        let rules = tx
            .find::<gift_rules_version::Entity>()
            .select_only()
            .column(gift_rules_version::Column::Definition)
            .order_by_desc(gift_rules_version::Column::Number)
            .limit(1)
            .into_query();
        let mut query = tx
            .find::<gift_budget::Entity>()
            .filter(gift_budget::Column::Id.eq(budget))
            .expr_as(scalar(rules), "rules")
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
        Ok(Self {
            budget: Budget::from_query_result(&row, "")?,
            rules: match rules {
                Some(rules) => serde_json::from_value(rules).map_err(Error::bug)?,
                None => GiftRules::default(),
            },
            year: year(tx, &row.try_get::<String>("", "zone")?)?,
        })
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

fn year(tx: &TenantTx, zone: &str) -> Result<Year, Error> {
    Ok(Year::at(tx.now(), zone.parse().map_err(Error::bug)?))
}

/// The municipality's year at this instant.
pub(super) async fn this_year(tx: &TenantTx) -> Result<Year, Error> {
    let row = tx.query_one(&zone_of(tx)).await?.ok_or(Error::NotFound)?;
    year(tx, &row.try_get::<String>("", "time_zone")?)
}

/// Statuses of attentions that cost nothing in the end.
const VOID: [GiftStatus; 3] = [
    GiftStatus::Declined,
    GiftStatus::Cancelled,
    GiftStatus::Released,
];

/// What was given since an instant, in cents.
fn given(tx: &TenantTx, which: Condition, since: DateTime<Utc>) -> SelectStatement {
    let worth = Expr::from(Func::coalesce([
        Expr::col((gift::Entity, gift::Column::SpentCents)),
        Expr::col((gift::Entity, gift::Column::AmountCents)),
    ]));
    tx.find::<gift::Entity>()
        .select_only()
        .expr(worth.sum().cast_as("bigint"))
        .filter(which)
        .filter(gift::Column::GivenAt.gte(since))
        .filter(gift::Column::Status.is_not_in(VOID))
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

/// How things stand just before an attention is given.
#[derive(Default)]
pub(super) struct Standing {
    /// The end of the budget's chain.
    pub head: Option<Entry>,
    /// What the colleague gave in the period of the rules, in cents.
    giver_cents: i64,
    /// What the person got this year, in cents.
    person_cents: i64,
    complaint_runs: bool,
}

impl Standing {
    /// Reads it in one statement, which begins after this transaction's turn came: a statement that waited for a lock still sees what was
    /// there when it began.
    pub async fn read(
        tx: &TenantTx,
        ground: &Ground,
        giver: StaffId,
        keys: &PersonKeys,
        whom: &Whom,
    ) -> Result<Self, Error> {
        let since = tx
            .now()
            .checked_sub_months(Months::new(ground.rules.period_months))
            .unwrap_or(tx.now());
        let mine = Condition::all().add(gift::Column::GiverId.eq(giver));
        let mut query = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(ground.budget.id))
            .order_by_desc(gift_ledger::Column::Sequence)
            .limit(1)
            .expr_as(scalar(given(tx, mine, since)), "giver_sum");
        let knows_person = !keys.is_empty();
        if knows_person {
            let got = given(tx, of_person(keys), ground.year.begins);
            query = query.expr_as(scalar(got), "person_sum");
        }
        let complaint = cases::complaint_runs(tx, whom);
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

    fn left(&self) -> i64 {
        self.head
            .as_ref()
            .map_or_else(Accounts::default, Entry::balance)
            .available
    }
}

/// What is asked for, as far as the rules look at it.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub kind: GiftKind,
    pub cents: i64,
    pub procedure_runs: bool,
}

/// What the rules say. They look at no score, and a complaint that was taken back weighs as much as one that runs.
///
/// # Errors
/// The [`Code`] of the first rule that says no; [`Code::BudgetShort`] with what is left.
pub(super) fn judge(asked: Asked, ground: &Ground, standing: &Standing) -> Result<Verdict, Error> {
    let (rules, cents) = (&ground.rules, asked.cents);
    let over = |code, cap: i64| Err(Error::refused_because(code, "cents", cap.to_string()));
    may_give_from(&ground.budget, ground.year)?;
    let cap = ground
        .budget
        .cap_cents
        .map_or(rules.cap_cents, |cap| Ord::min(cap, rules.cap_cents));
    if cents > cap {
        return over(Code::GiftOverCap, cap);
    }
    let ruling = rules.ruling(asked.kind);
    if ruling == Ruling::Excluded {
        return Err(Error::refused(Code::GiftKindExcluded));
    }
    if standing.giver_cents + cents > rules.employee_period_cents {
        return over(Code::GiftOverEmployeeCap, rules.employee_period_cents);
    }
    // Of somebody nothing is known of, nothing was given before: then only this attention counts against the cap of a person.
    if standing.person_cents + cents > rules.person_year_cents {
        return over(Code::GiftOverPersonCap, rules.person_year_cents);
    }
    let left_cents = standing.left();
    if cents > left_cents {
        return over(Code::BudgetShort, left_cents);
    }
    let approval = [
        (cents > rules.four_eyes_above_cents, Why::Amount),
        (ruling == Ruling::NeedsApproval, Why::Kind),
        (asked.procedure_runs, Why::Procedure),
        (standing.complaint_runs, Why::Complaint),
    ];
    let told = |whys: &[(bool, Why)]| {
        whys.iter()
            .filter_map(|(holds, why)| holds.then_some(*why))
            .collect()
    };
    Ok(Verdict {
        left_cents,
        approval: told(&approval),
        warnings: told(&[(standing.person_cents > 0, Why::Duplicate)]),
    })
}

/// A budget is for its own year. Before and after, money comes from it by a decision that moves it, and for receipts that come in late.
fn may_give_from(budget: &Budget, year: Year) -> Result<(), Error> {
    if budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let code = match budget.year.cmp(&year.number) {
        std::cmp::Ordering::Equal => return Ok(()),
        std::cmp::Ordering::Less => Code::BudgetYearOver,
        std::cmp::Ordering::Greater => Code::BudgetYearAhead,
    };
    Err(Error::refused_because(
        code,
        "year",
        budget.year.to_string(),
    ))
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Curacao, Europe::Amsterdam};

    use super::*;

    fn year_at(instant: &str, zone: Tz) -> (i64, String) {
        let year = Year::at(instant.parse().unwrap(), zone);
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
