//! What somebody sent when their session was over: kept for half an hour, for the account that typed it and the browser it came from, and for
//! nobody else. It is sealed with the secret of that browser's cookie, so a copy of the database does not open it.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use tenants::{
    StaffId, TenantTx,
    secret::{self, Sealer},
    staff, tenant_owned, typed_id,
};

use self::entity::Column;
use crate::Error;

mod entity {
    #![expect(
        clippy::disallowed_methods,
        reason = "the entity macro expands to the entry points that are banned elsewhere"
    )]

    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use super::KeptPostId;

    /// A form that came too late, as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "kept_post")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: KeptPostId,
        pub staff_id: StaffId,
        pub secret_hash: String,
        pub sealed: Vec<u8>,
        pub kept_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

typed_id! {
    /// A form that was sent when the session was over.
    KeptPostId
}

tenant_owned!(entity);

/// Most bytes of a form that are kept, without its files: all that a form takes.
pub const KEPT_MAX: usize = 256 * 1024;
/// How long it is kept.
const KEPT: TimeDelta = TimeDelta::minutes(30);
/// Most that is kept of one person; the oldest goes first.
const OF_ONE_PERSON: u64 = 10;

/// A form that was sent when the session was over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPost {
    /// Where it was sent to.
    pub action: String,
    /// Names of fields and what they hold, in order.
    pub fields: Vec<(String, String)>,
    /// Whether files may come with it.
    #[serde(default)]
    pub with_files: bool,
    /// Fields in which a file was chosen, each with the name of the file. The files themselves are not kept.
    #[serde(default)]
    pub files: Vec<(String, String)>,
}

/// Keeps a form of `staff`, which the browser with the cookie `holder` sent. Nothing is kept for somebody who does not work here.
pub async fn keep_post(
    tx: &TenantTx,
    staff: StaffId,
    holder: &str,
    post: &KeptPost,
) -> Result<Option<KeptPostId>, Error> {
    if staff::get(tx, staff)
        .await?
        .is_none_or(|member| !member.active)
    {
        return Ok(None);
    }
    let older = tx
        .find::<entity::Entity>()
        .filter(Column::StaffId.eq(staff))
        .order_by_desc(Column::KeptAt)
        .order_by_desc(Column::Id)
        .offset(OF_ONE_PERSON - 1)
        .limit(OF_ONE_PERSON)
        .all(tx)
        .await?;
    if !older.is_empty() {
        let gone: Vec<KeptPostId> = older.iter().map(|row| row.id).collect();
        tx.delete::<entity::Entity>()
            .filter(Column::Id.is_in(gone))
            .exec(tx)
            .await?;
    }
    let id = tx.new_id();
    let plain = serde_json::to_vec(post).map_err(Error::bug)?;
    tx.insert(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        staff_id: Set(staff),
        secret_hash: Set(secret::hash(holder)),
        sealed: Set(Sealer::for_code(holder)?.seal(&plain)?),
        kept_at: Set(tx.now()),
    })
    .await?;
    Ok(Some(id))
}

fn of_browser(tx: &TenantTx, id: KeptPostId, holder: &str) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id))
        .add(Column::SecretHash.eq(secret::hash(holder)))
        .add(Column::KeptAt.gt(tx.now() - KEPT))
}

/// Whether there is a kept form with this id from this browser: what the sign-in page may say before it knows who asks.
pub async fn has_post(tx: &TenantTx, id: KeptPostId, holder: &str) -> Result<bool, Error> {
    let found = tx
        .find::<entity::Entity>()
        .filter(of_browser(tx, id, holder))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

/// A kept form, for whoever typed it and in the browser it came from.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn kept_post(
    tx: &TenantTx,
    id: KeptPostId,
    staff: StaffId,
    holder: &str,
) -> Result<KeptPost, Error> {
    let row = tx
        .find::<entity::Entity>()
        .filter(of_browser(tx, id, holder))
        .filter(Column::StaffId.eq(staff))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let plain = Sealer::for_code(holder)?
        .open(&row.sealed)
        .ok_or(Error::NotFound)?;
    serde_json::from_slice(&plain).map_err(Error::bug)
}

/// Throws a kept form away.
pub async fn forget_post(tx: &TenantTx, id: KeptPostId, staff: StaffId) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::StaffId.eq(staff))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what was kept long enough.
pub(super) async fn delete_old(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(Column::KeptAt.lt(tx.now() - KEPT))
        .exec(tx)
        .await?;
    Ok(())
}
