//! A receipt that was checked before its amount was put right waits to be checked again: until now a correction left the check standing.
//!
//! Only where the row says what the chain says, so that nothing somebody tampered with becomes sound: the one who is named must be the one of
//! the newest check in the chain, and that check must be older than the newest correction. Anything else stays, and the proof of the ledger
//! goes on telling of it. The chain itself is not touched.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{Statement, prelude::Uuid},
};

use crate::dialect::enter;

#[derive(DeriveMigrationName)]
pub struct Migration;

const CLEAR: &str = "update gift set checker_id = null where tenant_id = $1 \
    and checker_id = (select checked.actor_id from gift_ledger checked \
        where checked.tenant_id = gift.tenant_id and checked.gift_id = gift.id and checked.kind = 'receiptCheck' \
        order by checked.sequence desc limit 1) \
    and (select max(checked.sequence) from gift_ledger checked \
        where checked.tenant_id = gift.tenant_id and checked.gift_id = gift.id and checked.kind = 'receiptCheck') \
      < (select max(corrected.sequence) from gift_ledger corrected \
        where corrected.tenant_id = gift.tenant_id and corrected.gift_id = gift.id and corrected.kind = 'correction')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on `SQLite` as well.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let tenants = Query::select().column("id").from("tenant").to_owned();
        for row in connection.query_all(&tenants).await? {
            let tenant: Uuid = row.try_get("", "id")?;
            enter(manager, tenant).await?;
            let clear = Statement::from_sql_and_values(
                manager.get_database_backend(),
                CLEAR,
                [tenant.into()],
            );
            connection.execute_raw(clear).await?;
        }
        Ok(())
    }

    /// The shape is the same before and after.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
