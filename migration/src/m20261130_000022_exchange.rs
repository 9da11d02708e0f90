//! The exchange: what its editors judge, who shares a practice, questions on their way to the person to ask, and what practices are found by.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    counted, create_shared, drop_all, instant, instant_null, json, listed, number, of_published,
    reference, searchable, text, text_null, to_tenant, uncounted, unsearchable,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_shared(
            manager,
            Table::create()
                .table("practice_review")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("municipality"))
                .col(number("number"))
                .col(text("title"))
                .col(text("changes"))
                .col(json("body"))
                .col(json("sharing"))
                .col(text("state"))
                .col(text("questions"))
                .col(instant("submitted_at"))
                .col(instant_null("decided_at"))
                .col(instant_null("told_at"))
                .foreign_key(&mut to_tenant("practice_review"))
                .to_owned(),
            &[
                listed("practice_review", &["state", "submitted_at"]),
                listed("practice_review", &["owner"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            of_published("practice_party")
                .col(reference("tenant"))
                .col(text("role"))
                .col(text("name"))
                .col(instant_null("agreed_at"))
                .primary_key(Index::create().col("practice").col("tenant").col("role"))
                .foreign_key(
                    ForeignKey::create()
                        .name("practice_party_tenant")
                        .from("practice_party", "tenant")
                        .to("tenant", "id"),
                )
                .to_owned(),
            &[listed("practice_party", &["tenant"])],
        )
        .await?;
        create_shared(
            manager,
            of_published("practice_question")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("sender"))
                .col(reference("asked_by"))
                .col(text("name"))
                .col(text("email"))
                .col(text("municipality"))
                .col(text_null("question"))
                .col(instant("created_at"))
                .col(instant_null("sent_at"))
                .to_owned(),
            &[
                listed("practice_question", &["sent_at"]),
                listed("practice_question", &["sender", "asked_by", "created_at"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            of_published("practice_text")
                .col(number("number").unique_key())
                .col(text("title"))
                .col(text("summary"))
                .col(text("body"))
                .primary_key(Index::create().col("practice"))
                .to_owned(),
            &[],
        )
        .await?;
        searchable(
            manager,
            "practice_text",
            &[("title", "A"), ("summary", "B"), ("body", "C")],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("catalogue_change")
                .col(ColumnDef::new("id").big_integer().not_null().primary_key())
                .col(number("changes"))
                .to_owned(),
            &[],
        )
        .await?;
        for table in [
            "published_practice",
            "published_practice_theme",
            "practice_party",
        ] {
            counted(manager, table, "catalogue_change").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        unsearchable(manager, "practice_text").await?;
        for table in [
            "published_practice",
            "published_practice_theme",
            "practice_party",
        ] {
            uncounted(manager, table).await?;
        }
        drop_all(
            manager,
            &[
                "catalogue_change",
                "practice_text",
                "practice_question",
                "practice_party",
                "practice_review",
            ],
        )
        .await
    }
}
