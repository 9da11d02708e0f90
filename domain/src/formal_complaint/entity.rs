//! Rows of the steps of formal complaints.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use tenants::{StaffId, TenantId};

use super::{StepId, kinds::StepKind};
use crate::cases::CaseId;

/// A step as it is stored. It never changes; erasure empties its words.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "formal_complaint_step")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StepId,
    /// Of which case.
    pub case_id: CaseId,
    /// Counts the steps of a case, from 1.
    pub number: i64,
    /// Which step.
    pub kind: StepKind,
    /// The day on which it happened.
    pub on_day: NaiveDate,
    /// Who recorded it; nobody when the resident did.
    pub actor_id: Option<StaffId>,
    /// When it was recorded, in UTC.
    pub at: DateTime<Utc>,
    /// Words of closed lists, days and ids: they stay for the register.
    pub facts: Json,
    /// What people wrote: it goes with the case.
    pub words: Json,
}

impl ActiveModelBehavior for ActiveModel {}
