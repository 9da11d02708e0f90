//! The operator's desk: what needs attention, and all municipalities with counts. However many there are, it asks as many statements.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;
use tenants::{
    PlatformTx, TenantId, TenantState,
    tenant::{self, TenantFilter, TenantSummary},
};
use utoipa::ToSchema;

use super::{RequestItem, RequestStatus, request};
use crate::{
    Error,
    hosting::{self, WaitingClaim},
    jobs::{self, Health},
    quotas::{self, Plan, Subscription, Usage},
    text,
};

/// Most municipalities and requests that are shown as needing attention.
const ATTENTION: u64 = 50;

/// A municipality as the operator sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MunicipalityItem)]
pub struct MunicipalityItem {
    /// Short name.
    pub slug: String,
    /// Name as residents know it.
    pub name: String,
    /// Whether it is in use.
    pub state: TenantState,
    /// Since when it is in that state, in UTC.
    pub state_since: DateTime<Utc>,
    /// When it was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// Its plan.
    pub plan: Option<Plan>,
    /// What it uses of its quotas today.
    pub usage: Vec<Usage>,
    /// When a message came or a mail left last, in UTC.
    pub active_at: Option<DateTime<Utc>>,
    /// Jobs that need somebody.
    pub jobs: Health,
}

impl MunicipalityItem {
    /// Of the fullest quota, percent that were passed: 0, 80 or 100.
    #[must_use]
    pub fn level(&self) -> i64 {
        let levels = self.usage.iter().map(|usage| usage.level);
        levels.max().unwrap_or_default()
    }
}

/// Which municipalities to list.
#[derive(Clone, Debug, Default)]
pub struct DeskFilter<'a> {
    /// With this in their name.
    pub search: &'a str,
    /// In this state.
    pub state: Option<TenantState>,
    /// How many pages are passed over.
    pub page: u64,
    /// How many to a page.
    pub size: u64,
}

/// A host that waits for its proof, at a municipality.
#[derive(Clone, Debug)]
pub struct WaitingAt {
    /// Short name of the municipality.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The host.
    pub claim: WaitingClaim,
}

/// The desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Confirmed requests that wait for a decision.
    pub requests: Vec<RequestItem>,
    /// Hosts that wait for their proof, the oldest first.
    pub hosts: Vec<WaitingAt>,
    /// Municipalities that need somebody.
    pub attention: Vec<MunicipalityItem>,
    /// Municipalities, by name.
    pub items: Vec<MunicipalityItem>,
    /// Whether more follow.
    pub more: bool,
}

/// What one municipality is like.
pub async fn item(tx: &PlatformTx, id: TenantId) -> Result<MunicipalityItem, Error> {
    let filter = TenantFilter {
        ids: Some(vec![id]),
        limit: 1,
        ..TenantFilter::default()
    };
    let found = tenant::list(tx, &filter).await?;
    let plans = quotas::of(tx, [id]).await?;
    let health = jobs::health(tx).await?;
    let known = Known::new(plans, health, tx.now());
    let found = found.into_iter().next().ok_or(Error::NotFound)?;
    Ok(known.item(found))
}

/// Plans and jobs of the municipalities that are shown.
struct Known {
    plans: HashMap<TenantId, Subscription>,
    health: HashMap<TenantId, Health>,
    now: DateTime<Utc>,
}

impl Known {
    fn new(
        plans: Vec<Subscription>,
        health: HashMap<TenantId, Health>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            plans: plans.into_iter().map(|plan| (plan.owner, plan)).collect(),
            health,
            now,
        }
    }

    fn item(&self, tenant: TenantSummary) -> MunicipalityItem {
        let plan = self.plans.get(&tenant.id);
        MunicipalityItem {
            slug: tenant.slug,
            name: tenant.name,
            state: tenant.state,
            state_since: tenant.state_since,
            created_at: tenant.created_at,
            plan: plan.map(|plan| plan.plan),
            usage: plan.map_or_else(Vec::new, |plan| plan.usages(quotas::day(self.now))),
            active_at: plan.and_then(|plan| plan.active_at),
            jobs: self.health.get(&tenant.id).copied().unwrap_or_default(),
        }
    }
}

/// The hosts that wait for their proof, each with its municipality. Two statements.
async fn waiting_hosts(tx: &PlatformTx) -> Result<Vec<WaitingAt>, Error> {
    let claims = hosting::all_waiting(tx, ATTENTION).await?;
    let owners: BTreeSet<TenantId> = claims.iter().map(|claim| claim.owner).collect();
    let owners = TenantFilter {
        ids: Some(owners.into_iter().collect()),
        limit: ATTENTION,
        ..TenantFilter::default()
    };
    let owners = tenant::list(tx, &owners).await?;
    let at = |claim: WaitingClaim| {
        let owner = owners.iter().find(|owner| owner.id == claim.owner)?;
        Some(WaitingAt {
            slug: owner.slug.clone(),
            name: owner.name.clone(),
            claim,
        })
    };
    Ok(claims.into_iter().filter_map(at).collect())
}

/// Reads the desk, in nine statements.
pub async fn desk(tx: &PlatformTx, filter: &DeskFilter<'_>) -> Result<Desk, Error> {
    let requests = request::list(tx, RequestStatus::Confirmed, Some(ATTENTION)).await?;
    let hosts = waiting_hosts(tx).await?;
    let health = jobs::health(tx).await?;
    let near = quotas::near(tx, ATTENTION).await?;
    let suspended = TenantFilter {
        state: Some(TenantState::Suspended),
        limit: ATTENTION,
        ..TenantFilter::default()
    };
    let suspended = tenant::list(tx, &suspended).await?;
    let search = text::clean_line(filter.search).to_lowercase();
    let listed = TenantFilter {
        state: filter.state,
        search: &search,
        offset: filter.page.saturating_mul(filter.size),
        limit: filter.size + 1,
        ids: None,
    };
    let mut listed = tenant::list(tx, &listed).await?;
    let size = usize::try_from(filter.size).map_err(Error::bug)?;
    let more = listed.len() > size;
    listed.truncate(size);
    let urgent: BTreeSet<TenantId> = (health.keys().copied())
        .chain(near.iter().map(|plan| plan.owner))
        .chain(suspended.iter().map(|tenant| tenant.id))
        .collect();
    let urgent_filter = TenantFilter {
        ids: Some(urgent.iter().copied().collect()),
        limit: ATTENTION,
        ..TenantFilter::default()
    };
    let mut urgent = tenant::list(tx, &urgent_filter).await?;
    // Nothing is done for those any more.
    urgent.retain(|tenant| tenant.state != TenantState::Left);
    let shown = urgent.iter().chain(&listed).map(|tenant| tenant.id);
    let plans = quotas::of(tx, shown.collect::<BTreeSet<_>>()).await?;
    let known = Known::new(plans, health, tx.now());
    Ok(Desk {
        requests,
        hosts,
        attention: urgent.into_iter().map(|one| known.item(one)).collect(),
        items: listed.into_iter().map(|one| known.item(one)).collect(),
        more,
    })
}
