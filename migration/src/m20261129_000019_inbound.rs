//! Mails that come in.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, drop_all, index, instant, instant_null, json, number, owned,
    part_of, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign key to the mail that it answers: that one is deleted first.
        create_owned(
            manager,
            owned("inbound_mail")
                .col(text("digest"))
                .col(text_null("place"))
                .col(number("size"))
                .col(text("source"))
                .col(text("state"))
                .col(text_null("reason"))
                .col(reference_null("case_id"))
                .col(reference_null("mail_id"))
                .col(text("from_address"))
                .col(text("from_name"))
                .col(text("subject"))
                .col(text("message_id"))
                .col(boolean("other_sender"))
                .col(text("text"))
                .col(text("whole"))
                .col(json("files"))
                .col(instant_null("files_kept_at"))
                .col(instant_null("written_at"))
                .col(instant("received_at"))
                .col(reference_null("decided_by"))
                .col(instant_null("decided_at"))
                .col(text("note"))
                .foreign_key(&mut part_of("inbound_mail", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("inbound_mail", "decided_by", "staff"))
                .to_owned(),
            &[
                unique("inbound_mail", &["digest"]),
                index("inbound_mail", &["state", "received_at"]),
                index("inbound_mail", &["case_id", "received_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["inbound_mail"]).await
    }
}
