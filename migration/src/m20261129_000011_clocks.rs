//! Calendars, promises, and the clocks of cases with their events and alerts.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, append_only_but, belongs_to, create_owned, date_null, drop_all, index, instant,
    instant_null, json, json_null, number, owned, reference, reference_null, text, text_null,
    unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        calendars(manager).await?;
        clocks(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "deadline_feed",
                "clock_alert",
                "clock_event",
                "clock",
                "calendar_proposal",
                "service_rule_version",
                "calendar_version",
            ],
        )
        .await
    }
}

async fn calendars(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_owned(
        manager,
        owned("calendar_version")
            .col(text("kind"))
            .col(number("number"))
            .col(json("definition"))
            .col(reference_null("author_id"))
            .col(instant("created_at"))
            .foreign_key(&mut belongs_to("calendar_version", "author_id", "staff"))
            .to_owned(),
        &[unique("calendar_version", &["kind", "number"])],
    )
    .await?;
    append_only(manager, "calendar_version", "id = new.id").await?;
    create_owned(
        manager,
        owned("service_rule_version")
            .col(number("number"))
            .col(json("definition"))
            .col(reference_null("author_id"))
            .col(instant("created_at"))
            .col(date_null("starts_on"))
            .col(json_null("terms"))
            .foreign_key(&mut belongs_to(
                "service_rule_version",
                "author_id",
                "staff",
            ))
            .to_owned(),
        &[unique("service_rule_version", &["number"])],
    )
    .await?;
    append_only(manager, "service_rule_version", "id = new.id").await?;
    create_owned(
        manager,
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
        &[index("calendar_proposal", &["kind", "decision"])],
    )
    .await?;
    create_owned(
        manager,
        owned("deadline_feed")
            .col(reference("staff_id"))
            .col(text("scope"))
            .col(text("code_hash"))
            .col(instant("created_at"))
            .col(instant_null("revoked_at"))
            .foreign_key(&mut belongs_to("deadline_feed", "staff_id", "staff"))
            .to_owned(),
        &[
            unique("deadline_feed", &["code_hash"]),
            index("deadline_feed", &["staff_id"]),
        ],
    )
    .await?;
    Ok(())
}

async fn clocks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_owned(
        manager,
        owned("clock")
            .col(reference("case_id"))
            .col(text("kind"))
            .col(number("round"))
            .col(reference("calendar_version_id"))
            .col(reference_null("office_version_id"))
            .col(reference_null("rule_version_id"))
            .col(instant("started_at"))
            .col(instant_null("due_at"))
            .col(date_null("nominal_on"))
            .col(date_null("legal_on"))
            .col(date_null("safe_on"))
            .col(number("due_version"))
            .col(number("changes"))
            .col(instant_null("next_alert_at"))
            .col(text_null("level"))
            .col(text_null("agreed"))
            .col(instant_null("breached_at"))
            .col(instant_null("stopped_at"))
            .col(text_null("outcome"))
            .foreign_key(&mut belongs_to("clock", "case_id", "case_file"))
            .foreign_key(&mut belongs_to(
                "clock",
                "calendar_version_id",
                "calendar_version",
            ))
            .foreign_key(&mut belongs_to(
                "clock",
                "office_version_id",
                "calendar_version",
            ))
            .foreign_key(&mut belongs_to(
                "clock",
                "rule_version_id",
                "service_rule_version",
            ))
            .to_owned(),
        &[
            unique("clock", &["case_id", "kind", "round"]),
            index("clock", &["stopped_at", "id"]),
            index("clock", &["stopped_at", "next_alert_at"]),
            index("clock", &["kind", "due_at"]),
        ],
    )
    .await?;
    create_owned(
        manager,
        owned("clock_event")
            .col(reference("clock_id"))
            .col(text("kind"))
            .col(reference_null("actor_id"))
            .col(text_null("reason"))
            .col(instant("at"))
            .col(instant_null("due_before"))
            .col(instant_null("due_after"))
            .col(reference_null("calendar_version_id"))
            .col(json_null("details"))
            .foreign_key(&mut belongs_to("clock_event", "clock_id", "clock"))
            .foreign_key(&mut belongs_to("clock_event", "actor_id", "staff"))
            .to_owned(),
        &[index("clock_event", &["clock_id", "at"])],
    )
    .await?;
    let fixed = [
        "tenant_id",
        "id",
        "clock_id",
        "kind",
        "actor_id",
        "at",
        "due_before",
        "due_after",
        "calendar_version_id",
    ];
    append_only_but(manager, "clock_event", &fixed).await?;
    create_owned(
        manager,
        owned("clock_alert")
            .col(reference("clock_id"))
            .col(text("level"))
            .col(number("due_version"))
            .col(instant("at"))
            .col(instant("noticed_at"))
            .col(instant_null("told_at"))
            .foreign_key(&mut belongs_to("clock_alert", "clock_id", "clock"))
            .to_owned(),
        &[
            unique("clock_alert", &["clock_id", "level", "due_version"]),
            index("clock_alert", &["told_at", "at"]),
        ],
    )
    .await?;
    Ok(())
}
