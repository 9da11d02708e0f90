//! Cases, their timeline, contact with the resident, merges, and categories.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, boolean, create_owned, drop_all, index, instant, instant_null, json,
    json_null, number, owned, part_of, reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_workflows(manager).await?;
        create_owned(
            manager,
            owned("case_file")
                .col(text("reference"))
                .col(reference("submission_id"))
                .col(text("kind"))
                .col(text_null("kind_code"))
                .col(reference_null("workflow_version_id"))
                .col(text_null("state"))
                .col(text_null("category"))
                .col(text("title"))
                .col(text("story"))
                .col(text_null("place"))
                .col(text("preference"))
                .col(json("call_times"))
                .col(text_null("contact_name"))
                .col(text_null("contact_phone"))
                .col(text_null("contact_phone_e164"))
                .col(text_null("contact_email"))
                .col(instant_null("email_bounced_at"))
                .col(text("language"))
                .col(text("status"))
                .col(reference_null("team_id"))
                .col(reference_null("assignee_id"))
                .col(reference_null("origin_id"))
                .col(text_null("outcome"))
                .col(text_null("outcome_note"))
                .col(instant("received_at"))
                .col(instant_null("due_at"))
                .col(instant_null("contacted_at"))
                .col(instant_null("closed_at"))
                .col(number("version"))
                .col(instant_null("erase_at"))
                .col(instant_null("erased_at"))
                .foreign_key(&mut belongs_to("case_file", "submission_id", "submission"))
                .foreign_key(&mut belongs_to(
                    "case_file",
                    "workflow_version_id",
                    "workflow_version",
                ))
                .foreign_key(&mut belongs_to("case_file", "team_id", "team"))
                .foreign_key(&mut belongs_to("case_file", "assignee_id", "staff"))
                .foreign_key(&mut part_of("case_file", "origin_id", "case_file"))
                .to_owned(),
            &[
                unique("case_file", &["reference"]),
                unique("case_file", &["submission_id"]),
                index("case_file", &["status", "due_at", "id"]),
                index("case_file", &["state", "due_at", "id"]),
                index("case_file", &["erased_at", "erase_at"]),
                index("case_file", &["contact_phone_e164"]),
                index("case_file", &["contact_email"]),
                index("case_file", &["origin_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("case_subject")
                .col(reference("case_id"))
                .col(reference_null("staff_id"))
                .col(reference_null("team_id"))
                .col(reference_null("added_by"))
                .col(instant("added_at"))
                .col(reference_null("lifted_by"))
                .col(text("lifted_reason"))
                .col(instant_null("lifted_at"))
                .check(Expr::cust("(staff_id is null) <> (team_id is null)"))
                .foreign_key(&mut part_of("case_subject", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_subject", "staff_id", "staff"))
                .foreign_key(&mut belongs_to("case_subject", "team_id", "team"))
                .to_owned(),
            &[
                index("case_subject", &["case_id"]),
                index("case_subject", &["staff_id"]),
                index("case_subject", &["team_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("case_event")
                .col(reference("case_id"))
                .col(text("kind"))
                .col(reference_null("actor_id"))
                .col(json("details"))
                .col(instant("at"))
                .foreign_key(&mut part_of("case_event", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("case_event", "actor_id", "staff"))
                .to_owned(),
            &[index("case_event", &["case_id", "at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("contact_moment")
                .col(reference("case_id"))
                .col(reference("staff_id"))
                .col(text("result"))
                .col(text("note"))
                .col(text("wish"))
                .col(instant_null("call_at"))
                .col(instant("at"))
                .foreign_key(&mut part_of("contact_moment", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("contact_moment", "staff_id", "staff"))
                .to_owned(),
            &[index("contact_moment", &["case_id", "at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("case_merge")
                .col(reference("merged_id"))
                .col(reference("target_id"))
                .col(text("status_before"))
                .col(text("reason"))
                .col(reference("merged_by"))
                .col(instant("merged_at"))
                .check(Expr::col("merged_id").ne(Expr::col("target_id")))
                .foreign_key(&mut part_of("case_merge", "merged_id", "case_file"))
                .foreign_key(&mut part_of("case_merge", "target_id", "case_file"))
                .foreign_key(&mut belongs_to("case_merge", "merged_by", "staff"))
                .to_owned(),
            &[
                unique("case_merge", &["merged_id"]),
                index("case_merge", &["target_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("case_category")
                .col(text("key"))
                .col(text("label_nl"))
                .col(text("label_en"))
                .col(text_null("parent"))
                .col(reference_null("team_id"))
                .col(boolean("active"))
                .col(instant("created_at"))
                .foreign_key(&mut belongs_to("case_category", "team_id", "team"))
                .to_owned(),
            &[unique("case_category", &["key"])],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "case_category",
                "case_merge",
                "contact_moment",
                "case_event",
                "case_subject",
                "case_file",
                "case_kind",
                "workflow_version",
            ],
        )
        .await
    }
}

/// Kinds of messages and the workflows they go by.
async fn create_workflows(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_owned(
        manager,
        owned("workflow_version")
            .col(text("kind_code"))
            .col(number("number"))
            .col(json("definition"))
            .col(text("note"))
            .col(reference_null("author_id"))
            .col(instant("published_at"))
            .foreign_key(&mut belongs_to("workflow_version", "author_id", "staff"))
            .to_owned(),
        &[unique("workflow_version", &["kind_code", "number"])],
    )
    .await?;
    append_only(manager, "workflow_version", "id = new.id").await?;
    create_owned(
        manager,
        owned("case_kind")
            .col(text("code"))
            .col(text("label_nl"))
            .col(text("label_en"))
            .col(text("nature"))
            .col(boolean("formal"))
            .col(boolean("active"))
            .col(json_null("draft"))
            .col(number("revision"))
            .col(reference_null("version_id"))
            .col(text_null("start_state"))
            .col(instant("created_at"))
            .foreign_key(&mut belongs_to(
                "case_kind",
                "version_id",
                "workflow_version",
            ))
            .to_owned(),
        &[unique("case_kind", &["code"])],
    )
    .await
}
