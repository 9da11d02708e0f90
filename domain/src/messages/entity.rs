//! Rows of messages.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::{StaffId, TenantId};
use utoipa::ToSchema;

use super::{Direction, MessageChannel, MessageId};
use crate::{cases::CaseId, mail::MailId};

/// A message as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "case_message")]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseMessage)]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// About which case: this one, or one that was merged into it.
    pub case_id: CaseId,
    /// `in` from the resident, `out` to the resident.
    pub direction: Direction,
    /// `page` or `mail`.
    pub channel: MessageChannel,
    /// Who wrote it; nobody when the resident did.
    pub author_id: Option<StaffId>,
    /// The words; empty once the case was erased.
    pub text: String,
    /// The mail it came in or went out with.
    #[serde(skip)]
    pub mail_id: Option<MailId>,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

impl ActiveModelBehavior for ActiveModel {}
