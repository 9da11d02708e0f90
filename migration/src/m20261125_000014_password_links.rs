//! Links with which somebody chooses a password.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, drop_all, index, instant, instant_null, owned, protect, reference, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("password_link")
                    .col(reference("staff_id"))
                    .col(text("occasion"))
                    .col(text("code_hash"))
                    .col(instant("made_at"))
                    .col(instant("expires_at"))
                    .col(instant_null("used_at"))
                    .foreign_key(&mut belongs_to("password_link", "staff_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("password_link", &["code_hash"]))
            .await?;
        manager
            .create_index(index("password_link", &["staff_id", "made_at"]))
            .await?;
        protect(manager, "password_link").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["password_link"]).await
    }
}
