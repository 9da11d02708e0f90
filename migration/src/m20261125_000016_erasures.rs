//! When the contents of a closed message are thrown away, and that they were.

use sea_orm_migration::prelude::*;

use crate::dialect::{index, instant_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 2] = ["erase_at", "erased_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            manager
                .alter_table(
                    Table::alter()
                        .table("case_file")
                        .add_column(instant_null(column))
                        .to_owned(),
                )
                .await?;
        }
        manager
            .create_index(index("case_file", &["erased_at", "erase_at"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("case_file_erased_at_erase_at")
                    .table("case_file")
                    .to_owned(),
            )
            .await?;
        for column in COLUMNS {
            manager
                .alter_table(
                    Table::alter()
                        .table("case_file")
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}
