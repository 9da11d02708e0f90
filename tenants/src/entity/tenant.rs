use sea_orm::entity::prelude::*;

use crate::{TenantId, TenantKind, tenant::TenantState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    pub kind: TenantKind,
    pub slug: String,
    pub name: String,
    pub time_zone: String,
    pub languages: Json,
    pub style: Json,
    pub style_next: Option<Json>,
    pub style_next_at: Option<DateTimeUtc>,
    pub texts: Json,
    pub shows_measures: bool,
    pub contact: Json,
    pub state: TenantState,
    pub state_since: DateTimeUtc,
    pub state_reason: Option<String>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
