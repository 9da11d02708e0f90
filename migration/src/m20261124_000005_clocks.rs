//! Clocks that move: promises that begin on a day, and what a new calendar did to open clocks.

use sea_orm_migration::prelude::*;

use crate::dialect::{index, instant_null, reference_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(
            manager,
            "service_rule_version",
            ColumnDef::new("starts_on").date().take(),
        )
        .await?;
        for column in [
            instant_null("due_before"),
            instant_null("due_after"),
            reference_null("calendar_version_id"),
        ] {
            add(manager, "clock_event", column).await?;
        }
        manager
            .create_index(index("clock", &["stopped_at", "id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("clock_stopped_at_id")
                    .table("clock")
                    .to_owned(),
            )
            .await?;
        for (table, column) in [
            ("clock_event", "calendar_version_id"),
            ("clock_event", "due_after"),
            ("clock_event", "due_before"),
            ("service_rule_version", "starts_on"),
        ] {
            manager
                .alter_table(Table::alter().table(table).drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// One column at a time: `SQLite` takes no more in one statement.
async fn add(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    manager
        .alter_table(Table::alter().table(table).add_column(column).to_owned())
        .await
}
