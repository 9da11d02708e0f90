//! What residents said before a practice began, kept when it begins.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, create_owned, drop_all, instant, number, number_null, owned, reference, text,
    unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("outcome_baseline")
                .col(reference("practice"))
                .col(text("metric"))
                .col(text("quarter"))
                .col(number("asked"))
                .col(number_null("answered"))
                .col(number_null("mean_tenths"))
                .col(number_null("deviation_tenths"))
                .col(instant("frozen_at"))
                .to_owned(),
            &[unique(
                "outcome_baseline",
                &["practice", "metric", "quarter"],
            )],
        )
        .await?;
        append_only(manager, "outcome_baseline", "id is new.id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["outcome_baseline"]).await
    }
}
