//! The audit log.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, create_owned, drop_all, index, instant, json, owned, reference_null, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("audit_entry")
                .col(instant("at"))
                .col(reference_null("actor_id"))
                .col(text("action"))
                .col(text("object_kind"))
                .col(reference_null("object_id"))
                .col(json("details"))
                .to_owned(),
            &[
                index("audit_entry", &["at"]),
                index("audit_entry", &["action", "id"]),
                index("audit_entry", &["actor_id", "id"]),
            ],
        )
        .await?;
        append_only(manager, "audit_entry", "id = new.id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["audit_entry"]).await
    }
}
