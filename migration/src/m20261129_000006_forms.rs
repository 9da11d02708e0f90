//! Forms: one draft that editors share, published versions, and when a form is open.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, create_owned, drop_all, instant, instant_null, number, owned,
    reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("form")
                .col(text("slug"))
                .col(reference_null("live_version_id"))
                .col(instant("created_at"))
                .col(instant_null("opens_at"))
                .col(instant_null("closes_at"))
                .col(instant_null("deadline_at"))
                .col(text_null("closed_texts"))
                .to_owned(),
            &[unique("form", &["slug"])],
        )
        .await?;
        create_owned(
            manager,
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
            &[unique("form_version", &["form_id", "number"])],
        )
        .await?;
        append_only(manager, "form_version", "id = new.id").await?;
        create_owned(
            manager,
            owned("form_draft")
                .col(reference("form_id"))
                .col(text("definition"))
                .col(number("lock"))
                .col(reference_null("author_id"))
                .col(instant("updated_at"))
                .foreign_key(&mut belongs_to("form_draft", "form_id", "form"))
                .foreign_key(&mut belongs_to("form_draft", "author_id", "staff"))
                .to_owned(),
            &[unique("form_draft", &["form_id"])],
        )
        .await?;
        create_owned(
            manager,
            owned("form_translation")
                .col(reference("form_id"))
                .col(text("language"))
                .col(text("text_key"))
                .col(text("source_hash"))
                .foreign_key(&mut belongs_to("form_translation", "form_id", "form"))
                .to_owned(),
            &[unique(
                "form_translation",
                &["form_id", "language", "text_key"],
            )],
        )
        .await?;
        create_owned(
            manager,
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
            &[unique("form_withdrawal", &["form_version_id"])],
        )
        .await?;
        append_only(manager, "form_withdrawal", "id = new.id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "form_withdrawal",
                "form_translation",
                "form_draft",
                "form_version",
                "form",
            ],
        )
        .await
    }
}
