//! What came of a practice at those who adopted it: figures that leave a municipality by its own decision, and never tell who said what.
//!
//! A figure is made once for a quarter, of everybody who was invited in it, thirty days after its end, when no answer can come any more. It
//! never changes, so that two looks at it tell no more than one. A municipality that does not want its name shown counts in the pooled figure
//! of one practice only: the pools of two practices never differ by one municipality.

mod entity;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{PlatformTx, TenantTx, staff::StaffMember, typed_id};
use utoipa::ToSchema;

use self::entity::{outcome_consent, pooled_outcome, published_outcome};
pub use self::entity::{
    outcome_consent::Model as Consent, pooled_outcome::Model as PooledOutcome,
    published_outcome::Model as Outcome,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    discussion::AdoptionState,
    evidence::{Contribution, Metric, Quarter, pool, release},
    gift_ledger,
    practices::{PracticeId, PublishedPractice},
    scores,
    text::read_choice,
};

typed_id! {
    /// That a municipality shares its figures.
    ConsentId
}

/// After an invitation one can answer for so long ([`scores::INVITATION_LIFE`]); then a quarter is whole.
const ANSWERS_END: TimeDelta = TimeDelta::days(31);
/// So long after it the figures of all municipalities are there.
const POOLED_AFTER: TimeDelta = TimeDelta::days(38);
/// Most figures of a practice that are read.
const OUTCOMES_MAX: u64 = 200;

/// Whether figures are shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = OutcomeConsentRequest)]
pub struct ConsentRequest {
    /// Which figure. Only `handlingGrade` is computed today.
    #[serde(default)]
    #[schema(value_type = Metric, required = true)]
    pub metric: String,
    /// Whether it is shared from the next quarter on. What was shared stays.
    #[serde(default)]
    pub shared: bool,
    /// Whether the name of the municipality is shown.
    #[serde(default)]
    pub named: bool,
}

/// What everybody may know of what came of a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeOutcomes)]
pub struct Outcomes {
    /// Figures of municipalities that decided to be named, newest quarter first.
    pub named: Vec<Outcome>,
    /// Figures over five municipalities or more, newest quarter first.
    pub pooled: Vec<PooledOutcome>,
}

/// What everybody may know of what came of a practice. Two statements.
pub async fn outcomes(tx: &PlatformTx, practice: PracticeId) -> Result<Outcomes, Error> {
    let named = tx
        .find::<published_outcome::Entity>()
        .filter(published_outcome::Column::Practice.eq(practice))
        .filter(published_outcome::Column::Named.eq(true))
        .order_by_desc(published_outcome::Column::Quarter)
        .order_by_asc(published_outcome::Column::Municipality)
        .limit(OUTCOMES_MAX)
        .all(tx)
        .await?;
    let pooled = tx
        .find::<pooled_outcome::Entity>()
        .filter(pooled_outcome::Column::Practice.eq(practice))
        .filter(pooled_outcome::Column::Answered.is_not_null())
        .order_by_desc(pooled_outcome::Column::Quarter)
        .limit(OUTCOMES_MAX)
        .all(tx)
        .await?;
    Ok(Outcomes { named, pooled })
}

/// What one's own municipality shares now about a practice.
pub async fn consents(
    tx: &TenantTx,
    practice: Option<PracticeId>,
    limit: Option<u64>,
) -> Result<Vec<Consent>, Error> {
    use outcome_consent::Column;

    let mut query = tx
        .find::<outcome_consent::Entity>()
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(limit.unwrap_or(OUTCOMES_MAX));
    if let Some(practice) = practice {
        query = query.filter(Column::Practice.eq(practice));
    }
    Ok(query.all(tx).await?)
}

/// Shares a figure about a practice from the next whole quarter on, or no longer. What was shared stays.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::OutcomeElsewhere`] when the figure is shared without a name about another practice; [`Code::NotInUse`].
pub async fn set_consent(
    tx: &TenantTx,
    actor: &StaffMember,
    practice: &PublishedPractice,
    request: &ConsentRequest,
) -> Result<(), Error> {
    use outcome_consent::Column;

    let mut errors = FieldErrors::default();
    let metric: Option<Metric> = read_choice(&mut errors, "metric", &request.metric);
    if metric.is_some_and(|metric| metric != Metric::HandlingGrade) {
        errors.add("metric", "not_an_option");
    }
    errors.into_result()?;
    let metric = metric.unwrap_or(Metric::HandlingGrade);
    let running = consents(tx, None, None).await?;
    let running: Vec<Consent> = (running.into_iter())
        .filter(|one| one.metric == metric)
        .collect();
    let own = running.iter().find(|one| one.practice == practice.id);
    if own.is_some_and(|own| request.shared && own.named == request.named) {
        return Ok(());
    }
    let elsewhere = |one: &&Consent| one.practice != practice.id;
    if request.shared {
        // Without a name in one pool only, or with a name everywhere: two pools must not differ by one municipality.
        if let Some(other) = running.iter().find(elsewhere)
            && !(other.named && request.named)
        {
            return Err(Error::refused(Code::OutcomeElsewhere));
        }
        if !is_in_use(tx, practice.id).await? {
            return Err(Error::refused(Code::NotInUse));
        }
    }
    tx.update::<outcome_consent::Entity>()
        .col_expr(Column::EndedAt, Expr::value(tx.now()))
        .filter(Column::Practice.eq(practice.id))
        .filter(Column::Metric.eq(metric))
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    if request.shared {
        tx.insert(outcome_consent::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            practice: Set(practice.id),
            metric: Set(metric),
            named: Set(request.named),
            given_at: Set(tx.now()),
            ended_at: Set(None),
            staff_id: Set(actor.id),
        })
        .await?;
    }
    let object = ("practice", Some(practice.id.0));
    let details = json!({ "metric": metric, "shared": request.shared, "named": request.named });
    audit::record(
        tx,
        Some(actor.id),
        Action::PracticeOutcomes,
        object,
        details,
    )
    .await
}

async fn is_in_use(tx: &TenantTx, practice: PracticeId) -> Result<bool, Error> {
    let mut used = Query::select();
    used.expr_as(Expr::col("owner").count(), "count")
        .from("published_adoption")
        .and_where(Expr::col("practice").eq(practice))
        .and_where(Expr::col("owner").eq(tx.tenant()))
        .and_where(Expr::col("state").is_in([AdoptionState::Trial, AdoptionState::Active]));
    let count: i64 = match tx.query_one(&used).await? {
        Some(row) => row.try_get("", "count")?,
        None => 0,
    };
    Ok(count > 0)
}

/// Makes the figures of the last whole quarter, for each practice about which the municipality shared them during all of it. Doing it twice
/// does no more than doing it once.
pub async fn publish_due(tx: &TenantTx) -> Result<(), Error> {
    use outcome_consent::Column;

    let quarter = Quarter::of(tx.now() - ANSWERS_END).before();
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
    let gifts = gift_ledger::cases_with_gift(tx);
    let (asked, grades) = scores::grades(tx, gifts, (quarter.begins(), quarter.ends())).await?;
    let Some(released) = release(asked, &grades) else {
        return Ok(());
    };
    let municipality = name(tx).await?;
    let number = i64::from;
    let rows = due
        .into_iter()
        .map(|consent| published_outcome::ActiveModel {
            practice: Set(consent.practice),
            owner: Set(tx.tenant()),
            metric: Set(consent.metric),
            quarter: Set(quarter.to_string()),
            municipality: Set(municipality.clone()),
            named: Set(consent.named),
            asked: Set(number(released.asked)),
            answered: Set(number(released.answered)),
            mean_tenths: Set(released.mean_tenths),
            deviation_tenths: Set(released.deviation_tenths),
            low: Set(released.bins.map(|bins| number(bins.low))),
            middle: Set(released.bins.map(|bins| number(bins.middle))),
            high: Set(released.bins.map(|bins| number(bins.high))),
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

/// Makes the pooled figures of the last quarter of which all figures are there, once: what comes later does not change them.
pub async fn pool_due(tx: &PlatformTx) -> Result<(), Error> {
    let quarter = Quarter::of(tx.now() - POOLED_AFTER).before().to_string();
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
    let rows: Vec<pooled_outcome::ActiveModel> = (groups.into_iter())
        .filter(|(key, _)| !is_known(key))
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
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    pooled_outcome::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// A figure in the set of all figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeOutcomeRow)]
pub struct OutcomeRow {
    /// About which practice.
    pub practice: PracticeId,
    /// Such as `2026-Q3`.
    pub quarter: String,
    /// Which figure.
    pub metric: Metric,
    /// Municipality; none for a figure over several.
    pub municipality: Option<String>,
    /// Over how many municipalities.
    pub municipalities: i64,
    /// How many answered.
    pub answered: i64,
    /// Mean times ten.
    pub mean_tenths: i64,
}

/// All figures that everybody may know, newest quarter first, at most `limit` of each kind. Two statements.
pub async fn exported(tx: &PlatformTx, limit: u64) -> Result<Vec<OutcomeRow>, Error> {
    let named = tx
        .find::<published_outcome::Entity>()
        .filter(published_outcome::Column::Named.eq(true))
        .order_by_desc(published_outcome::Column::Quarter)
        .order_by_asc(published_outcome::Column::Practice)
        .order_by_asc(published_outcome::Column::Owner)
        .limit(limit)
        .all(tx)
        .await?;
    let pooled = tx
        .find::<pooled_outcome::Entity>()
        .filter(pooled_outcome::Column::Answered.is_not_null())
        .order_by_desc(pooled_outcome::Column::Quarter)
        .order_by_asc(pooled_outcome::Column::Practice)
        .limit(limit)
        .all(tx)
        .await?;
    let named = named.into_iter().map(|row| OutcomeRow {
        practice: row.practice,
        quarter: row.quarter,
        metric: row.metric,
        municipality: Some(row.municipality),
        municipalities: 1,
        answered: row.answered,
        mean_tenths: row.mean_tenths,
    });
    let pooled = pooled.into_iter().filter_map(|row| {
        Some(OutcomeRow {
            practice: row.practice,
            quarter: row.quarter,
            metric: row.metric,
            municipality: None,
            municipalities: row.municipalities,
            answered: row.answered?,
            mean_tenths: row.mean_tenths?,
        })
    });
    Ok(named.chain(pooled).collect())
}
