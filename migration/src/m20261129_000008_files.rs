//! Files that residents send.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, drop_all, index, instant, instant_null, number, owned,
    reference_null, text, text_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign key to the draft: a file outlives it when it is handed in, and is deleted after its own time when it is not.
        create_owned(
            manager,
            owned("intake_file")
                .col(reference_null("draft_id"))
                .col(reference_null("submission_id"))
                .col(text_null("code_hash"))
                .col(text("field"))
                .col(text("name"))
                .col(text("kind"))
                .col(number("size"))
                .col(text("digest"))
                .col(text("place"))
                .col(text("state"))
                .col(text_null("finding"))
                .col(instant("created_at"))
                .col(instant_null("expires_at"))
                .col(instant_null("asked_at"))
                .col(instant_null("checked_at"))
                .foreign_key(&mut belongs_to(
                    "intake_file",
                    "submission_id",
                    "submission",
                ))
                .to_owned(),
            &[
                index("intake_file", &["draft_id"]),
                index("intake_file", &["submission_id"]),
                index("intake_file", &["code_hash"]),
                index("intake_file", &["expires_at"]),
                index("intake_file", &["state", "asked_at"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["intake_file"]).await
    }
}
