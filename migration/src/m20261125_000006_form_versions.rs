//! The life of a form: one draft that editors share, versions that can be taken back, and when a form is open.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, drop_all, instant, instant_null, number, owned, protect, reference,
    reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            instant_null("opens_at"),
            instant_null("closes_at"),
            instant_null("deadline_at"),
            text_null("closed_texts"),
        ] {
            manager
                .alter_table(Table::alter().table("form").add_column(column).to_owned())
                .await?;
        }
        manager
            .create_table(
                owned("form_draft")
                    .col(reference("form_id"))
                    .col(text("definition"))
                    .col(number("lock"))
                    .col(reference_null("author_id"))
                    .col(instant("updated_at"))
                    .foreign_key(&mut belongs_to("form_draft", "form_id", "form"))
                    .foreign_key(&mut belongs_to("form_draft", "author_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("form_draft", &["form_id"]))
            .await?;
        manager
            .create_table(
                owned("form_withdrawal")
                    .col(reference("form_version_id"))
                    .col(text("reason"))
                    .col(reference_null("author_id"))
                    .col(instant("withdrawn_at"))
                    .foreign_key(&mut belongs_to(
                        "form_withdrawal",
                        "form_version_id",
                        "form_version",
                    ))
                    .foreign_key(&mut belongs_to("form_withdrawal", "author_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("form_withdrawal", &["form_version_id"]))
            .await?;
        append_only(manager, "form_withdrawal").await?;
        for table in ["form_draft", "form_withdrawal"] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["form_withdrawal", "form_draft"]).await?;
        for column in ["closed_texts", "deadline_at", "closes_at", "opens_at"] {
            manager
                .alter_table(Table::alter().table("form").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
