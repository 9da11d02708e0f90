//! Answers that are given again when a request is repeated.

use sea_orm_migration::prelude::*;

use crate::dialect::{create_owned, drop_all, instant, owned, text, text_null, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("idempotency")
                .col(text("operation"))
                .col(text("key_hash"))
                .col(text("request_hash"))
                .col(text_null("answer"))
                .col(instant("created_at"))
                .to_owned(),
            &[unique("idempotency", &["operation", "key_hash"])],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["idempotency"]).await
    }
}
