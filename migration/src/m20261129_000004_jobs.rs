//! The job queue, which one worker reads for all organisations.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    create_shared, drop_all, instant, instant_null, json, number, reference, text, text_null,
    to_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_shared(
            manager,
            Table::create()
                .table("job")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("kind"))
                .col(number("priority"))
                .col(json("payload"))
                .col(text("state"))
                .col(instant("run_at"))
                .col(number("attempts"))
                .col(instant_null("leased_until"))
                .col(text_null("last_error"))
                .col(instant("created_at"))
                .foreign_key(&mut to_tenant("job"))
                .to_owned(),
            &[Index::create()
                .name("job_ready")
                .table("job")
                .col("state")
                .col("priority")
                .col("owner")
                .col("run_at")
                .to_owned()],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["job"]).await
    }
}
