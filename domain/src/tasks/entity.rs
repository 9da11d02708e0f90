//! Rows of what teams and colleagues are asked.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::{StaffId, TenantId};
use utoipa::ToSchema;

use super::TaskId;
use crate::{cases::CaseId, teams::TeamId};

/// A task as it is stored: for a team or a colleague, never both.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "case_task")]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseTask)]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaskId,
    /// About which case.
    pub case_id: CaseId,
    /// Who asked; nobody when a rule did.
    pub asked_by: Option<StaffId>,
    /// The team that was asked.
    pub team_id: Option<TeamId>,
    /// The colleague who was asked.
    pub staff_id: Option<StaffId>,
    /// What was asked; empty once the case is erased.
    pub question: String,
    /// The last day for an answer.
    pub due_on: Option<NaiveDate>,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// What was answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<StaffId>,
    /// When, in UTC.
    pub answered_at: Option<DateTime<Utc>>,
}

impl ActiveModelBehavior for ActiveModel {}
