//! Teams, and who is in them.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, drop_all, index, instant, owned, reference, reference_null,
    text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("team")
                .col(text("name"))
                .col(boolean("active"))
                .col(instant("created_at"))
                .to_owned(),
            &[unique("team", &["name"])],
        )
        .await?;
        create_owned(
            manager,
            owned("team_member")
                .col(reference("team_id"))
                .col(reference("staff_id"))
                .col(reference_null("deputy_id"))
                .foreign_key(&mut belongs_to("team_member", "team_id", "team"))
                .foreign_key(&mut belongs_to("team_member", "staff_id", "staff"))
                .foreign_key(&mut belongs_to("team_member", "deputy_id", "staff"))
                .to_owned(),
            &[
                unique("team_member", &["team_id", "staff_id"]),
                index("team_member", &["staff_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["team_member", "team"]).await
    }
}
