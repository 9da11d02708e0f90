//! Figures of whole quarters: measured, published once beside what was before, and pooled.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait as _, QueryFilter,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query},
};
use tenants::{PlatformTx, TenantTx};

use super::{
    Consent, Outcome, PooledOutcome,
    baseline::{self, verdict},
    entity::{outcome_consent, pooled_outcome, published_outcome},
};
use crate::{
    Error,
    evidence::{Adopters, Contribution, Metric, Quarter, Verdict, pool, release},
    gift_ledger,
    practices::{self, PracticeId},
    scores,
};

/// After an invitation one can answer for so long ([`scores::INVITATION_LIFE`]); then a quarter is whole.
const ANSWERS_END: TimeDelta = TimeDelta::days(31);
/// So long after it the figures of all municipalities are there.
const POOLED_AFTER: TimeDelta = TimeDelta::days(38);

/// What residents said in a quarter, of everybody who was asked in it and got no gift beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// When.
    pub quarter: Quarter,
    /// How many were asked.
    pub asked: u32,
    /// How many gave each grade from 1 to 10.
    pub grades: [u32; 10],
}

impl Measured {
    /// Counts. Three statements.
    pub(super) async fn read(tx: &TenantTx, quarter: Quarter) -> Result<Self, Error> {
        let gifts = gift_ledger::cases_with_gift(tx);
        let period = (quarter.begins(), quarter.ends());
        let (asked, grades) = scores::grades(tx, gifts, period).await?;
        Ok(Self {
            quarter,
            asked,
            grades,
        })
    }
}

/// The last quarter in which no answer can come any more.
pub(super) fn whole_quarter(now: DateTime<Utc>) -> Quarter {
    Quarter::of(now - ANSWERS_END).before()
}

/// The last quarter of which the figures of all municipalities are there.
#[must_use]
pub fn pooled_quarter(now: DateTime<Utc>) -> Quarter {
    Quarter::of(now - POOLED_AFTER).before()
}

/// Makes the figures of the last whole quarter, for each practice about which the municipality shared them during all of it. Doing it twice
/// does no more than doing it once.
pub async fn publish_due(tx: &TenantTx) -> Result<(), Error> {
    use outcome_consent::Column;

    let quarter = whole_quarter(tx.now());
    let covering = tx
        .find::<outcome_consent::Entity>()
        .filter(Column::GivenAt.lte(quarter.begins()))
        .filter(
            Column::EndedAt
                .is_null()
                .or(Column::EndedAt.gte(quarter.ends())),
        )
        .all(tx)
        .await?;
    if covering.is_empty() {
        return Ok(());
    }
    let mut known = Query::select();
    known
        .column("practice")
        .from("published_outcome")
        .and_where(Expr::col("owner").eq(tx.tenant()))
        .and_where(Expr::col("quarter").eq(quarter.to_string()));
    let known: Vec<PracticeId> = (tx.query_all(&known).await?.iter())
        .map(|row| row.try_get("", "practice"))
        .collect::<Result<_, _>>()?;
    let due: Vec<Consent> = (covering.into_iter())
        .filter(|consent| !known.contains(&consent.practice))
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    publish(tx, &due, &Measured::read(tx, quarter).await?).await
}

/// Publishes a measurement where it may leave. Beside it stands whether it rose since the baseline, for a municipality that shows its name:
/// of one that does not everything stays in the pool.
pub async fn publish(tx: &TenantTx, due: &[Consent], measured: &Measured) -> Result<(), Error> {
    let Some(released) = release(measured.asked, &measured.grades) else {
        return Ok(());
    };
    let municipality = name(tx).await?;
    let before = baseline::of(tx, due.iter().map(|consent| consent.practice)).await?;
    let number = i64::from;
    let rows = due.iter().map(|consent| published_outcome::ActiveModel {
        practice: Set(consent.practice),
        owner: Set(tx.tenant()),
        metric: Set(consent.metric),
        quarter: Set(measured.quarter.to_string()),
        municipality: Set(municipality.clone()),
        named: Set(consent.named),
        asked: Set(number(released.asked)),
        answered: Set(number(released.answered)),
        mean_tenths: Set(released.mean_tenths),
        deviation_tenths: Set(released.deviation_tenths),
        low: Set(released.bins.map(|bins| number(bins.low))),
        middle: Set(released.bins.map(|bins| number(bins.middle))),
        high: Set(released.bins.map(|bins| number(bins.high))),
        verdict: Set((consent.named)
            .then(|| verdict(&before, consent, measured.quarter, &released))
            .flatten()),
        computed_at: Set(tx.now()),
    });
    published_outcome::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn name(tx: &TenantTx) -> Result<String, Error> {
    let mut named = Query::select();
    named
        .column("name")
        .from("tenant")
        .and_where(Expr::col("id").eq(tx.tenant()));
    let row = tx.query_one(&named).await?.ok_or(Error::NotFound)?;
    Ok(row.try_get("", "name")?)
}

/// Makes the pooled figures of the last quarter of which all figures are there, once: what comes later does not change them. Then it counts
/// the adopters that saw the same, by which the evidence of a practice rises.
pub async fn pool_due(tx: &PlatformTx) -> Result<(), Error> {
    let quarter = pooled_quarter(tx.now()).to_string();
    let pooled = tx
        .find::<pooled_outcome::Entity>()
        .filter(pooled_outcome::Column::Quarter.eq(quarter.as_str()))
        .all(tx)
        .await?;
    let rows = tx
        .find::<published_outcome::Entity>()
        .filter(published_outcome::Column::Quarter.eq(quarter.as_str()))
        .all(tx)
        .await?;
    let mut groups: BTreeMap<(PracticeId, Metric), Vec<Contribution>> = BTreeMap::new();
    for row in rows {
        groups
            .entry((row.practice, row.metric))
            .or_default()
            .push(Contribution {
                named: row.named,
                answered: row.answered,
                mean_tenths: row.mean_tenths,
            });
    }
    let is_known = |(practice, metric): &(PracticeId, Metric)| {
        let same = |one: &PooledOutcome| one.practice == *practice && one.metric == *metric;
        pooled.iter().any(same)
    };
    groups.retain(|key, _| !is_known(key));
    if groups.is_empty() {
        return Ok(());
    }
    let practices: Vec<PracticeId> = groups.keys().map(|(practice, _)| *practice).collect();
    let rows = groups
        .into_iter()
        .map(|((practice, metric), contributions)| {
            let figure = pool(&contributions);
            pooled_outcome::ActiveModel {
                practice: Set(practice),
                metric: Set(metric),
                quarter: Set(quarter.clone()),
                municipalities: Set(i64::try_from(contributions.len()).unwrap_or(i64::MAX)),
                answered: Set(figure.map(|figure| figure.answered)),
                mean_tenths: Set(figure.map(|figure| figure.mean_tenths)),
                computed_at: Set(tx.now()),
            }
        });
    pooled_outcome::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    count_adopters(tx, practices).await
}

/// Of each municipality that shows its name the last verdict counts.
async fn count_adopters(tx: &PlatformTx, practices: Vec<PracticeId>) -> Result<(), Error> {
    use published_outcome::Column;

    let mut told = tx
        .find::<published_outcome::Entity>()
        .filter(Column::Practice.is_in(practices))
        .filter(Column::Named.eq(true))
        .filter(Column::Verdict.is_not_null())
        .all(tx)
        .await?;
    told.sort_by(|one, other| one.quarter.cmp(&other.quarter));
    let last: HashMap<_, Outcome> = (told.into_iter())
        .map(|row| ((row.practice, row.owner), row))
        .collect();
    let mut counted: HashMap<PracticeId, Adopters> = HashMap::new();
    for row in last.into_values() {
        let adopters = counted.entry(row.practice).or_default();
        match row.verdict {
            Some(Verdict::Higher) => adopters.higher += 1,
            Some(Verdict::Lower) => adopters.lower += 1,
            Some(Verdict::NotShown) | None => {}
        }
    }
    practices::count_adopters(tx, &counted).await
}
