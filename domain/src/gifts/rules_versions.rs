//! The rules as they were, version by version.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{StaffId, TenantTx};

use super::GiftRules;
use crate::{Error, gift_ledger::entity::gift_rules_version};

/// A version of the rules. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesVersion {
    /// Its number, from 1.
    pub number: i64,
    /// The rules.
    pub rules: GiftRules,
    /// Who set them.
    pub created_by: Option<StaffId>,
    /// When.
    pub created_at: DateTime<Utc>,
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
                number: row.number,
                rules: serde_json::from_value(row.definition).map_err(Error::bug)?,
                created_by: row.created_by,
                created_at: row.created_at,
            })
        })
        .collect()
}
