//! Invitations to give a grade after a case is closed, and the grades.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, drop_all, instant, instant_null, number, owned, part_of, reference,
    text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("score_invitation")
                .col(reference("case_id"))
                .col(text("code_hash"))
                .col(text("language"))
                .col(instant("invited_at"))
                .col(instant("expires_at"))
                .col(instant_null("answered_at"))
                .foreign_key(&mut part_of("score_invitation", "case_id", "case_file"))
                .to_owned(),
            &[
                unique("score_invitation", &["case_id"]),
                unique("score_invitation", &["code_hash"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("score")
                .col(reference("invitation_id"))
                .col(reference("case_id"))
                .col(number("grade"))
                .col(text("words"))
                .col(instant("answered_at"))
                .check(Expr::col("grade").between(1, 10))
                .foreign_key(&mut belongs_to(
                    "score",
                    "invitation_id",
                    "score_invitation",
                ))
                .foreign_key(&mut part_of("score", "case_id", "case_file"))
                .to_owned(),
            &[
                unique("score", &["invitation_id"]),
                unique("score", &["case_id"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["score", "score_invitation"]).await
    }
}
