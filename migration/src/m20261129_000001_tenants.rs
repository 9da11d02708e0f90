//! Organisations, their staff, and how staff sign in.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, create_shared, drop_all, index, instant, instant_null, json,
    json_null, number, owned, reference, text, text_null, to_tenant, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_shared(
            manager,
            Table::create()
                .table("tenant")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(text("kind"))
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(text("time_zone"))
                .col(json("languages"))
                .col(json("style"))
                .col(json_null("style_next"))
                .col(instant_null("style_next_at"))
                .col(json("texts"))
                .col(boolean("shows_measures"))
                .col(json("contact"))
                .col(text("state"))
                .col(instant("state_since"))
                .col(text_null("state_reason"))
                .col(instant("created_at"))
                .to_owned(),
            &[],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("tenant_host")
                .col(text("host").primary_key())
                .col(reference("owner"))
                .col(number("position"))
                .foreign_key(&mut to_tenant("tenant_host"))
                .to_owned(),
            &[],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("installation")
                .col(text("name").primary_key())
                .col(text("value"))
                .to_owned(),
            &[],
        )
        .await?;
        create_owned(
            manager,
            owned("staff")
                .col(text("email"))
                .col(text("name"))
                .col(text("password_hash"))
                .col(json("roles"))
                .col(boolean("active"))
                .col(instant("created_at"))
                .col(text_null("language"))
                .col(number("unread_notices"))
                .to_owned(),
            &[unique("staff", &["email"])],
        )
        .await?;
        create_owned(
            manager,
            owned("session")
                .col(reference("staff_id"))
                .col(text("kind"))
                .col(text("secret_hash"))
                .col(instant("created_at"))
                .col(instant("last_seen_at"))
                .col(instant("expires_at"))
                .foreign_key(&mut belongs_to("session", "staff_id", "staff"))
                .to_owned(),
            &[index("session", &["staff_id"])],
        )
        .await?;
        create_owned(
            manager,
            owned("sign_in_failure")
                .col(text("account_hash"))
                .col(text("address_hash"))
                .col(instant("failed_at"))
                .to_owned(),
            &[
                index("sign_in_failure", &["account_hash", "failed_at"]),
                index("sign_in_failure", &["address_hash", "failed_at"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("password_link")
                .col(reference("staff_id"))
                .col(text("purpose"))
                .col(text("code_hash"))
                .col(instant("created_at"))
                .col(instant("expires_at"))
                .col(instant_null("used_at"))
                .foreign_key(&mut belongs_to("password_link", "staff_id", "staff"))
                .to_owned(),
            &[
                unique("password_link", &["code_hash"]),
                index("password_link", &["staff_id", "created_at"]),
            ],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "password_link",
                "sign_in_failure",
                "session",
                "staff",
                "installation",
                "tenant_host",
                "tenant",
            ],
        )
        .await
    }
}
