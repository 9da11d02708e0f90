//! What was put off or set aside of the first day of a municipality.

use sea_orm_migration::prelude::*;

use crate::dialect::{belongs_to, create_owned, drop_all, instant, owned, reference, text, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("first_day_step")
                .col(text("step"))
                .col(text("state"))
                .col(reference("author_id"))
                .col(instant("decided_at"))
                .foreign_key(&mut belongs_to("first_day_step", "author_id", "staff"))
                .to_owned(),
            &[unique("first_day_step", &["step"])],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["first_day_step"]).await
    }
}
