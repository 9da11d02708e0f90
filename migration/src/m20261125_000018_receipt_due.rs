//! Until when a receipt would have had to be in, reckoned from the asking, for attentions that waited for a second pair of eyes: since then
//! the days are reckoned from the approval, and what the reservation vouches for has to stay.

use sea_orm_migration::prelude::*;

use crate::dialect::instant_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table("gift")
                    .add_column(instant_null("first_due_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table("gift")
                    .drop_column("first_due_at")
                    .to_owned(),
            )
            .await
    }
}
