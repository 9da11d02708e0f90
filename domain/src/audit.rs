//! The audit log, of who did what: append-only, per municipality, without the contents of messages.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::ExprTrait,
};
use serde_json::Value;
use tenants::{NewRow, StaffId, TenantTx, tenant_owned, typed_id, uuid::Uuid};

pub use self::action::Action;
use crate::Error;

mod action;

typed_id! {
    /// An entry of the audit log.
    AuditEntryId
}

#[expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]
pub(crate) mod entity {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use super::AuditEntryId;

    /// An entry of the audit log.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "audit_entry")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = AuditItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AuditEntryId,
        /// When, in UTC.
        pub at: DateTime<Utc>,
        /// Who; none when a resident or the product did it.
        pub actor_id: Option<StaffId>,
        /// What was done. A word of an older version stays as it was stored.
        #[schema(value_type = super::Action, example = "case.claim")]
        pub action: String,
        /// To what kind of thing.
        pub object_kind: String,
        /// To which one.
        pub object_id: Option<Uuid>,
        /// Values that tell more, never what people wrote.
        #[schema(value_type = Object)]
        pub details: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenant_owned!(entity);

/// An entry as it is read.
pub type Entry = entity::Model;

/// The row of a line, to be stored together with its cause; see [`record`].
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

/// What was recorded since an instant, of one thing that somebody did, for another room's query.
pub(crate) fn recorded_rows(
    tx: &TenantTx,
    actor: Option<StaffId>,
    action: Action,
    object: Option<Uuid>,
    since: DateTime<Utc>,
) -> Select<entity::Entity> {
    use entity::Column;

    let same = |column: Column, value: Option<Uuid>| match value {
        Some(value) => column.eq(value),
        None => column.is_null(),
    };
    tx.find::<entity::Entity>()
        .filter(Column::At.gt(since))
        .filter(Column::Action.eq(action.as_str()))
        .filter(same(Column::ActorId, actor.map(|id| id.0)))
        .filter(same(Column::ObjectId, object))
}

/// Whether the same was recorded since an instant: reading one thing over and over is one entry.
pub async fn recorded_since(
    tx: &TenantTx,
    actor: Option<StaffId>,
    action: Action,
    object: Option<Uuid>,
    since: DateTime<Utc>,
) -> Result<bool, Error> {
    let found = recorded_rows(tx, actor, action, object, since);
    Ok(found.limit(1).one(tx).await?.is_some())
}

/// When something was last done to an object; nothing when it never was.
pub async fn last_done(
    tx: &TenantTx,
    action: Action,
    object: Uuid,
) -> Result<Option<DateTime<Utc>>, Error> {
    use entity::Column;

    let newest = tx
        .find::<entity::Entity>()
        .filter(Column::Action.eq(action.as_str()))
        .filter(Column::ObjectId.eq(object))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(tx)
        .await?;
    Ok(newest.map(|entry| entry.at))
}

/// Most entries about reading that are looked at.
const READS_MAX: u64 = 1_000;

/// Who read any of these things, and when, newest first.
pub async fn reads_of(tx: &TenantTx, objects: Vec<Uuid>) -> Result<Vec<Entry>, Error> {
    use entity::Column;

    let reading = [Action::CaseRead, Action::FileRead].map(Action::as_str);
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::ObjectId.is_in(objects))
        .filter(Column::Action.is_in(reading))
        .order_by_desc(Column::Id)
        .limit(READS_MAX)
        .all(tx)
        .await?)
}

/// Which entries to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Only those of a member of staff.
    pub actor: Option<StaffId>,
    /// Only those in which this was done.
    pub action: Option<Action>,
    /// Only those from this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Only those before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Only those before this entry.
    pub before: Option<AuditEntryId>,
}

/// The newest entries of the audit log, at most `limit`, without those about the things that the reader must not know of.
pub async fn newest(
    tx: &TenantTx,
    filter: Filter,
    unseen: &[Uuid],
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    use entity::Column;

    let wanted = Condition::all()
        .add_option(filter.actor.map(|actor| Column::ActorId.eq(actor)))
        .add_option((filter.action).map(|action| Column::Action.eq(action.as_str())))
        .add_option(filter.from.map(|from| Column::At.gte(from)))
        .add_option(filter.until.map(|until| Column::At.lt(until)))
        .add_option(filter.before.map(|before| Column::Id.lt(before)));
    let wanted = if unseen.is_empty() {
        wanted
    } else {
        let others = Column::ObjectId.is_not_in(unseen.iter().copied());
        wanted.add(Column::ObjectId.is_null().or(others))
    };
    Ok(tx
        .find::<entity::Entity>()
        .filter(wanted)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}
