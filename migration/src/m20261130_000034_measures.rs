//! What a municipality does differently because of messages, and its text blocks.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, boolean, create_owned, date_null, drop_all, index, instant,
    instant_null, json_null, number, owned, part_of, reference, reference_null, text, text_null,
    unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("measure")
                .col(text("title"))
                .col(text("said"))
                .col(text("change"))
                .col(text("result"))
                .col(text_null("category"))
                .col(reference_null("staff_id"))
                .col(reference_null("team_id"))
                .col(date_null("planned_on"))
                .col(text("state"))
                .col(text("reason"))
                .col(instant_null("done_at"))
                .col(number("version"))
                .col(reference("made_by"))
                .col(instant("made_at"))
                .col(instant("changed_at"))
                .col(instant_null("published_at"))
                .col(reference_null("published_by"))
                .col(json_null("published"))
                .foreign_key(&mut belongs_to("measure", "staff_id", "staff"))
                .foreign_key(&mut belongs_to("measure", "team_id", "team"))
                .foreign_key(&mut belongs_to("measure", "made_by", "staff"))
                .foreign_key(&mut belongs_to("measure", "published_by", "staff"))
                .to_owned(),
            &[index("measure", &["changed_at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("measure_case")
                .col(reference("measure_id"))
                .col(reference("case_id"))
                .col(reference("added_by"))
                .col(instant("added_at"))
                .col(instant_null("told_at"))
                .foreign_key(&mut part_of("measure_case", "measure_id", "measure"))
                .foreign_key(&mut part_of("measure_case", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("measure_case", "added_by", "staff"))
                .to_owned(),
            &[
                unique("measure_case", &["measure_id", "case_id"]),
                index("measure_case", &["case_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            block("text_block")
                .col(number("version"))
                .foreign_key(&mut belongs_to("text_block", "changed_by", "staff"))
                .to_owned(),
            &[],
        )
        .await?;
        create_owned(
            manager,
            block("text_block_version")
                .col(reference("block_id"))
                .col(number("number"))
                .foreign_key(&mut belongs_to("text_block_version", "changed_by", "staff"))
                .foreign_key(&mut belongs_to(
                    "text_block_version",
                    "block_id",
                    "text_block",
                ))
                .to_owned(),
            &[unique("text_block_version", &["block_id", "number"])],
        )
        .await?;
        append_only(manager, "text_block_version", "id = new.id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "text_block_version",
            "text_block",
            "measure_case",
            "measure",
        ];
        drop_all(manager, &tables).await
    }
}

/// What a text block and each of its versions says.
fn block(table: &'static str) -> TableCreateStatement {
    owned(table)
        .col(text("title"))
        .col(text("body_nl"))
        .col(text("body_en"))
        .col(text_null("kind"))
        .col(text_null("category"))
        .col(boolean("archived"))
        .col(reference_null("changed_by"))
        .col(instant("changed_at"))
        .to_owned()
}
