//! Bundles: what is on the exchange and the keys it signs with, shared; what a municipality adopted, its own.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, create_shared, drop_all, index, instant, instant_null, json, owned,
    reference, reference_null, text, text_null, to_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_shared(
            manager,
            Table::create()
                .table("exchange_key")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("public_key").unique_key())
                .col(instant("since"))
                .col(instant_null("until"))
                .foreign_key(&mut to_tenant("exchange_key"))
                .to_owned(),
            &[],
        )
        .await?;
        let list = |name: &'static str, columns: &[&'static str]| {
            let mut list = Index::create();
            list.name(name).table("exchange_bundle");
            for column in columns {
                list.col(*column);
            }
            list
        };
        create_shared(
            manager,
            Table::create()
                .table("exchange_bundle")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("owner_name"))
                .col(reference_null("addressee"))
                .col(reference("line"))
                .col(text("slug"))
                .col(text("version"))
                .col(text("title"))
                .col(text("summary"))
                .col(text("status"))
                .col(text("document"))
                .col(text("digest"))
                .col(reference_null("origin"))
                .col(reference_null("practice_id"))
                .col(instant("submitted_at"))
                .col(instant_null("decided_at"))
                .col(reference_null("decided_in"))
                .col(text_null("reason"))
                .foreign_key(&mut to_tenant("exchange_bundle"))
                .to_owned(),
            &[
                list("exchange_bundle_line", &["line", "status"]),
                list("exchange_bundle_status", &["status", "decided_at"]),
                list("exchange_bundle_owner_list", &["owner", "submitted_at"]),
                list("exchange_bundle_addressee", &["addressee"]),
                list("exchange_bundle_origin", &["origin"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("bundle_adoption")
                .col(reference("line"))
                .col(text("version"))
                .col(text("digest"))
                .col(text("title"))
                .col(text("document"))
                .col(json("answers"))
                .col(json("parts"))
                .col(json("instructions"))
                .col(text("status"))
                .col(reference_null("previous_id"))
                .col(text_null("skipped_version"))
                .col(reference_null("practice_id"))
                .col(reference_null("prepared_by"))
                .col(instant("prepared_at"))
                .col(reference_null("activated_by"))
                .col(instant_null("activated_at"))
                .col(instant_null("ended_at"))
                .foreign_key(&mut belongs_to(
                    "bundle_adoption",
                    "previous_id",
                    "bundle_adoption",
                ))
                .foreign_key(&mut belongs_to("bundle_adoption", "prepared_by", "staff"))
                .foreign_key(&mut belongs_to("bundle_adoption", "activated_by", "staff"))
                .to_owned(),
            &[
                index("bundle_adoption", &["line", "status"]),
                index("bundle_adoption", &["prepared_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &["bundle_adoption", "exchange_bundle", "exchange_key"],
        )
        .await
    }
}
