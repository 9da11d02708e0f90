//! Which municipalities use a practice, and why others stopped.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{PlatformTx, StaffId, Tenant, TenantId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{AdoptionState, entity::published_adoption};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    input,
    practices::{self, Municipality, PracticeId, PublishedPractice, SizeClass},
    text::{clean_text, read_choice},
};

/// Longest reason, in characters.
const REASON_MAX: usize = 1_000;
/// Most adoptions of a practice that are read: there are fewer municipalities.
const ADOPTIONS_MAX: u64 = 400;

/// How far a municipality is with a practice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PracticeAdoptionRequest)]
pub struct AdoptionRequest {
    /// How far.
    #[serde(default)]
    #[schema(value_type = AdoptionState, required = true)]
    pub state: String,
    /// Why, when it stopped: then it must be there. It names nobody.
    #[serde(default)]
    pub reason: String,
    /// Whether everybody may see the name of the municipality; without it only its size is shown.
    #[serde(default)]
    pub named: bool,
}

/// What is known of a municipality with a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeAdoption)]
pub struct Adoption {
    /// The municipality, when it wants to be named.
    pub municipality: Option<String>,
    /// Its size.
    pub size_class: Option<SizeClass>,
    /// How far it is.
    pub state: AdoptionState,
    /// Why it stopped.
    pub reason: String,
    /// Since when it is so, in UTC.
    pub since: DateTime<Utc>,
}

/// What everybody may know: who uses a practice. One statement.
pub async fn adoptions(
    tx: &PlatformTx,
    practice: PracticeId,
    limit: Option<u64>,
) -> Result<Vec<Adoption>, Error> {
    use published_adoption::Column;

    let rows = tx
        .find::<published_adoption::Entity>()
        .filter(Column::Practice.eq(practice))
        .order_by_asc(Column::State)
        .order_by_asc(Column::Since)
        .limit(Ord::min(limit.unwrap_or(ADOPTIONS_MAX), ADOPTIONS_MAX))
        .all(tx)
        .await?;
    Ok((rows.into_iter())
        .map(|row| Adoption {
            municipality: row.named.then_some(row.municipality),
            size_class: row.size_class,
            state: row.state,
            // A reason may tell who it is.
            reason: row.reason,
            since: row.since,
        })
        .collect())
}

/// How far one municipality itself is.
pub async fn own_adoption(
    tx: &PlatformTx,
    practice: PracticeId,
    municipality: TenantId,
) -> Result<Option<(AdoptionState, String, bool)>, Error> {
    let row = tx
        .find::<published_adoption::Entity>()
        .filter(published_adoption::Column::Practice.eq(practice))
        .filter(published_adoption::Column::Owner.eq(municipality))
        .one(tx)
        .await?;
    Ok(row.map(|row| (row.state, row.reason, row.named)))
}

/// Tells how far one's own municipality is with a practice.
///
/// # Errors
/// [`Error::Invalid`]: to stop needs a reason, and no reason names a person.
pub async fn set_adoption(
    tx: &TenantTx,
    (tenant, actor): (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    request: &AdoptionRequest,
) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let state: Option<AdoptionState> = read_choice(&mut errors, "state", &request.state);
    let reason = clean_text(&request.reason);
    let reason = if state == Some(AdoptionState::Stopped) {
        input::required(reason, REASON_MAX, "reason", &mut errors)
    } else {
        input::optional(reason, REASON_MAX, "reason", &mut errors)
    };
    if practices::names_somebody(&reason, &tenant.name) {
        errors.add("reason", "personal_data");
    }
    errors.into_result()?;
    let Some(state) = state else {
        return Err(Error::bug("a state that was checked"));
    };
    keep(
        tx,
        tenant,
        practice.id,
        (state, reason, Some(request.named)),
    )
    .await?;
    note(tx, actor.id, practice.id, state).await
}

/// As [`set_adoption`], by the program: a bundle that is switched on is in use. Whether the name is shown stays as it was.
///
/// # Errors
/// Those of the database.
pub async fn adopt(
    tx: &TenantTx,
    (tenant, actor): (&Tenant, StaffId),
    practice: PracticeId,
    state: AdoptionState,
) -> Result<(), Error> {
    keep(tx, tenant, practice, (state, String::new(), None)).await?;
    note(tx, actor, practice, state).await
}

async fn note(
    tx: &TenantTx,
    actor: StaffId,
    practice: PracticeId,
    state: AdoptionState,
) -> Result<(), Error> {
    let object = ("practice", Some(practice.0));
    let details = json!({ "state": state });
    audit::record(tx, Some(actor), Action::PracticeAdopt, object, details).await
}

async fn keep(
    tx: &TenantTx,
    tenant: &Tenant,
    practice: PracticeId,
    (state, reason, named): (AdoptionState, String, Option<bool>),
) -> Result<(), Error> {
    use published_adoption::Column;

    // Of two municipalities at once the second waits here, so that both are counted.
    recount(tx, practice, false).await?;
    let row = published_adoption::ActiveModel {
        practice: Set(practice),
        owner: Set(tx.tenant()),
        municipality: Set(tenant.name.clone()),
        size_class: Set(Municipality::of(tenant).and_then(Municipality::size_class)),
        state: Set(state),
        reason: Set(reason),
        named: Set(named.unwrap_or_default()),
        since: Set(tx.now()),
        changed_at: Set(tx.now()),
    };
    let mut again = OnConflict::columns([Column::Practice, Column::Owner]);
    again.update_columns([
        Column::Municipality,
        Column::State,
        Column::Reason,
        Column::Since,
        Column::ChangedAt,
    ]);
    if named.is_some() {
        again.update_column(Column::Named);
    }
    published_adoption::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    recount(tx, practice, true).await
}

/// Counts who uses a practice; or only waits for who is counting.
async fn recount(tx: &TenantTx, practice: PracticeId, count: bool) -> Result<(), Error> {
    let mut active = Query::select();
    active
        .expr(Expr::col("owner").count())
        .from("published_adoption")
        .and_where(Expr::col(("published_adoption", "practice")).eq(practice))
        .and_where(Expr::col("state").eq(AdoptionState::Active));
    let counted = if count {
        Expr::SubQuery(None, Box::new(active.into()))
    } else {
        Expr::col("active_count")
    };
    let mut update = Query::update();
    update
        .table("published_practice")
        .value("active_count", counted)
        .and_where(Expr::col("id").eq(practice))
        // It names who counts, as every statement of a municipality does.
        .and_where(Expr::val(tx.tenant()).is_not_null());
    let done = tx.execute(&update).await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
