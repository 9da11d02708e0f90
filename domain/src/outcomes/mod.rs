//! What came of a practice at those who adopted it: figures that leave a municipality by its own decision, and never tell who said what.
//!
//! A figure is made once for a quarter, of everybody who was invited in it, thirty days after its end, when no answer can come any more. It
//! never changes, so that two looks at it tell no more than one. A municipality that does not want its name shown counts in the pooled figure
//! of one practice only: the pools of two practices never differ by one municipality.

mod baseline;
mod entity;
mod figures;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{PlatformTx, TenantTx, staff::StaffMember, typed_id};
use utoipa::ToSchema;

use self::entity::{outcome_consent, pooled_outcome, published_outcome};
pub use self::{
    baseline::{baselines, freeze, keep_baseline},
    entity::{
        outcome_baseline::Model as Baseline, outcome_consent::Model as Consent,
        pooled_outcome::Model as PooledOutcome, published_outcome::Model as Outcome,
    },
    figures::{Measured, pool_due, pooled_quarter, publish, publish_due},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    discussion::AdoptionState,
    evidence::Metric,
    practices::{PracticeId, PublishedPractice},
    text::read_choice,
};

typed_id! {
    /// That a municipality shares its figures.
    ConsentId
}
typed_id! {
    /// What residents said before a practice began.
    BaselineId
}

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
