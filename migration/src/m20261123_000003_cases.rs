//! The desk: cases with their clocks and contact moments, gifts from a budget, and scores.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, drop_all, index, instant, instant_null, json, number, owned, protect,
    reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        cases(manager).await?;
        gifts(manager).await?;
        scores(manager).await?;
        for table in [
            "case_file",
            "case_event",
            "contact_moment",
            "clock",
            "clock_event",
            "gift_budget",
            "gift_entry",
            "score_invitation",
            "score",
        ] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "score",
                "score_invitation",
                "gift_entry",
                "gift_budget",
                "clock_event",
                "clock",
                "contact_moment",
                "case_event",
                "case_file",
            ],
        )
        .await
    }
}

async fn cases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("case_file")
                .col(text("reference"))
                .col(reference("submission_id"))
                .col(text("kind"))
                .col(text("title"))
                .col(text("story"))
                .col(text_null("place"))
                .col(text("preference"))
                .col(json("call_times"))
                .col(text_null("contact_name"))
                .col(text_null("contact_phone"))
                .col(text_null("contact_phone_e164"))
                .col(text_null("contact_email"))
                .col(text("language"))
                .col(text("status"))
                .col(reference_null("assignee_id"))
                .col(text_null("outcome"))
                .col(text_null("outcome_note"))
                .col(instant("received_at"))
                .col(instant_null("due_at"))
                .col(instant_null("contacted_at"))
                .col(instant_null("closed_at"))
                .col(number("version"))
                .foreign_key(&mut belongs_to("case_file", "submission_id", "submission"))
                .foreign_key(&mut belongs_to("case_file", "assignee_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("case_file", &["reference"]))
        .await?;
    manager
        .create_index(unique("case_file", &["submission_id"]))
        .await?;
    manager
        .create_index(index("case_file", &["status", "due_at", "id"]))
        .await?;
    manager
        .create_table(
            owned("case_event")
                .col(reference("case_id"))
                .col(text("kind"))
                .col(reference_null("actor_id"))
                .col(json("details"))
                .col(instant("at"))
                .foreign_key(&mut belongs_to("case_event", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_event", "actor_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("case_event", &["case_id", "at"]))
        .await?;
    manager
        .create_table(
            owned("contact_moment")
                .col(reference("case_id"))
                .col(reference("staff_id"))
                .col(text("result"))
                .col(text("note"))
                .col(instant("at"))
                .foreign_key(&mut belongs_to("contact_moment", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("contact_moment", "staff_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("contact_moment", &["case_id", "at"]))
        .await?;
    manager
        .create_table(
            owned("clock")
                .col(reference("case_id"))
                .col(text("kind"))
                .col(reference("calendar_version_id"))
                .col(reference("rule_version_id"))
                .col(instant("started_at"))
                .col(instant("due_at"))
                .col(instant_null("stopped_at"))
                .foreign_key(&mut belongs_to("clock", "case_id", "case_file"))
                .foreign_key(&mut belongs_to(
                    "clock",
                    "calendar_version_id",
                    "calendar_version",
                ))
                .foreign_key(&mut belongs_to(
                    "clock",
                    "rule_version_id",
                    "service_rule_version",
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("clock", &["case_id", "kind"]))
        .await?;
    manager
        .create_table(
            owned("clock_event")
                .col(reference("clock_id"))
                .col(text("kind"))
                .col(reference_null("actor_id"))
                .col(text_null("reason"))
                .col(instant("at"))
                .foreign_key(&mut belongs_to("clock_event", "clock_id", "clock"))
                .foreign_key(&mut belongs_to("clock_event", "actor_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("clock_event", &["clock_id", "at"]))
        .await?;
    append_only(manager, "clock_event").await
}

async fn gifts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("gift_budget")
                .col(text("name"))
                .col(number("year"))
                .col(number("allocated_cents"))
                .col(number("balance_cents"))
                .col(number("cap_cents"))
                .col(instant("created_at"))
                .check(Expr::col("balance_cents").gte(0))
                .check(Expr::col("balance_cents").lte(Expr::col("allocated_cents")))
                .check(Expr::col("cap_cents").gt(0))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("gift_budget", &["name", "year"]))
        .await?;
    manager
        .create_table(
            owned("gift_entry")
                .col(reference("budget_id"))
                .col(reference_null("case_id"))
                .col(reference_null("staff_id"))
                .col(text("kind"))
                .col(number("amount_cents"))
                .col(number("balance_cents"))
                .col(text("description"))
                .col(text("reason"))
                .col(instant("at"))
                .check(Expr::col("balance_cents").gte(0))
                .foreign_key(&mut belongs_to("gift_entry", "budget_id", "gift_budget"))
                .foreign_key(&mut belongs_to("gift_entry", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("gift_entry", "staff_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("gift_entry", &["budget_id", "at"]))
        .await?;
    manager
        .create_index(index("gift_entry", &["case_id"]))
        .await?;
    append_only(manager, "gift_entry").await
}

async fn scores(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("score_invitation")
                .col(reference("case_id"))
                .col(text("code_hash"))
                .col(text("language"))
                .col(instant("invited_at"))
                .col(instant("expires_at"))
                .col(instant_null("answered_at"))
                .foreign_key(&mut belongs_to("score_invitation", "case_id", "case_file"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("score_invitation", &["case_id"]))
        .await?;
    manager
        .create_index(unique("score_invitation", &["code_hash"]))
        .await?;
    manager
        .create_table(
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
                .foreign_key(&mut belongs_to("score", "case_id", "case_file"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("score", &["invitation_id"]))
        .await?;
    manager.create_index(unique("score", &["case_id"])).await
}
