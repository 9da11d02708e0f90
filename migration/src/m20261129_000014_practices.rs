//! Practices: drafts of one municipality, and the published copies that everybody may read.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, bytes, create_owned, create_shared, drop_all, instant, instant_null, json, listed,
    number, number_null, of_published, owned, reference, reference_null, text, text_null,
    to_tenant, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("practice_draft")
                .col(text_null("source_hash"))
                .col(bytes("source"))
                .col(text("source_name"))
                .col(json("fields"))
                .col(json("contact"))
                .col(json("findings"))
                .col(json("content"))
                .col(json("sharing"))
                .col(text("status"))
                .col(text("title"))
                .col(number("number"))
                .col(text("changes"))
                .col(text("note"))
                .col(number("version"))
                .col(reference_null("author_id"))
                .col(reference_null("submitted_by"))
                .col(reference_null("approved_by"))
                .col(text_null("consent_hash"))
                .col(instant_null("consent_asked_at"))
                .col(instant_null("consented_at"))
                .col(instant("created_at"))
                .col(instant_null("published_at"))
                .foreign_key(&mut belongs_to("practice_draft", "author_id", "staff"))
                .foreign_key(&mut belongs_to("practice_draft", "submitted_by", "staff"))
                .foreign_key(&mut belongs_to("practice_draft", "approved_by", "staff"))
                .to_owned(),
            &[
                unique("practice_draft", &["source_hash"]),
                unique("practice_draft", &["consent_hash"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("published_practice")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("slug").unique_key())
                .col(number("number"))
                .col(text("title"))
                .col(text("summary"))
                .col(text_null("municipality_code"))
                .col(text("municipality"))
                .col(text_null("province"))
                .col(text_null("size_class"))
                .col(text_null("practice_type"))
                .col(text("phase"))
                .col(number_null("year"))
                .col(text("visibility"))
                .col(text("state"))
                .col(text_null("reason"))
                .col(instant_null("ended_at"))
                .col(instant_null("contact_until"))
                .col(instant_null("reminded_at"))
                .col(text("evidence_level"))
                .col(reference_null("bundle"))
                .col(number("active_count"))
                .col(number("adopters_higher"))
                .col(number("adopters_lower"))
                .col(instant("published_at"))
                .col(instant("confirmed_at"))
                .col(instant("updated_at"))
                .col(json("body"))
                .foreign_key(&mut to_tenant("published_practice"))
                .to_owned(),
            &[
                listed("published_practice", &["state", "confirmed_at"]),
                listed("published_practice", &["owner"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            of_published("published_practice_theme")
                .col(text("theme"))
                .primary_key(Index::create().col("practice").col("theme"))
                .to_owned(),
            &[listed("published_practice_theme", &["theme"])],
        )
        .await?;
        create_shared(
            manager,
            of_published("published_practice_version")
                .col(number("number"))
                .col(text("title"))
                .col(text("changes"))
                .col(json("body"))
                .col(instant("published_at"))
                .primary_key(Index::create().col("practice").col("number"))
                .to_owned(),
            &[],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "published_practice_version",
                "published_practice_theme",
                "published_practice",
                "practice_draft",
            ],
        )
        .await
    }
}
