//! House styles with their versions and pictures, and what municipalities say in their own words.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, bytes, create_owned, drop_all, instant, instant_null, json, number, owned,
    reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("house_style_version")
                .col(number("number"))
                .col(json("style"))
                .col(boolean("is_draft"))
                .col(reference_null("author_id"))
                .col(instant("changed_at"))
                .col(instant_null("live_from"))
                .foreign_key(&mut belongs_to("house_style_version", "author_id", "staff"))
                .to_owned(),
            &[unique("house_style_version", &["number"])],
        )
        .await?;
        create_owned(
            manager,
            owned("house_style_image")
                .col(text("file"))
                .col(bytes("bytes"))
                .col(instant("created_at"))
                .to_owned(),
            &[unique("house_style_image", &["file"])],
        )
        .await?;
        create_owned(
            manager,
            owned("own_text")
                .col(text("name"))
                .col(text("language"))
                .col(number("number"))
                .col(text_null("words"))
                .col(reference_null("author_id"))
                .col(instant("changed_at"))
                .foreign_key(&mut belongs_to("own_text", "author_id", "staff"))
                .to_owned(),
            &[unique("own_text", &["name", "language", "number"])],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &["own_text", "house_style_image", "house_style_version"],
        )
        .await
    }
}
