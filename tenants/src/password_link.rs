//! Links with which somebody chooses a password: sent to a new colleague, and to whoever forgot theirs. Each works once and not for long;
//! the database keeps the hash of its code only.

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
    Occasion {
        /// A colleague got an account.
        Welcome = "welcome",
        /// Somebody forgot a password.
        Forgotten = "forgotten",
    }
}

impl Occasion {
    /// How long the link works: a new colleague may be away for a few days; whoever forgot a password sits waiting.
    #[must_use]
    pub const fn life(self) -> TimeDelta {
        match self {
            Self::Welcome => TimeDelta::days(7),
            Self::Forgotten => TimeDelta::hours(1),
        }
    }
}

/// Whose password a link sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose.
    pub staff: StaffMember,
    /// Why it was sent.
    pub occasion: Occasion,
    /// Until when it works, in UTC.
    pub expires_at: DateTime<Utc>,
}

/// Makes a link and gives back its code, which goes into a mail and is kept nowhere else. Links that were sent before no longer work.
pub async fn make(tx: &TenantTx, staff: StaffId, occasion: Occasion) -> Result<String, Error> {
    withdraw(tx, staff).await?;
    let code = secret::new_code()?;
    tx.insert(password_link::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        staff_id: Set(staff),
        occasion: Set(occasion),
        code_hash: Set(secret::hash(&code)),
        made_at: Set(tx.now()),
        expires_at: Set(tx.now() + occasion.life()),
        used_at: Set(None),
    })
    .await?;
    Ok(code)
}

/// Ends all links of somebody.
pub async fn withdraw(tx: &TenantTx, staff: StaffId) -> Result<(), Error> {
    tx.update::<password_link::Entity>()
        .col_expr(password_link::Column::UsedAt, Expr::value(tx.now()))
        .filter(password_link::Column::StaffId.eq(staff))
        .filter(password_link::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many links somebody was sent since `since`.
pub async fn made_since(tx: &TenantTx, staff: StaffId, since: DateTime<Utc>) -> Result<u64, Error> {
    Ok(tx
        .find::<password_link::Entity>()
        .filter(password_link::Column::StaffId.eq(staff))
        .filter(password_link::Column::MadeAt.gt(since))
        .count(tx)
        .await?)
}

/// Those whose newest link is a welcome that still works: they have not chosen a password yet.
pub async fn awaited(tx: &TenantTx) -> Result<Vec<StaffId>, Error> {
    Ok(tx
        .find::<password_link::Entity>()
        .filter(password_link::Column::Occasion.eq(Occasion::Welcome))
        .filter(password_link::Column::UsedAt.is_null())
        .filter(password_link::Column::ExpiresAt.gt(tx.now()))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.staff_id)
        .collect())
}

/// The link behind a code, if it still works and its account is open.
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
        occasion: row.occasion,
        expires_at: row.expires_at,
    }))
}

/// Uses a link: sets the password of its account, and ends the sign-ins that the old password opened. Of two who use it at once, one does.
///
/// `password_hash` is a PHC string from [`crate::staff::PasswordCost::hash`]. Gives back whose password it was; nobody's when the link does
/// not work.
pub async fn choose(
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
    tx.update::<staff::Entity>()
        .col_expr(staff::Column::PasswordHash, Expr::value(password_hash))
        .filter(staff::Column::Id.eq(link.staff.id))
        .exec(tx)
        .await?;
    session::end_all(tx, link.staff.id).await?;
    Ok(Some(link.staff))
}

/// Removes links that nobody can use any more.
pub async fn sweep(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<password_link::Entity>()
        .filter(password_link::Column::ExpiresAt.lt(tx.now() - TimeDelta::days(1)))
        .exec(tx)
        .await?;
    Ok(())
}
