//! Forms that are being filled in, submissions in quarantine, and what reports may count.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, bytes, create_owned, date, drop_all, index, instant, instant_null, json, owned,
    reference, reference_null, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("intake_draft")
                .col(reference("form_version_id"))
                .col(text("secret_hash"))
                .col(bytes("sealed"))
                .col(reference_null("submission_id"))
                .col(instant("created_at"))
                .col(instant("expires_at"))
                .foreign_key(&mut belongs_to(
                    "intake_draft",
                    "form_version_id",
                    "form_version",
                ))
                .to_owned(),
            &[index("intake_draft", &["expires_at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("quarantine")
                .col(reference("submission_id"))
                .col(text("reference"))
                .col(json("reasons"))
                .col(text("state"))
                .col(instant("received_at"))
                .col(instant_null("due_at"))
                .col(instant("expires_at"))
                .col(reference_null("restored_by"))
                .col(instant_null("restored_at"))
                .col(json("later"))
                .foreign_key(&mut belongs_to("quarantine", "submission_id", "submission"))
                .foreign_key(&mut belongs_to("quarantine", "restored_by", "staff"))
                .to_owned(),
            &[
                unique("quarantine", &["submission_id"]),
                index("quarantine", &["state", "expires_at"]),
            ],
        )
        .await?;
        // No reference to the person or the submission: the rows outlive the answers they were counted from.
        create_owned(
            manager,
            owned("report_value")
                .col(reference("entry"))
                .col(text("form"))
                .col(text("field"))
                .col(text("measure"))
                .col(text("value"))
                .col(date("received_on"))
                .to_owned(),
            &[index("report_value", &["form", "field", "received_on"])],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &["report_value", "quarantine", "intake_draft"]).await
    }
}
