//! What the queue is sorted out with: tags, saved views, what somebody prefers; and what messages are found by.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, drop_all, drop_full_text, full_text, index, instant, json,
    number, owned, part_of, reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("case_tag")
                .col(reference("case_id"))
                .col(text("tag"))
                .foreign_key(&mut part_of("case_tag", "case_id", "case_file"))
                .to_owned(),
            &[
                unique("case_tag", &["case_id", "tag"]),
                index("case_tag", &["tag", "case_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("saved_view")
                .col(reference_null("owner_id"))
                .col(text("name"))
                .col(json("filter"))
                .col(instant("created_at"))
                .foreign_key(&mut belongs_to("saved_view", "owner_id", "staff"))
                .to_owned(),
            &[index("saved_view", &["owner_id"])],
        )
        .await?;
        create_owned(
            manager,
            owned("desk_preference")
                .col(reference("staff_id"))
                .col(boolean("shortcuts"))
                .foreign_key(&mut belongs_to("desk_preference", "staff_id", "staff"))
                .to_owned(),
            &[unique("desk_preference", &["staff_id"])],
        )
        .await?;
        create_owned(
            manager,
            owned("case_search")
                .col(number("number"))
                .col(text("title"))
                .col(text("story"))
                .col(text("notes"))
                .col(text("person"))
                .col(text("names"))
                .col(text_null("phone"))
                .foreign_key(&mut part_of("case_search", "id", "case_file"))
                .to_owned(),
            &[
                unique("case_search", &["number"]),
                index("case_search", &["phone"]),
            ],
        )
        .await?;
        full_text(manager).await?;
        // Pauses are few among the events of clocks, and the queue asks for them on every page.
        manager
            .get_connection()
            .execute_unprepared(
                "create index clock_event_pauses on clock_event (tenant_id, clock_id) where kind = 'pause'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_full_text(manager).await?;
        manager
            .get_connection()
            .execute_unprepared("drop index clock_event_pauses")
            .await?;
        drop_all(
            manager,
            &["case_search", "desk_preference", "saved_view", "case_tag"],
        )
        .await
    }
}
