//! The versions of a rule, and the log of what it did.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    RuleDraft, RuleId,
    entity::{rule_run, rule_version},
    rule::Event,
    store::read,
};
use crate::{
    Error,
    cases::{self, Viewer},
};

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleVersion)]
pub struct RuleVersion {
    /// Counted from 1.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who published it.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When, in UTC.
    pub published_at: DateTime<Utc>,
    /// Event, conditions and actions.
    pub rule: RuleDraft,
}

/// The versions of a rule, newest first.
pub async fn versions(
    tx: &TenantTx,
    id: RuleId,
    limit: Option<u64>,
) -> Result<Vec<RuleVersion>, Error> {
    let rows = tx
        .find::<rule_version::Entity>()
        .filter(rule_version::Column::RuleId.eq(id))
        .order_by_desc(rule_version::Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(RuleVersion {
                number: row.number,
                note: row.note,
                author: row.author_id,
                published_at: row.published_at,
                rule: read(row.definition)?,
            })
        })
        .collect()
}

/// That a rule ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleRun)]
pub struct Run {
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What set it off.
    pub event: Event,
    /// Number of the version that ran.
    pub version: i64,
    /// Whether something of it could not be done.
    pub failed: bool,
    /// Reference of the message, for who may see it.
    pub reference: Option<String>,
}

/// What a rule did, newest first.
pub async fn runs(
    tx: &TenantTx,
    viewer: Option<Viewer>,
    id: RuleId,
    limit: Option<u64>,
) -> Result<Vec<Run>, Error> {
    let rows = tx
        .find::<rule_run::Entity>()
        .filter(rule_run::Column::RuleId.eq(id))
        .order_by_desc(rule_run::Column::At)
        .order_by_desc(rule_run::Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let seen = match viewer {
        Some(viewer) if !rows.is_empty() => {
            cases::seen_by_ids(tx, viewer, rows.iter().map(|row| row.case_id)).await?
        }
        _ => Vec::new(),
    };
    let runs = rows.into_iter().map(|row| Run {
        at: row.at,
        event: row.event,
        version: row.number,
        failed: row.failed,
        reference: (seen.iter().find(|case| case.id == row.case_id))
            .map(|case| case.reference.clone()),
    });
    Ok(runs.collect())
}
