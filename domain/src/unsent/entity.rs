//! Rows of what was typed and not sent yet.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use tenants::{StaffId, TenantId};

use super::{UnsentForm, UnsentId};
use crate::cases::CaseId;

/// What somebody typed in a form, as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_unsent")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnsentId,
    /// At which case.
    pub case_id: CaseId,
    /// Who typed it.
    pub staff_id: StaffId,
    /// In which form.
    pub form: UnsentForm,
    /// Pairs of the name of a field and what it holds.
    pub fields: Json,
    /// When, in UTC.
    pub saved_at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
