//! Mails that are sent.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    create_owned, drop_all, index, instant, instant_null, owned, reference_null, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("mail")
                .col(text("kind"))
                .col(text("recipient"))
                .col(text("mailbox"))
                .col(reference_null("about"))
                .col(text("subject"))
                .col(text("body"))
                .col(text("language"))
                .col(text("message_id"))
                .col(instant("created_at"))
                .col(instant_null("handed_over_at"))
                .col(instant_null("sent_at"))
                .col(instant_null("refused_at"))
                .to_owned(),
            &[
                index("mail", &["kind", "created_at"]),
                index("mail", &["mailbox", "created_at"]),
                index("mail", &["refused_at"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["mail"]).await
    }
}
