//! An attention that still waited for a second pair of eyes when its year was closed lapsed: until now it was released like all others, and
//! its receipt could come in without anybody having agreed. And an index that finds a receipt that was handed in twice.
//!
//! Only where the row says what the chain says: the newest entry about its money is the release, and nobody agreed. The chain itself is not
//! touched; the proof takes a release for a lapse when nobody agreed. What was paid in the meantime stays paid, for somebody to look at.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{Statement, prelude::Uuid},
};

use crate::dialect::{enter, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

const LAPSE: &str = "update gift set status = 'lapsed' where tenant_id = $1 and status = 'released' and approver_id is null \
    and cast(approval_needed as text) <> '[]' \
    and 'release' = (select newest.kind from gift_ledger newest where newest.tenant_id = gift.tenant_id and newest.gift_id = gift.id \
        and newest.kind <> 'forgetting' order by newest.sequence desc limit 1)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on `SQLite` as well.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_index(index("gift_receipt", &["content_hash"]))
            .await?;
        let connection = manager.get_connection();
        let tenants = Query::select().column("id").from("tenant").to_owned();
        for row in connection.query_all(&tenants).await? {
            let tenant: Uuid = row.try_get("", "id")?;
            enter(manager, tenant).await?;
            let lapse = Statement::from_sql_and_values(
                manager.get_database_backend(),
                LAPSE,
                [tenant.into()],
            );
            connection.execute_raw(lapse).await?;
        }
        Ok(())
    }

    /// What lapsed stays: earlier programs do not know the word, and must not take it for something else.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("gift_receipt_content_hash")
                    .table("gift_receipt")
                    .to_owned(),
            )
            .await
    }
}
