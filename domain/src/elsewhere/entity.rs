//! Rows of places where what we get in belongs.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::TenantId;
use utoipa::ToSchema;

use super::{ElsewhereId, ElsewhereKind};

/// A place as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "elsewhere_route")]
#[serde(rename_all = "camelCase")]
#[schema(as = ElsewhereRoute)]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ElsewhereId,
    /// What belongs there.
    pub kind: ElsewhereKind,
    /// What it is called.
    #[schema(example = "Waterschap Waterland")]
    pub name: String,
    /// Its address; may be empty.
    pub address: String,
    /// Its website; may be empty.
    pub url: String,
    /// Its mail address; may be empty.
    pub email: String,
    /// What the resident reads, in Dutch.
    pub text_nl: String,
    /// What the resident reads, in English.
    pub text_en: String,
    /// Whether we send the message on; otherwise the resident is told where to go.
    pub passes_on: bool,
    /// Whether it can be chosen.
    pub active: bool,
    /// When it was made, in UTC.
    #[serde(skip)]
    pub created_at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
