//! What colleagues tell and ask each other about a case.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, date_null, drop_all, index, instant, instant_null, owned, part_of,
    reference, reference_null, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("case_note")
                .col(reference("case_id"))
                .col(reference("author_id"))
                .col(text("body"))
                .col(instant("at"))
                .foreign_key(&mut part_of("case_note", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_note", "author_id", "staff"))
                .to_owned(),
            &[index("case_note", &["case_id", "at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("case_task")
                .col(reference("case_id"))
                .col(reference_null("asked_by"))
                .col(reference_null("team_id"))
                .col(reference_null("staff_id"))
                .col(text("question"))
                .col(date_null("due_on"))
                .col(instant("asked_at"))
                .col(text("answer"))
                .col(reference_null("answered_by"))
                .col(instant_null("answered_at"))
                .check(Expr::cust("(team_id is null) <> (staff_id is null)"))
                .foreign_key(&mut part_of("case_task", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_task", "asked_by", "staff"))
                .foreign_key(&mut belongs_to("case_task", "team_id", "team"))
                .foreign_key(&mut belongs_to("case_task", "staff_id", "staff"))
                .foreign_key(&mut belongs_to("case_task", "answered_by", "staff"))
                .to_owned(),
            &[
                index("case_task", &["case_id"]),
                index("case_task", &["staff_id", "answered_at"]),
                index("case_task", &["team_id", "answered_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["case_task", "case_note"]).await
    }
}
