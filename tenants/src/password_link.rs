//! Links to choose a password: for a new colleague, and for whoever forgot theirs. A link works once and expires; the database keeps only
//! the hash of its code.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::{
    Error, StaffId, TenantTx,
    entity::{password_link, staff},
    secret, session,
    staff::StaffMember,
    text_enum,
};

extern crate self as tenants;

text_enum! {
    /// Why a link was sent.
    LinkPurpose {
        /// A colleague got an account.
        Invitation = "invitation",
        /// Somebody forgot a password.
        ForgottenPassword = "forgottenPassword",
    }
}

impl LinkPurpose {
    /// How long the link works: a new colleague may be away for a few days; whoever forgot a password is waiting.
    #[must_use]
    pub const fn lifetime(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::ForgottenPassword => TimeDelta::hours(1),
        }
    }
}

/// Whose password a link sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose.
    pub staff: StaffMember,
    /// Why it was sent.
    pub purpose: LinkPurpose,
    /// Until when it works, in UTC.
    pub expires_at: DateTime<Utc>,
}

/// Creates a link, revokes earlier ones, and returns its code, which goes into a mail and is stored nowhere. An invitation stays when a password
/// is said to be forgotten: anybody can say that.
pub async fn create(tx: &TenantTx, staff: StaffId, purpose: LinkPurpose) -> Result<String, Error> {
    let purposes: &[LinkPurpose] = match purpose {
        LinkPurpose::Invitation => LinkPurpose::ALL,
        LinkPurpose::ForgottenPassword => &[LinkPurpose::ForgottenPassword],
    };
    revoke(tx, staff, purposes).await?;
    let code = secret::new_code()?;
    tx.insert(password_link::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        staff_id: Set(staff),
        purpose: Set(purpose),
        code_hash: Set(secret::hash(&code)),
        created_at: Set(tx.now()),
        expires_at: Set(tx.now() + purpose.lifetime()),
        used_at: Set(None),
    })
    .await?;
    Ok(code)
}

/// Revokes all links of a member of staff.
pub async fn revoke_all(tx: &TenantTx, staff: StaffId) -> Result<(), Error> {
    revoke(tx, staff, LinkPurpose::ALL).await
}

async fn revoke(tx: &TenantTx, staff: StaffId, purposes: &[LinkPurpose]) -> Result<(), Error> {
    tx.update::<password_link::Entity>()
        .col_expr(password_link::Column::UsedAt, Expr::value(tx.now()))
        .filter(password_link::Column::StaffId.eq(staff))
        .filter(password_link::Column::Purpose.is_in(purposes.iter().copied()))
        .filter(password_link::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many links somebody was sent since `since`.
pub async fn count_since(
    tx: &TenantTx,
    staff: StaffId,
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    Ok(tx
        .find::<password_link::Entity>()
        .filter(password_link::Column::StaffId.eq(staff))
        .filter(password_link::Column::CreatedAt.gt(since))
        .count(tx)
        .await?)
}

/// Members of staff with an invitation that still works: they have not chosen a password yet.
pub async fn open_invitations(tx: &TenantTx) -> Result<Vec<StaffId>, Error> {
    Ok(tx
        .find::<password_link::Entity>()
        .filter(password_link::Column::Purpose.eq(LinkPurpose::Invitation))
        .filter(password_link::Column::UsedAt.is_null())
        .filter(password_link::Column::ExpiresAt.gt(tx.now()))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.staff_id)
        .collect())
}

/// The link with this code, if it still works and its account is open.
pub async fn find(tx: &TenantTx, code: &str) -> Result<Option<Link>, Error> {
    let row = tx
        .find::<password_link::Entity>()
        .filter(password_link::Column::CodeHash.eq(secret::hash(code)))
        .filter(password_link::Column::UsedAt.is_null())
        .filter(password_link::Column::ExpiresAt.gt(tx.now()))
        .one(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let staff = crate::staff::get(tx, row.staff_id).await?;
    Ok(staff.filter(|staff| staff.active).map(|staff| Link {
        staff,
        purpose: row.purpose,
        expires_at: row.expires_at,
    }))
}

/// Uses a link: sets the password of its account and ends all its sessions. Of two simultaneous uses one succeeds.
///
/// `password_hash` is a PHC string from [`crate::staff::PasswordCost::hash`]. Returns whose password it was, or `None` when
/// the link does not work.
pub async fn set_password(
    tx: &TenantTx,
    code: &str,
    password_hash: String,
) -> Result<Option<StaffMember>, Error> {
    let Some(link) = find(tx, code).await? else {
        return Ok(None);
    };
    let used = tx
        .update::<password_link::Entity>()
        .col_expr(password_link::Column::UsedAt, Expr::value(tx.now()))
        .filter(password_link::Column::CodeHash.eq(secret::hash(code)))
        .filter(password_link::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    replace_password(tx, link.staff.id, password_hash).await?;
    Ok(Some(link.staff))
}

/// Gives an account another password: its sessions end, and its links no longer work. `password_hash` is as in [`set_password`].
pub async fn replace_password(
    tx: &TenantTx,
    id: StaffId,
    password_hash: String,
) -> Result<(), Error> {
    tx.update::<staff::Entity>()
        .col_expr(staff::Column::PasswordHash, Expr::value(password_hash))
        .filter(staff::Column::Id.eq(id))
        .exec(tx)
        .await?;
    revoke_all(tx, id).await?;
    session::end_all(tx, id).await
}

/// Deletes links a day after they expired.
pub async fn delete_expired(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<password_link::Entity>()
        .filter(password_link::Column::ExpiresAt.lt(tx.now() - TimeDelta::days(1)))
        .exec(tx)
        .await?;
    Ok(())
}
