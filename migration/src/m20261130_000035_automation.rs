//! Rules: what happens to messages by itself.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, drop_all, index, instant, json, json_null, number, owned,
    part_of, reference, reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("rule")
                .col(text("name"))
                .col(reference_null("owner_id"))
                .col(boolean("active"))
                .col(json_null("draft"))
                .col(number("revision"))
                .col(json_null("live"))
                .col(number("number"))
                .col(instant("created_at"))
                .foreign_key(&mut belongs_to("rule", "owner_id", "staff"))
                .to_owned(),
            &[unique("rule", &["name"])],
        )
        .await?;
        create_owned(
            manager,
            owned("rule_version")
                .col(reference("rule_id"))
                .col(number("number"))
                .col(json("definition"))
                .col(text("note"))
                .col(reference_null("author_id"))
                .col(instant("published_at"))
                .foreign_key(&mut belongs_to("rule_version", "rule_id", "rule"))
                .foreign_key(&mut belongs_to("rule_version", "author_id", "staff"))
                .to_owned(),
            &[unique("rule_version", &["rule_id", "number"])],
        )
        .await?;
        create_owned(
            manager,
            owned("rule_run")
                .col(reference("rule_id"))
                .col(number("number"))
                .col(reference("case_id"))
                .col(text("event"))
                .col(boolean("failed"))
                .col(instant("at"))
                .foreign_key(&mut belongs_to("rule_run", "rule_id", "rule"))
                .foreign_key(&mut part_of("rule_run", "case_id", "case_file"))
                .to_owned(),
            &[
                index("rule_run", &["rule_id", "at"]),
                index("rule_run", &["case_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["rule_run", "rule_version", "rule"]).await
    }
}
