//! Rows of the table `job`.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::TenantId;
use utoipa::ToSchema;

use super::{JobId, JobKind, JobState};

/// A job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "job")]
#[serde(rename_all = "camelCase")]
#[schema(as = JobItem)]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Whose work it is.
    #[serde(skip)]
    pub owner: TenantId,
    /// Which work. A word of an older version stays as it was stored.
    #[schema(value_type = JobKind)]
    pub kind: String,
    /// Number of its queue: the smallest is the most important.
    pub priority: i64,
    /// Ids it needs, never contents.
    #[serde(skip)]
    pub payload: Json,
    /// Where it stands.
    pub state: JobState,
    /// Not before this instant.
    pub run_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i64,
    /// Until when a worker holds it.
    #[serde(skip)]
    pub leased_until: Option<DateTimeUtc>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was written.
    #[serde(skip)]
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
