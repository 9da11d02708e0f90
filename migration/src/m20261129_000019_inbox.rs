//! Notices for staff.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, create_owned, drop_all, index, instant, instant_null, owned, part_of, reference,
    reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("notice")
                .col(reference("staff_id"))
                .col(text("kind"))
                .col(reference_null("case_id"))
                .col(text("label"))
                .col(text("path"))
                .col(instant("created_at"))
                .col(instant_null("read_at"))
                .col(instant_null("mailed_at"))
                .foreign_key(&mut belongs_to("notice", "staff_id", "staff"))
                .foreign_key(&mut part_of("notice", "case_id", "case_file"))
                .to_owned(),
            &[
                index("notice", &["staff_id", "created_at"]),
                index("notice", &["staff_id", "read_at"]),
                index("notice", &["created_at"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("notice_choice")
                .col(reference("staff_id"))
                .col(text("kind"))
                .col(text("way"))
                .foreign_key(&mut belongs_to("notice_choice", "staff_id", "staff"))
                .to_owned(),
            &[unique("notice_choice", &["staff_id", "kind"])],
        )
        .await?;
        create_owned(
            manager,
            owned("notice_quiet")
                .col(reference("staff_id"))
                .col(text("begins"))
                .col(text("ends"))
                .foreign_key(&mut belongs_to("notice_quiet", "staff_id", "staff"))
                .to_owned(),
            &[unique("notice_quiet", &["staff_id"])],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["notice_quiet", "notice_choice", "notice"]).await
    }
}
