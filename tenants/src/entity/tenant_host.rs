use sea_orm::entity::prelude::*;

use crate::TenantId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub host: String,
    pub owner: TenantId,
    /// Links use the first.
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
