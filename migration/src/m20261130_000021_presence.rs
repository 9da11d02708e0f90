//! Who looks at a case just now, and what somebody typed there and did not send yet, or sent too late.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, bytes, create_owned, drop_all, index, instant, json, owned, part_of, reference,
    text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("case_presence")
                .col(reference("case_id"))
                .col(reference("staff_id"))
                .col(text("doing"))
                .col(instant("seen_at"))
                .foreign_key(&mut part_of("case_presence", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_presence", "staff_id", "staff"))
                .to_owned(),
            &[
                unique("case_presence", &["case_id", "staff_id"]),
                index("case_presence", &["staff_id"]),
                index("case_presence", &["seen_at"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("case_unsent")
                .col(reference("case_id"))
                .col(reference("staff_id"))
                .col(text("form"))
                .col(json("fields"))
                .col(instant("saved_at"))
                .foreign_key(&mut part_of("case_unsent", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_unsent", "staff_id", "staff"))
                .to_owned(),
            &[
                unique("case_unsent", &["case_id", "staff_id", "form"]),
                index("case_unsent", &["staff_id", "saved_at"]),
                index("case_unsent", &["saved_at"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("kept_post")
                .col(reference("staff_id"))
                .col(text("secret_hash"))
                .col(bytes("sealed"))
                .col(instant("kept_at"))
                .foreign_key(&mut belongs_to("kept_post", "staff_id", "staff"))
                .to_owned(),
            &[
                index("kept_post", &["staff_id", "kept_at"]),
                index("kept_post", &["kept_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["kept_post", "case_unsent", "case_presence"]).await
    }
}
