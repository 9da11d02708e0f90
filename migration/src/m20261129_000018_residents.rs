//! Changes of how residents are reached, until they are confirmed.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    create_owned, drop_all, index, instant, instant_null, owned, part_of, reference, text,
    text_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("contact_change")
                .col(reference("case_id"))
                .col(text("field"))
                .col(text("value"))
                .col(text_null("value_e164"))
                .col(text_null("old_hash"))
                .col(text_null("new_hash"))
                .col(instant_null("old_confirmed_at"))
                .col(instant_null("new_confirmed_at"))
                .col(instant("asked_at"))
                .col(instant("expires_at"))
                .foreign_key(&mut part_of("contact_change", "case_id", "case_file"))
                .to_owned(),
            &[
                index("contact_change", &["case_id"]),
                index("contact_change", &["old_hash"]),
                index("contact_change", &["new_hash"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["contact_change"]).await
    }
}
