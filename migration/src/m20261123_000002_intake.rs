//! Forms and what residents hand in with them; the calendars and promises their messages are measured by.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, drop_all, index, instant, json, number, owned, protect, reference,
    reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("form")
                    .col(text("slug"))
                    .col(reference_null("live_version_id"))
                    .col(instant("created_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique("form", &["slug"])).await?;
        manager
            .create_table(
                owned("form_version")
                    .col(reference("form_id"))
                    .col(number("number"))
                    .col(text("definition"))
                    .col(text("hash"))
                    .col(text("note"))
                    .col(reference_null("author_id"))
                    .col(instant("published_at"))
                    .foreign_key(&mut belongs_to("form_version", "form_id", "form"))
                    .foreign_key(&mut belongs_to("form_version", "author_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("form_version", &["form_id", "number"]))
            .await?;
        append_only(manager, "form_version").await?;
        manager
            .create_table(
                owned("intake_draft")
                    .col(reference("form_version_id"))
                    .col(text("secret_hash"))
                    .col(ColumnDef::new("sealed").blob().not_null().take())
                    .col(reference_null("submission_id"))
                    .col(instant("created_at"))
                    .col(instant("expires_at"))
                    .foreign_key(&mut belongs_to(
                        "intake_draft",
                        "form_version_id",
                        "form_version",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("intake_draft", &["expires_at"]))
            .await?;
        manager
            .create_table(
                owned("submission")
                    .col(reference("form_version_id"))
                    .col(text("language"))
                    .col(text("channel"))
                    .col(json("answers"))
                    .col(text("receipt_hash"))
                    .col(instant("submitted_at"))
                    .foreign_key(&mut belongs_to(
                        "submission",
                        "form_version_id",
                        "form_version",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("submission", &["receipt_hash"]))
            .await?;
        manager
            .create_table(
                owned("calendar_version")
                    .col(text("kind"))
                    .col(number("number"))
                    .col(json("definition"))
                    .col(reference_null("author_id"))
                    .col(instant("created_at"))
                    .foreign_key(&mut belongs_to("calendar_version", "author_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("calendar_version", &["kind", "number"]))
            .await?;
        append_only(manager, "calendar_version").await?;
        manager
            .create_table(
                owned("service_rule_version")
                    .col(number("number"))
                    .col(json("definition"))
                    .col(reference_null("author_id"))
                    .col(instant("created_at"))
                    .foreign_key(&mut belongs_to(
                        "service_rule_version",
                        "author_id",
                        "staff",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("service_rule_version", &["number"]))
            .await?;
        append_only(manager, "service_rule_version").await?;
        for table in [
            "form",
            "form_version",
            "intake_draft",
            "submission",
            "calendar_version",
            "service_rule_version",
        ] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "service_rule_version",
                "calendar_version",
                "submission",
                "intake_draft",
                "form_version",
                "form",
            ],
        )
        .await
    }
}
