//! Categories of a municipality, and cases that were taken into another one.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, drop_all, index, instant, owned, protect, reference, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("case_category")
                    .col(text("key"))
                    .col(text("label_nl"))
                    .col(text("label_en"))
                    .col(ColumnDef::new("active").boolean().not_null())
                    .col(instant("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("case_category", &["key"]))
            .await?;
        protect(manager, "case_category").await?;
        manager
            .alter_table(
                Table::alter()
                    .table("case_file")
                    .add_column(text_null("category"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                owned("case_merge")
                    .col(reference("absorbed_id"))
                    .col(reference("survivor_id"))
                    .col(text("status_before"))
                    .col(text("reason"))
                    .col(reference("merged_by"))
                    .col(instant("merged_at"))
                    .check(Expr::col("absorbed_id").ne(Expr::col("survivor_id")))
                    .foreign_key(&mut belongs_to("case_merge", "absorbed_id", "case_file"))
                    .foreign_key(&mut belongs_to("case_merge", "survivor_id", "case_file"))
                    .foreign_key(&mut belongs_to("case_merge", "merged_by", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("case_merge", &["absorbed_id"]))
            .await?;
        manager
            .create_index(index("case_merge", &["survivor_id"]))
            .await?;
        protect(manager, "case_merge").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["case_merge", "case_category"]).await?;
        manager
            .alter_table(
                Table::alter()
                    .table("case_file")
                    .drop_column("category")
                    .to_owned(),
            )
            .await
    }
}
