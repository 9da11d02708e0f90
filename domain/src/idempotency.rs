//! One effect per `Idempotency-Key`: a program that sends again after a broken line gets the first answer again.
//!
//! The answer is sealed with the key itself, because it may hold codes that the database otherwise knows only as hashes.

use chrono::TimeDelta;
use data_encoding::BASE64;
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{
    TenantTx,
    secret::{self, Sealer},
    tenant_owned, typed_id,
};

use crate::{Code, Error};

typed_id! {
    /// A key that was used.
    IdempotencyId
}

/// How long a key is remembered.
pub const LIFE: TimeDelta = TimeDelta::hours(24);

#[expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]
mod entity {
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use super::IdempotencyId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IdempotencyId,
        pub operation: String,
        pub key_hash: String,
        pub request_hash: String,
        pub answer: Option<String>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenant_owned!(entity);

/// A request that carries a key.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// What is asked, by whom: `POST /cases/{id}/gifts <staff id>`.
    pub operation: String,
    /// The key.
    pub key: String,
    /// The body, as it was sent.
    pub body: Vec<u8>,
}

/// The answer that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
    /// Address of what was made.
    pub location: Option<String>,
}

impl Keyed {
    fn request_hash(&self) -> String {
        secret::hash(&BASE64.encode(&self.body))
    }

    /// The answer that was given to this key before.
    ///
    /// # Errors
    /// [`Code::KeyReused`] when the key was used for another body.
    pub async fn known(&self, tx: &TenantTx) -> Result<Option<Answer>, Error> {
        let row = tx
            .find::<entity::Entity>()
            .filter(entity::Column::Operation.eq(self.operation.as_str()))
            .filter(entity::Column::KeyHash.eq(secret::hash(&self.key)))
            .one(tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.request_hash != self.request_hash() {
            return Err(Error::refused(Code::KeyReused));
        }
        let sealed = row
            .answer
            .and_then(|answer| BASE64.decode(answer.as_bytes()).ok());
        sealed
            .and_then(|sealed| Sealer::for_code(&self.key).ok()?.open(&sealed))
            .and_then(|plain| serde_json::from_slice(&plain).ok())
            .map(Some)
            .ok_or_else(|| Error::bug("an answer to a key cannot be read"))
    }

    /// Takes the key, in the transaction that does the work. Somebody else with the same key waits here until that is done.
    ///
    /// # Errors
    /// A duplicate when another request was first; then [`Keyed::known`] has its answer in a new transaction.
    pub async fn take(&self, tx: &TenantTx) -> Result<IdempotencyId, tenants::Error> {
        let id = tx.new_id();
        tx.insert(entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            operation: Set(self.operation.clone()),
            key_hash: Set(secret::hash(&self.key)),
            request_hash: Set(self.request_hash()),
            answer: Set(None),
            created_at: Set(tx.now()),
        })
        .await?;
        Ok(id)
    }

    /// Keeps the answer beside the key.
    pub async fn keep(
        &self,
        tx: &TenantTx,
        id: IdempotencyId,
        answer: &Answer,
    ) -> Result<(), Error> {
        let plain = serde_json::to_vec(answer).map_err(Error::bug)?;
        let sealed = BASE64.encode(&Sealer::for_code(&self.key)?.seal(&plain)?);
        tx.update::<entity::Entity>()
            .col_expr(entity::Column::Answer, Expr::value(sealed))
            .filter(entity::Column::Id.eq(id))
            .exec(tx)
            .await?;
        Ok(())
    }
}

/// Forgets keys that are older than [`LIFE`].
pub async fn delete_expired(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(entity::Column::CreatedAt.lt(tx.now() - LIFE))
        .exec(tx)
        .await?;
    Ok(())
}
