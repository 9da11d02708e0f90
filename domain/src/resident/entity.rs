//! Rows of changes of contact data.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use tenants::TenantId;

use super::{ContactChangeId, ContactField};
use crate::cases::CaseId;

/// A change as it is stored, until it holds, is replaced or expires.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_change")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactChangeId,
    /// Of which case.
    pub case_id: CaseId,
    /// What changes.
    pub field: ContactField,
    /// What it becomes, as typed.
    pub value: String,
    /// The same number in E.164.
    pub value_e164: Option<String>,
    /// Hash of the code that was mailed to the address that was known.
    pub old_hash: Option<String>,
    /// Hash of the code that was mailed to the new address.
    pub new_hash: Option<String>,
    /// When it was confirmed at the known address, in UTC.
    pub old_confirmed_at: Option<DateTime<Utc>>,
    /// When it was confirmed at the new one, in UTC.
    pub new_confirmed_at: Option<DateTime<Utc>>,
    /// When it was asked for, in UTC.
    pub asked_at: DateTime<Utc>,
    /// When it is forgotten if it was not confirmed, in UTC.
    pub expires_at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
