use sea_orm::entity::prelude::*;

use crate::{StaffId, TenantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub roles: Json,
    pub active: bool,
    pub created_at: DateTimeUtc,
    pub language: Option<String>,
    pub unread_notices: i64,
}

impl ActiveModelBehavior for ActiveModel {}
