//! Mails that are sent.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    boolean, create_owned, drop_all, index, instant, instant_null, json_null, owned,
    reference_null, text, text_null, unique,
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
                .col(text_null("reply_token"))
                .col(json_null("files"))
                .col(boolean("automatic"))
                .col(instant("created_at"))
                .col(instant_null("handed_over_at"))
                .col(instant_null("sent_at"))
                .col(instant_null("refused_at"))
                .col(instant_null("bounced_at"))
                .col(instant_null("over_at"))
                .to_owned(),
            &[
                index("mail", &["kind", "created_at"]),
                index("mail", &["mailbox", "created_at"]),
                index("mail", &["refused_at"]),
                index("mail", &["about", "created_at"]),
                unique("mail", &["reply_token"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["mail"]).await
    }
}
