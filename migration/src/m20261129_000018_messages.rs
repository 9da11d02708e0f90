//! What residents and staff write to each other about a case.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, drop_all, index, instant, owned, part_of, reference, reference_null,
    text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign key to the mail: mails are deleted before what was written in them is counted.
        create_owned(
            manager,
            owned("case_message")
                .col(reference("case_id"))
                .col(text("direction"))
                .col(text("channel"))
                .col(reference_null("author_id"))
                .col(text("text"))
                .col(reference_null("mail_id"))
                .col(instant("at"))
                .foreign_key(&mut part_of("case_message", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_message", "author_id", "staff"))
                .to_owned(),
            &[
                index("case_message", &["case_id", "at"]),
                index("case_message", &["mail_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["case_message"]).await
    }
}
