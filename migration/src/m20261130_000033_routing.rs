//! To which team a message goes, and who is away.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, boolean, create_owned, date, drop_all, index, instant, json, number,
    owned, reference, reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("absence")
                .col(reference("staff_id"))
                .col(date("from_day"))
                .col(date("until_day"))
                .col(instant("starts_at"))
                .col(instant("ends_at"))
                .foreign_key(&mut belongs_to("absence", "staff_id", "staff"))
                .to_owned(),
            &[index("absence", &["staff_id", "ends_at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("routing_version")
                .col(number("number"))
                .col(json("definition"))
                .col(text("note"))
                .col(reference_null("author_id"))
                .col(instant("published_at"))
                .foreign_key(&mut belongs_to("routing_version", "author_id", "staff"))
                .to_owned(),
            &[unique("routing_version", &["number"])],
        )
        .await?;
        append_only(manager, "routing_version", "id = new.id").await?;
        // A municipality has one draft: its number is always 1.
        create_owned(
            manager,
            owned("routing_draft")
                .col(number("number"))
                .col(json("definition"))
                .col(number("revision"))
                .to_owned(),
            &[unique("routing_draft", &["number"])],
        )
        .await?;
        create_owned(
            manager,
            owned("elsewhere_route")
                .col(text("kind"))
                .col(text("name"))
                .col(text("address"))
                .col(text("url"))
                .col(text("email"))
                .col(text("text_nl"))
                .col(text("text_en"))
                .col(boolean("passes_on"))
                .col(boolean("active"))
                .col(instant("created_at"))
                .to_owned(),
            &[unique("elsewhere_route", &["name"])],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "elsewhere_route",
            "routing_draft",
            "routing_version",
            "absence",
        ];
        drop_all(manager, &tables).await
    }
}
