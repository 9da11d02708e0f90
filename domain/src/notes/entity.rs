//! Rows of the notes of colleagues.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::{StaffId, TenantId};
use utoipa::ToSchema;

use super::NoteId;
use crate::cases::CaseId;

/// A note as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "case_note")]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseNote)]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoteId,
    /// At which case.
    #[serde(skip)]
    pub case_id: CaseId,
    /// Who wrote it.
    #[serde(rename = "staffId")]
    pub author_id: StaffId,
    /// What it says; empty once the case is erased.
    #[serde(rename = "text")]
    pub body: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
