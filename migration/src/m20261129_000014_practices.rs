//! Practices: drafts of one municipality, and the published copies that everybody may read.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, bytes, create_owned, create_shared, drop_all, instant, instant_null, json, number,
    number_null, owned, reference, reference_null, text, text_null, to_tenant, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("practice")
                .col(text("source_hash"))
                .col(bytes("source"))
                .col(text("source_name"))
                .col(json("fields"))
                .col(json("contact"))
                .col(json("findings"))
                .col(text("status"))
                .col(text("title"))
                .col(text_null("municipality"))
                .col(text_null("practice_type"))
                .col(number("version"))
                .col(reference_null("author_id"))
                .col(instant("created_at"))
                .col(instant_null("published_at"))
                .foreign_key(&mut belongs_to("practice", "author_id", "staff"))
                .to_owned(),
            &[unique("practice", &["source_hash"])],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("published_practice")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("slug").unique_key())
                .col(text("title"))
                .col(text("summary"))
                .col(text_null("municipality"))
                .col(text_null("practice_type"))
                .col(number_null("year"))
                .col(json("body"))
                .col(instant("published_at"))
                .foreign_key(&mut to_tenant("published_practice"))
                .to_owned(),
            &[],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["published_practice", "practice"]).await
    }
}
