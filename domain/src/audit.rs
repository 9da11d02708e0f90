//! The trail of who did what: append-only, per municipality, without the contents of messages.

use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use tenants::{NewRow, StaffId, TenantTx, tenant_owned, typed_id, uuid::Uuid};

pub use self::action::Action;
use crate::Error;

mod action;

typed_id! {
    /// A line of the trail.
    AuditEntryId
}

#[expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]
mod entity {
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use super::AuditEntryId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AuditEntryId,
        pub at: DateTimeUtc,
        pub actor_id: Option<StaffId>,
        pub action: String,
        pub object_kind: String,
        pub object_id: Option<Uuid>,
        pub details: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenant_owned!(entity);

/// A line of the trail as it is read.
pub type Entry = entity::Model;

/// The row of a line, to be stored together with what it tells of; see [`record`].
pub(crate) fn row(
    tx: &TenantTx,
    actor: Option<StaffId>,
    action: Action,
    object: (&str, Option<Uuid>),
    details: Value,
) -> NewRow {
    NewRow::of(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        at: Set(tx.now()),
        actor_id: Set(actor),
        action: Set(action.as_str().to_owned()),
        object_kind: Set(object.0.to_owned()),
        object_id: Set(object.1),
        details: Set(details),
    })
}

/// Records that `actor` (nobody: a resident or the product itself) did `action` to an object. `details` never holds what people wrote.
pub async fn record(
    tx: &TenantTx,
    actor: Option<StaffId>,
    action: Action,
    object: (&str, Option<Uuid>),
    details: Value,
) -> Result<(), Error> {
    let line = row(tx, actor, action, object, details);
    Ok(tx.insert_together(vec![line]).await?)
}

/// The newest lines of the trail, at most `limit`, older than `before` when given.
pub async fn newest(
    tx: &TenantTx,
    before: Option<AuditEntryId>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let mut query = tx
        .find::<entity::Entity>()
        .order_by_desc(entity::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(entity::Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}
