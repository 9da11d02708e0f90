//! What municipalities say to each other about published practices: questions, answers, who uses them, and what came of it.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only_but, belongs_to, boolean, create_owned, create_shared, drop_all, instant,
    instant_null, listed, number, number_null, of_published, owned, reference, reference_null,
    text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_shared(
            manager,
            of_published("published_talk")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference_null("question_id"))
                .col(text("municipality"))
                .col(text("role"))
                .col(text("person"))
                .col(reference("staff_id"))
                .col(text("body"))
                .col(instant("at"))
                .col(instant_null("removed_at"))
                .col(instant_null("told_at"))
                .col(reference_null("accepted_id"))
                .foreign_key(
                    ForeignKey::create()
                        .name("published_talk_question")
                        .from("published_talk", "question_id")
                        .to("published_talk", "id"),
                )
                .to_owned(),
            &[
                listed("published_talk", &["practice", "at"]),
                listed("published_talk", &["question_id", "at"]),
                listed("published_talk", &["owner", "at"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            of_published("published_adoption")
                .col(text("municipality"))
                .col(text_null("size_class"))
                .col(text("state"))
                .col(text("reason"))
                .col(boolean("named"))
                .col(instant("since"))
                .col(instant("changed_at"))
                .primary_key(Index::create().col("practice").col("owner"))
                .to_owned(),
            &[listed("published_adoption", &["owner"])],
        )
        .await?;
        create_owned(
            manager,
            owned("practice_mark")
                .col(reference("staff_id"))
                .col(text("kind"))
                .col(text("target"))
                .col(text("label"))
                .col(instant("created_at"))
                .col(instant("told_at"))
                .foreign_key(&mut belongs_to("practice_mark", "staff_id", "staff"))
                .to_owned(),
            &[unique("practice_mark", &["staff_id", "kind", "target"])],
        )
        .await?;
        create_owned(
            manager,
            owned("outcome_consent")
                .col(reference("practice"))
                .col(text("metric"))
                .col(boolean("named"))
                .col(instant("given_at"))
                .col(instant_null("ended_at"))
                .col(reference("staff_id"))
                .foreign_key(&mut belongs_to("outcome_consent", "staff_id", "staff"))
                .to_owned(),
            &[],
        )
        .await?;
        create_shared(
            manager,
            of_published("published_outcome")
                .col(text("metric"))
                .col(text("quarter"))
                .col(text("municipality"))
                .col(boolean("named"))
                .col(number("asked"))
                .col(number("answered"))
                .col(number("mean_tenths"))
                .col(number_null("deviation_tenths"))
                .col(number_null("low"))
                .col(number_null("middle"))
                .col(number_null("high"))
                .col(text_null("verdict"))
                .col(instant("computed_at"))
                .primary_key(
                    Index::create()
                        .col("practice")
                        .col("owner")
                        .col("metric")
                        .col("quarter"),
                )
                .to_owned(),
            &[listed("published_outcome", &["practice", "quarter"])],
        )
        .await?;
        append_only_but(
            manager,
            "published_outcome",
            &[
                "asked",
                "answered",
                "mean_tenths",
                "deviation_tenths",
                "low",
                "middle",
                "high",
                "named",
                "verdict",
            ],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("pooled_outcome")
                .col(reference("practice"))
                .col(text("metric"))
                .col(text("quarter"))
                .col(number("municipalities"))
                .col(number_null("answered"))
                .col(number_null("mean_tenths"))
                .col(instant("computed_at"))
                .primary_key(Index::create().col("practice").col("metric").col("quarter"))
                .foreign_key(
                    ForeignKey::create()
                        .name("pooled_outcome_practice")
                        .from("pooled_outcome", "practice")
                        .to("published_practice", "id"),
                )
                .to_owned(),
            &[],
        )
        .await?;
        append_only_but(
            manager,
            "pooled_outcome",
            &["municipalities", "answered", "mean_tenths"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "pooled_outcome",
                "published_outcome",
                "outcome_consent",
                "practice_mark",
                "published_adoption",
                "published_talk",
            ],
        )
        .await
    }
}
