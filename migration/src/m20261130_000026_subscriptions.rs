//! Subscriptions: the plan of each municipality with what it uses, the codes it serves, and public requests; all shared.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    create_shared, date, drop_all, instant, instant_null, number, number_null, reference,
    reference_null, text, text_null, to_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut subscription = Table::create();
        subscription
            .table("subscription")
            .col(ColumnDef::new("owner").uuid().not_null().primary_key())
            .col(text("plan"))
            .col(date("day"))
            .col(instant_null("active_at"))
            .foreign_key(&mut to_tenant("subscription"));
        for measure in ["people", "storage", "messages", "mails"] {
            subscription
                .col(number(measure))
                .col(number_null(match measure {
                    "people" => "own_people",
                    "storage" => "own_storage",
                    "messages" => "own_messages",
                    _ => "own_mails",
                }))
                .col(number(match measure {
                    "people" => "warned_people",
                    "storage" => "warned_storage",
                    "messages" => "warned_messages",
                    _ => "warned_mails",
                }));
        }
        create_shared(manager, subscription, &[]).await?;
        create_shared(
            manager,
            Table::create()
                .table("served_municipality")
                .col(text("code").primary_key())
                .col(reference("owner"))
                .foreign_key(&mut to_tenant("served_municipality"))
                .to_owned(),
            &[Index::create()
                .name("served_municipality_owner_list")
                .table("served_municipality")
                .col("owner")
                .to_owned()],
        )
        .await?;
        create_shared(
            manager,
            Table::create()
                .table("subscription_request")
                .col(ColumnDef::new("id").uuid().not_null().primary_key())
                .col(reference("owner"))
                .col(text("code"))
                .col(text("slug"))
                .col(text("name"))
                .col(text("job_title"))
                .col(text("email"))
                .col(text("phone"))
                .col(text("plan"))
                .col(text("remarks"))
                .col(text("language"))
                .col(text("status"))
                .col(text("secret_hash").unique_key())
                .col(instant("asked_at"))
                .col(instant_null("confirmed_at"))
                .col(instant_null("decided_at"))
                .col(reference_null("decided_by"))
                .col(text_null("reason"))
                .foreign_key(&mut to_tenant("subscription_request"))
                .to_owned(),
            &[Index::create()
                .name("subscription_request_status")
                .table("subscription_request")
                .col("status")
                .col("asked_at")
                .to_owned()],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "subscription_request",
                "served_municipality",
                "subscription",
            ],
        )
        .await
    }
}
