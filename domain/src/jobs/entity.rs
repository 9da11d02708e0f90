//! Rows of the table `job`.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use sea_orm::entity::prelude::*;
use tenants::TenantId;

use super::{JobId, JobState};

/// A job as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Whose work it is.
    pub owner: TenantId,
    /// Which work.
    pub kind: String,
    /// Number of its queue: the smallest is the most important.
    pub priority: i64,
    /// Ids it needs, never contents.
    pub payload: Json,
    /// Where it stands.
    pub state: JobState,
    /// Not before this instant.
    pub run_at: DateTimeUtc,
    /// How often it was tried.
    pub attempts: i64,
    /// Until when a worker holds it.
    pub leased_until: Option<DateTimeUtc>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
