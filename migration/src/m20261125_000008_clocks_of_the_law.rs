//! Clocks of every kind: those of the law beside the promises, with pauses, adjournments, warnings, proposals for the calendar of the
//! law, and secret addresses of feeds.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::dialect::{
    append_only, belongs_to, drop_all, index, instant, instant_null, json, number, owned, protect,
    reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns that both shapes of `clock` have, in the order in which they are copied.
const CLOCK: &str = "tenant_id, id, case_id, kind, calendar_version_id, rule_version_id, started_at, due_at, stopped_at";
/// Columns that both shapes of `clock_event` have.
const EVENT: &str = "tenant_id, id, clock_id, kind, actor_id, reason, at, due_before, due_after, calendar_version_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        unwall(manager).await?;
        manager.create_table(clocks("clock_next")).await?;
        // A clock that stopped kept its promise or was late; that never depended on anything else.
        run(
            manager,
            &format!(
                "insert into clock_next ({CLOCK}, round, due_version, changes, outcome) select {CLOCK}, 1, 1, 0, \
                 case when stopped_at is null then null when stopped_at <= due_at then 'kept' else 'late' end from clock"
            ),
        )
        .await?;
        manager
            .create_table(events("clock_event_next", "clock_next"))
            .await?;
        run(
            manager,
            &format!("insert into clock_event_next ({EVENT}) select {EVENT} from clock_event"),
        )
        .await?;
        replace(manager).await?;
        manager
            .create_index(unique("clock", &["case_id", "kind", "round"]))
            .await?;
        manager
            .create_index(index("clock", &["stopped_at", "id"]))
            .await?;
        manager
            .create_index(index("clock", &["stopped_at", "next_alert_at"]))
            .await?;
        manager
            .create_index(index("clock_event", &["clock_id", "at"]))
            .await?;
        append_only(manager, "clock_event").await?;
        protect(manager, "clock").await?;
        protect(manager, "clock_event").await?;
        manager
            .alter_table(
                Table::alter()
                    .table("service_rule_version")
                    .add_column(ColumnDef::new("terms").json_binary())
                    .to_owned(),
            )
            .await?;
        alerts(manager).await?;
        proposals(manager).await?;
        feeds(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &["deadline_feed", "calendar_proposal", "clock_alert"],
        )
        .await?;
        manager
            .alter_table(
                Table::alter()
                    .table("service_rule_version")
                    .drop_column("terms")
                    .to_owned(),
            )
            .await?;
        unwall(manager).await?;
        manager.create_table(old_clocks("clock_next")).await?;
        // The older shape knows the callback clock alone.
        run(
            manager,
            &format!(
                "insert into clock_next ({CLOCK}) select {CLOCK} from clock where kind = 'callback' and round = 1"
            ),
        )
        .await?;
        manager
            .create_table(old_events("clock_event_next", "clock_next"))
            .await?;
        run(
            manager,
            &format!(
                "insert into clock_event_next ({EVENT}) select {EVENT} from clock_event \
                 where clock_id in (select id from clock_next)"
            ),
        )
        .await?;
        replace(manager).await?;
        manager
            .create_index(unique("clock", &["case_id", "kind"]))
            .await?;
        manager
            .create_index(index("clock", &["stopped_at", "id"]))
            .await?;
        manager
            .create_index(index("clock_event", &["clock_id", "at"]))
            .await?;
        append_only(manager, "clock_event").await?;
        protect(manager, "clock").await?;
        protect(manager, "clock_event").await
    }
}

async fn run(manager: &SchemaManager<'_>, statement: &str) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(statement)
        .await?;
    Ok(())
}

/// Row-level security binds the owner as well; the tables that are copied here are dropped right after.
async fn unwall(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        for table in ["clock", "clock_event"] {
            run(
                manager,
                &format!("alter table {table} no force row level security"),
            )
            .await?;
        }
    }
    Ok(())
}

/// Puts the new tables in the place of the old ones. `SQLite` cannot change a column, and drops its triggers with the table.
async fn replace(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    drop_all(manager, &["clock_event", "clock"]).await?;
    for (from, to) in [("clock_next", "clock"), ("clock_event_next", "clock_event")] {
        manager
            .rename_table(Table::rename().table(from, to).to_owned())
            .await?;
    }
    Ok(())
}

fn clocks(table: &'static str) -> TableCreateStatement {
    owned(table)
        .col(reference("case_id"))
        .col(text("kind"))
        .col(number("round"))
        .col(reference("calendar_version_id"))
        .col(reference_null("office_version_id"))
        .col(reference_null("rule_version_id"))
        .col(instant("started_at"))
        .col(instant_null("due_at"))
        .col(ColumnDef::new("nominal_on").date())
        .col(ColumnDef::new("legal_on").date())
        .col(ColumnDef::new("safe_on").date())
        .col(number("due_version"))
        .col(number("changes"))
        .col(instant_null("next_alert_at"))
        .col(text_null("level"))
        .col(instant_null("breached_at"))
        .col(instant_null("stopped_at"))
        .col(text_null("outcome"))
        .foreign_key(&mut belongs_to(table, "case_id", "case_file"))
        .foreign_key(&mut belongs_to(
            table,
            "calendar_version_id",
            "calendar_version",
        ))
        .foreign_key(&mut belongs_to(
            table,
            "office_version_id",
            "calendar_version",
        ))
        .foreign_key(&mut belongs_to(
            table,
            "rule_version_id",
            "service_rule_version",
        ))
        .to_owned()
}

fn events(table: &'static str, parent: &'static str) -> TableCreateStatement {
    old_events(table, parent)
        .col(ColumnDef::new("details").json_binary())
        .to_owned()
}

fn old_clocks(table: &'static str) -> TableCreateStatement {
    owned(table)
        .col(reference("case_id"))
        .col(text("kind"))
        .col(reference("calendar_version_id"))
        .col(reference("rule_version_id"))
        .col(instant("started_at"))
        .col(instant("due_at"))
        .col(instant_null("stopped_at"))
        .foreign_key(&mut belongs_to(table, "case_id", "case_file"))
        .foreign_key(&mut belongs_to(
            table,
            "calendar_version_id",
            "calendar_version",
        ))
        .foreign_key(&mut belongs_to(
            table,
            "rule_version_id",
            "service_rule_version",
        ))
        .to_owned()
}

fn old_events(table: &'static str, parent: &'static str) -> TableCreateStatement {
    owned(table)
        .col(reference("clock_id"))
        .col(text("kind"))
        .col(reference_null("actor_id"))
        .col(text_null("reason"))
        .col(instant("at"))
        .col(instant_null("due_before"))
        .col(instant_null("due_after"))
        .col(reference_null("calendar_version_id"))
        .foreign_key(&mut belongs_to(table, "clock_id", parent))
        .foreign_key(&mut belongs_to(table, "actor_id", "staff"))
        .to_owned()
}

async fn alerts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("clock_alert")
                .col(reference("clock_id"))
                .col(text("level"))
                .col(number("due_version"))
                .col(instant("at"))
                .col(instant("noticed_at"))
                .col(instant_null("told_at"))
                .foreign_key(&mut belongs_to("clock_alert", "clock_id", "clock"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("clock_alert", &["clock_id", "level", "due_version"]))
        .await?;
    manager
        .create_index(index("clock_alert", &["told_at", "at"]))
        .await?;
    protect(manager, "clock_alert").await
}

async fn proposals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("calendar_proposal")
                .col(text("kind"))
                .col(number("base_number"))
                .col(json("definition"))
                .col(text("reason"))
                .col(reference("author_id"))
                .col(instant("created_at"))
                .col(text_null("decision"))
                .col(reference_null("decided_by"))
                .col(instant_null("decided_at"))
                .foreign_key(&mut belongs_to("calendar_proposal", "author_id", "staff"))
                .foreign_key(&mut belongs_to("calendar_proposal", "decided_by", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("calendar_proposal", &["kind", "decision"]))
        .await?;
    protect(manager, "calendar_proposal").await
}

async fn feeds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("deadline_feed")
                .col(reference("staff_id"))
                .col(text("scope"))
                .col(text("code_hash"))
                .col(instant("created_at"))
                .col(instant_null("revoked_at"))
                .foreign_key(&mut belongs_to("deadline_feed", "staff_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("deadline_feed", &["code_hash"]))
        .await?;
    manager
        .create_index(index("deadline_feed", &["staff_id"]))
        .await?;
    protect(manager, "deadline_feed").await
}
