//! The rules as they were, version by version.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::GiftRules;
use crate::{Error, gift_ledger::entity::gift_rules_version};

/// A version of the rules. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesVersion {
    /// Its number, from 1.
    pub version: i64,
    /// The rules, amounts in cents.
    #[schema(value_type = Object)]
    pub rules: GiftRules,
    /// Who set them.
    pub staff_id: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The versions, newest first, at most `limit` with a lower number than `before`. What every municipality begins with is not among them.
pub async fn rules_versions(
    tx: &TenantTx,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<RulesVersion>, Error> {
    let mut query = tx
        .find::<gift_rules_version::Entity>()
        .order_by_desc(gift_rules_version::Column::Number)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(gift_rules_version::Column::Number.lt(before));
    }
    query
        .all(tx)
        .await?
        .into_iter()
        .map(|row| {
            Ok(RulesVersion {
                version: row.number,
                rules: serde_json::from_value(row.definition).map_err(Error::bug)?,
                staff_id: row.created_by,
                at: row.created_at,
            })
        })
        .collect()
}
