//! Municipalities, their people and their sign-ins; the job queue and the audit trail that everything else writes to.

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
        manager
            .create_table(
                Table::create()
                    .table("tenant")
                    .col(ColumnDef::new("id").uuid().not_null().primary_key())
                    .col(text("kind"))
                    .col(text("slug").unique_key())
                    .col(text("name"))
                    .col(text("time_zone"))
                    .col(json("languages"))
                    .col(json("style"))
                    .col(json("contact"))
                    .col(instant("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("tenant_host")
                    .col(text("host").primary_key())
                    .col(reference("owner"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("tenant_host_owner")
                            .from("tenant_host", "owner")
                            .to("tenant", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("job")
                    .col(ColumnDef::new("id").uuid().not_null().primary_key())
                    .col(reference("owner"))
                    .col(text("kind"))
                    .col(json("payload"))
                    .col(text("state"))
                    .col(instant("run_at"))
                    .col(number("attempts"))
                    .col(instant_null("leased_until"))
                    .col(text_null("last_error"))
                    .col(instant("created_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("job_owner")
                            .from("job", "owner")
                            .to("tenant", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("job_ready")
                    .table("job")
                    .col("state")
                    .col("run_at")
                    .to_owned(),
            )
            .await?;

        manager
            .create_table(
                owned("staff")
                    .col(text("email"))
                    .col(text("name"))
                    .col(text("password_hash"))
                    .col(json("roles"))
                    .col(ColumnDef::new("active").boolean().not_null())
                    .col(instant("created_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique("staff", &["email"])).await?;
        manager
            .create_table(
                owned("session")
                    .col(reference("staff_id"))
                    .col(text("kind"))
                    .col(text("secret_hash"))
                    .col(text_null("previous_hash"))
                    .col(instant("created_at"))
                    .col(instant("last_seen_at"))
                    .col(instant("expires_at"))
                    .foreign_key(&mut belongs_to("session", "staff_id", "staff"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("session", &["staff_id"]))
            .await?;
        manager
            .create_table(
                owned("sign_in_failure")
                    .col(text("account_hash"))
                    .col(text("address_hash"))
                    .col(instant("failed_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("sign_in_failure", &["account_hash", "failed_at"]))
            .await?;
        manager
            .create_index(index("sign_in_failure", &["address_hash", "failed_at"]))
            .await?;
        manager
            .create_table(
                owned("idempotency")
                    .col(text("operation"))
                    .col(text("key_hash"))
                    .col(text("request_hash"))
                    .col(text_null("answer"))
                    .col(instant("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique("idempotency", &["operation", "key_hash"]))
            .await?;
        manager
            .create_table(
                owned("audit_entry")
                    .col(instant("at"))
                    .col(reference_null("actor_id"))
                    .col(text("action"))
                    .col(text("object_kind"))
                    .col(reference_null("object_id"))
                    .col(json("details"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("audit_entry", &["at"])).await?;
        append_only(manager, "audit_entry").await?;
        manager
            .create_table(
                owned("mail")
                    .col(text("kind"))
                    .col(text("recipient"))
                    .col(text("subject"))
                    .col(text("body"))
                    .col(text("language"))
                    .col(text("message_id"))
                    .col(instant("created_at"))
                    .col(instant_null("sent_at"))
                    .col(instant_null("refused_at"))
                    .to_owned(),
            )
            .await?;
        for table in [
            "staff",
            "session",
            "sign_in_failure",
            "idempotency",
            "audit_entry",
            "mail",
        ] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "mail",
                "audit_entry",
                "idempotency",
                "sign_in_failure",
                "session",
                "staff",
                "job",
                "tenant_host",
                "tenant",
            ],
        )
        .await
    }
}
