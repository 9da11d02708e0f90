//! Rows of who looks at a case just now.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use tenants::{StaffId, TenantId};

use super::{Doing, PresenceId};
use crate::cases::CaseId;

/// A colleague at a case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_presence")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PresenceId,
    /// At which case.
    pub case_id: CaseId,
    /// Who.
    pub staff_id: StaffId,
    /// What they do.
    pub doing: Doing,
    /// When their page last said so, in UTC.
    pub seen_at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
