//! Until when a receipt would have had to be in, reckoned from the asking, for attentions that waited for a second pair of eyes: since then
//! the days are reckoned from the approval, and what the reservation vouches for has to stay.
//!
//! By which rules an attention was judged stands with it, so that rules that were changed behind the walls are found. An index over money
//! that was moved, for the proof that both sides of it stand there. And `SQLite` no longer lets `insert or replace` take the place of a row
//! that may not change: replacing removes without the triggers that refuse to remove.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::dialect::{instant_null, number_null, run, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Append-only tables, with what makes a row the only one.
const KEPT: [(&str, &str); 9] = [
    ("audit_entry", "id = new.id"),
    ("calendar_version", "id = new.id"),
    ("clock_event", "id = new.id"),
    ("form_version", "id = new.id"),
    ("form_withdrawal", "id = new.id"),
    ("service_rule_version", "id = new.id"),
    ("gift_rules_version", "id = new.id or number = new.number"),
    ("gift_receipt", "id = new.id"),
    (
        "gift_ledger",
        "id = new.id or (budget_id = new.budget_id and sequence = new.sequence)",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            instant_null("first_due_at"),
            number_null("rules_number"),
            text_null("rules_hash"),
        ] {
            manager
                .alter_table(Table::alter().table("gift").add_column(column).to_owned())
                .await?;
        }
        run(
            manager,
            &[
                "create index gift_ledger_moved on gift_ledger (tenant_id, other_budget_id) where other_budget_id is not null"
                    .to_owned(),
            ],
        )
        .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            return Ok(());
        }
        let triggers = KEPT.map(|(table, same)| {
            format!(
                "create trigger append_only_{table}_replace before insert on {table} \
                 when exists (select 1 from {table} where tenant_id is new.tenant_id and ({same})) \
                 begin select raise(abort, 'UNIQUE constraint failed: append only: replacing of {table} refused'); end"
            )
        });
        run(manager, &triggers).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            let triggers =
                KEPT.map(|(table, _)| format!("drop trigger append_only_{table}_replace"));
            run(manager, &triggers).await?;
        }
        run(manager, &["drop index gift_ledger_moved".to_owned()]).await?;
        for column in ["first_due_at", "rules_number", "rules_hash"] {
            manager
                .alter_table(Table::alter().table("gift").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
