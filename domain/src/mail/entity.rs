//! Rows of the table `mail`.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use sea_orm::entity::prelude::*;
use tenants::TenantId;

use super::MailId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub language: String,
    pub message_id: String,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub refused_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
