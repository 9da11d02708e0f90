//! Files that residents send, messages that wait in quarantine, and what reports may count.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, drop_all, index, instant, instant_null, json, number, owned, protect, reference,
    reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign key to the draft: a file outlives it when it is handed in, and is swept by its own time when it is not.
        manager
            .create_table(
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
            )
            .await?;
        for columns in [
            &["draft_id"][..],
            &["submission_id"],
            &["code_hash"],
            &["expires_at"],
            &["state", "asked_at"],
        ] {
            manager.create_index(index("intake_file", columns)).await?;
        }
        manager
            .create_table(
                owned("quarantine")
                    .col(reference("submission_id"))
                    .col(text("reference"))
                    .col(json("reasons"))
                    .col(text("state"))
                    .col(instant("received_at"))
                    .col(instant_null("due_at"))
                    .col(instant("expires_at"))
                    .col(reference_null("restored_by"))
                    .col(instant_null("restored_at"))
                    .foreign_key(&mut belongs_to("quarantine", "submission_id", "submission"))
                    .foreign_key(&mut belongs_to("quarantine", "restored_by", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("quarantine", &["submission_id"]))
            .await?;
        manager
            .create_index(index("quarantine", &["state", "expires_at"]))
            .await?;
        // Nothing here leads back to who wrote it: the rows outlive the answers they were counted from.
        manager
            .create_table(
                owned("report_value")
                    .col(reference("entry"))
                    .col(text("form"))
                    .col(text("field"))
                    .col(text("measure"))
                    .col(text("value"))
                    .col(ColumnDef::new("received_on").date().not_null().take())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("report_value", &["form", "field", "received_on"]))
            .await?;
        for column in [text_null("fill_hash"), instant_null("mail_held_at")] {
            manager
                .alter_table(
                    Table::alter()
                        .table("submission")
                        .add_column(column)
                        .to_owned(),
                )
                .await?;
        }
        manager
            .create_index(index("submission", &["fill_hash"]))
            .await?;
        manager
            .create_index(index("mail", &["kind", "created_at"]))
            .await?;
        for table in ["intake_file", "quarantine", "report_value"] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["report_value", "quarantine", "intake_file"]).await?;
        for (table, name) in [
            ("submission", "submission_fill_hash"),
            ("mail", "mail_kind_created_at"),
        ] {
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        for column in ["mail_held_at", "fill_hash"] {
            manager
                .alter_table(
                    Table::alter()
                        .table("submission")
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}
