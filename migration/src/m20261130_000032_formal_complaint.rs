//! Steps of formal complaints (Awb chapter 9).

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, date, drop_all, instant, json, number, owned, reference,
    reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A step never changes; its words are emptied when its case is erased. Two who take the next step at once have the same number.
        create_owned(
            manager,
            owned("formal_complaint_step")
                .col(reference("case_id"))
                .col(number("number"))
                .col(text("kind"))
                .col(date("on_day"))
                .col(reference_null("actor_id"))
                .col(instant("at"))
                .col(json("facts"))
                .col(json("words"))
                .foreign_key(&mut belongs_to(
                    "formal_complaint_step",
                    "case_id",
                    "case_file",
                ))
                .foreign_key(&mut belongs_to(
                    "formal_complaint_step",
                    "actor_id",
                    "staff",
                ))
                .to_owned(),
            &[unique("formal_complaint_step", &["case_id", "number"])],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["formal_complaint_step"]).await
    }
}
