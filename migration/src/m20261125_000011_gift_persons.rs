//! A row per known person to stand in line at, so that two colleagues who surprise the same person at once do so after each other; and
//! when the person behind an attention was forgotten.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, index, instant, instant_null, owned, protect, text, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Tables that remember when persons were forgotten.
const FORGETTING: [&str; 2] = ["gift", "gift_budget"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on `SQLite` as well.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("gift_person")
                    .col(text("key_hash"))
                    .col(instant("seen_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("gift_person", &["key_hash"]))
            .await?;
        protect(manager, "gift_person").await?;
        for table in FORGETTING {
            manager
                .alter_table(
                    Table::alter()
                        .table(table)
                        .add_column(instant_null("forgotten_at"))
                        .to_owned(),
                )
                .await?;
        }
        // Complaints whose term of the law is not over yet are looked for by what is known of a person.
        manager
            .create_index(index("clock", &["kind", "due_at"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("clock_kind_due_at")
                    .table("clock")
                    .to_owned(),
            )
            .await?;
        for table in FORGETTING {
            manager
                .alter_table(
                    Table::alter()
                        .table(table)
                        .drop_column("forgotten_at")
                        .to_owned(),
                )
                .await?;
        }
        drop_all(manager, &["gift_person"]).await
    }
}
