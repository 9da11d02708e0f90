//! What residents hand in.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, bytes, create_owned, drop_all, index, instant, instant_null, json, owned,
    reference, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("submission")
                .col(reference("form_version_id"))
                .col(text("language"))
                .col(text("channel"))
                .col(json("answers"))
                .col(text("receipt_hash"))
                .col(bytes("receipt_sealed"))
                .col(instant_null("link_renewed_at"))
                .col(instant_null("link_revoked_at"))
                .col(instant("submitted_at"))
                .col(text_null("fill_hash"))
                .col(instant_null("mail_held_at"))
                .col(instant_null("confirmed_at"))
                .foreign_key(&mut belongs_to(
                    "submission",
                    "form_version_id",
                    "form_version",
                ))
                .to_owned(),
            &[
                unique("submission", &["receipt_hash"]),
                index("submission", &["fill_hash"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["submission"]).await
    }
}
