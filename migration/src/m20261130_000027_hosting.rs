//! Hosts that municipalities ask for, and which municipalities have something due.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    create_shared, drop_all, forgets_due, instant, instant_null, listed, notes_due, reference,
    text, text_null, to_tenant,
};

/// Tables with rows that fall due: kind of work, table, column with the instant, and the condition on a row under which it still counts.
const DUE: [(&str, &str, &str, &str); 4] = [
    (
        "alerts",
        "clock",
        "next_alert_at",
        "{row}.stopped_at is null",
    ),
    ("drafts", "intake_draft", "expires_at", "true"),
    (
        "drafts",
        "intake_file",
        "expires_at",
        "{row}.submission_id is null",
    ),
    (
        "scans",
        "intake_file",
        "asked_at",
        "{row}.submission_id is not null and {row}.state = 'unchecked'",
    ),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(listed("tenant", &["state"])).await?;
        create_shared(
            manager,
            Table::create()
                .table("host_claim")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("host"))
                .col(text("code"))
                .col(instant("created_at"))
                .col(instant_null("checked_at"))
                .col(text_null("finding"))
                .foreign_key(&mut to_tenant("host_claim"))
                .to_owned(),
            &[
                listed("host_claim", &["owner", "host"]).unique().to_owned(),
                listed("host_claim", &["created_at"]),
            ],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("due_work")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("kind"))
                .col(instant("at"))
                .foreign_key(&mut to_tenant("due_work"))
                .to_owned(),
            &[listed("due_work", &["kind", "at"])],
        )
        .await?;
        for (kind, table, column, condition) in DUE {
            notes_due(manager, kind, table, column, condition).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (kind, table, _, _) in DUE {
            forgets_due(manager, kind, table).await?;
        }
        drop_all(manager, &["due_work", "host_claim"]).await?;
        manager
            .drop_index(
                Index::drop()
                    .name("tenant_state")
                    .table("tenant")
                    .to_owned(),
            )
            .await
    }
}
