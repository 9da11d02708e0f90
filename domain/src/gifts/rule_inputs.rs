//! What the rules have to know, read in two statements: the budget and the rules, and the sums once it is this transaction's turn.

use chrono::{DateTime, Months, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, LockType, SelectStatement},
};
use tenants::{StaffId, TenantTx};

use super::{GiftRules, RecipientKeys, recipient};
use crate::{
    Error,
    desk::{self, ContactDetails},
    gift_ledger::{
        Accounts, Budget, BudgetId, Entry, Gift, GiftStatus,
        amounts::sum_of_costs,
        entity::{gift, gift_budget, gift_ledger, gift_rules_version},
        evidence::rules_hash,
        gift,
        year::{Year, parse_zone, zone_of},
    },
};

/// What stands fast while a gift is given: the budget, the rules and the municipality's zone.
pub(super) struct BudgetContext {
    pub budget: Budget,
    pub rules: GiftRules,
    /// Their number and their hash.
    pub rules_version: (i64, String),
    pub zone: Tz,
}

impl BudgetContext {
    /// Reads it, and to give locks the row of the colleague who gives and then that of the budget:
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

    /// Most that one gift from this budget may cost, in cents.
    pub fn cap(&self) -> i64 {
        self.rules.cap_of(&self.budget)
    }
}

fn scalar(query: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(query.into()))
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
    tx.find::<gift::Entity>()
        .select_only()
        .expr(sum_of_costs())
        .filter(which)
        .filter(gift::Column::GivenAt.gte(since))
        .filter(gift::Column::Status.is_not_in(GiftStatus::UNGIVEN))
        .into_query()
}

fn of_person(keys: &RecipientKeys) -> Condition {
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
pub(super) struct Subjects<'a> {
    pub giver: StaffId,
    /// How the person is known among gifts.
    pub keys: &'a RecipientKeys,
    /// How the person may be known at the desk.
    pub whom: &'a ContactDetails,
    /// A gift that was given before and is looked at once more: the sums leave it out, and its year counts.
    pub again: Option<&'a Gift>,
}

/// How things stand just before a gift is given, or paid.
#[derive(Default)]
pub(super) struct RuleTotals {
    /// The end of the budget's chain.
    pub head: Option<Entry>,
    /// What the colleague gave in the period of the rules, in cents.
    pub giver_cents: i64,
    /// What the person got in the year, in cents.
    pub person_cents: i64,
    /// Whether a complaint of the person runs.
    pub complaint_runs: bool,
}

impl RuleTotals {
    /// Reads it in one statement, which begins after this transaction's turn came: a statement that waited for a lock still sees what was
    /// there when it began.
    pub async fn read(
        tx: &TenantTx,
        context: &BudgetContext,
        subjects: &Subjects<'_>,
    ) -> Result<Self, Error> {
        let since = tx
            .now()
            .checked_sub_months(Months::new(context.rules.period_months))
            .unwrap_or(tx.now());
        let others = || match subjects.again {
            Some(gift) => Condition::all().add(gift::Column::Id.ne(gift.id)),
            None => Condition::all(),
        };
        let mine = others().add(gift::Column::GiverId.eq(subjects.giver));
        let mut query = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(context.budget.id))
            .order_by_desc(gift_ledger::Column::Sequence)
            .limit(1)
            .expr_as(scalar(given(tx, mine, (since, None))), "giver_sum");
        let knows_person = !subjects.keys.is_empty();
        if knows_person {
            let when = subjects.again.map_or(tx.now(), |gift| gift.given_at);
            let year = Year::at(when, context.zone);
            let person = others().add(of_person(subjects.keys));
            let got = given(tx, person, (year.begins, Some(year.ends)));
            query = query.expr_as(scalar(got), "person_sum");
        }
        let complaint = desk::has_open_complaint(tx, subjects.whom);
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

/// Reads a gift again under the locks that giving takes (at the person, at the giver's own row, at the
/// budget), and reads how it and everything around it stands once it is this transaction's turn.
pub(super) async fn reload_locked(
    tx: &TenantTx,
    known: &Gift,
) -> Result<(Gift, BudgetContext, RuleTotals), Error> {
    let keys = RecipientKeys::kept_with(known);
    recipient::lock_recipient(tx, &keys).await?;
    let context = BudgetContext::read(tx, known.giver_id, known.budget_id, true).await?;
    let subjects = Subjects {
        giver: known.giver_id,
        keys: &keys,
        whom: &ContactDetails::default(),
        again: Some(known),
    };
    let totals = RuleTotals::read(tx, &context, &subjects).await?;
    Ok((gift(tx, known.id).await?, context, totals))
}
