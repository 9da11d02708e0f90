//! Sign-in and sessions: cookies of browsers, refresh tokens of programs, and throttling of wrong passwords.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
    sea_query::{Condition, Expr},
};
use secrecy::SecretString;

use crate::{
    Db, Error, SessionId, StaffId, TenantId, TenantTx,
    entity::{session, sign_in_failure, staff},
    secret,
    staff::{PasswordCost, StaffMember},
    text_enum,
};

extern crate self as tenants;

/// A browser session ends after half an hour without a request.
pub const IDLE_TIMEOUT: TimeDelta = TimeDelta::minutes(30);
/// A browser session ends after a working day, used or not.
pub const BROWSER_LIFETIME: TimeDelta = TimeDelta::hours(12);
/// A refresh token expires after a week without use.
pub const REFRESH_LIFETIME: TimeDelta = TimeDelta::days(7);
/// An access token expires after ten minutes. Each request also reads its session, so ending the session ends the token.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// Failed sign-ins are counted over this window.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures on one account in the window before it is throttled.
pub const ACCOUNT_FAILURES_MAX: u64 = 5;
/// Failures from one network address in the window before it is throttled.
pub const ADDRESS_FAILURES_MAX: u64 = 30;

text_enum! {
    /// Who holds a session.
    SessionKind {
        /// A browser, by cookie.
        Browser = "browser",
        /// A program, by refresh token.
        Program = "program",
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// Who it is, with the roles of this moment.
    pub staff: StaffMember,
    /// When the session ends at the latest, in UTC.
    pub expires_at: DateTime<Utc>,
}

/// The answer to a password.
#[derive(Debug)]
pub enum SignIn {
    /// Accepted. The code goes to the browser or the program, and is kept nowhere else.
    Accepted {
        /// Who signed in.
        signed_in: Box<SignedIn>,
        /// `session id . secret`.
        code: String,
    },
    /// The address or the password is wrong, or the account is closed; the answer does not say which.
    Refused,
    /// Too many failures; the earliest instant at which trying again makes sense.
    Throttled(DateTime<Utc>),
}

/// What somebody signs in with.
pub struct Credentials {
    /// Address of the account.
    pub email: String,
    /// Password as typed.
    pub password: SecretString,
    /// Hash of the account name, for throttling.
    pub account_hash: String,
    /// Hash of the network address, for throttling.
    pub address_hash: String,
}

/// Checks a password. The attempt is committed before attempts are counted and the password is checked, so parallel attempts count each
/// other. A throttled attempt does not count: otherwise somebody who goes on guessing would keep an account closed for ever.
///
/// # Errors
/// When the database does not answer or hashing fails.
pub async fn sign_in(
    db: &Db,
    tenant: TenantId,
    credentials: Credentials,
    kind: SessionKind,
    cost: PasswordCost,
) -> Result<SignIn, Error> {
    let tx = db.write(tenant).await?;
    let attempt = tx.new_id();
    tx.insert(sign_in_failure::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(attempt),
        account_hash: Set(credentials.account_hash.clone()),
        address_hash: Set(credentials.address_hash.clone()),
        failed_at: Set(tx.now()),
    })
    .await?;
    tx.commit().await?;
    let tx = db.write(tenant).await?;
    let hashes = (&*credentials.account_hash, &*credentials.address_hash);
    if let Some(until) = throttled_until(&tx, hashes).await? {
        tx.delete::<sign_in_failure::Entity>()
            .filter(sign_in_failure::Column::Id.eq(attempt))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        return Ok(SignIn::Throttled(until));
    }
    let account = tx
        .find::<staff::Entity>()
        .filter(staff::Column::Email.eq(credentials.email.trim().to_lowercase()))
        .filter(staff::Column::Active.eq(true))
        .one(&tx)
        .await?;
    drop(tx);

    let Some(account) = account else {
        // An unknown address must take as long as a wrong password, or the time tells which addresses exist.
        cost.hash(credentials.password).await?;
        return Ok(SignIn::Refused);
    };
    if !crate::staff::verify(credentials.password, account.password_hash.clone()).await? {
        return Ok(SignIn::Refused);
    }
    let tx = db.write(tenant).await?;
    tx.delete::<sign_in_failure::Entity>()
        .filter(sign_in_failure::Column::AccountHash.eq(credentials.account_hash))
        .exec(&tx)
        .await?;
    let (signed_in, code) = start(&tx, StaffMember::parse(account)?, kind).await?;
    tx.commit().await?;
    Ok(SignIn::Accepted {
        signed_in: Box::new(signed_in),
        code,
    })
}

/// Until when the account or the address is throttled: when more attempts than allowed lie in the window, this one included. It ends when
/// the oldest of the attempts that fill the limit leaves the window.
async fn throttled_until(
    tx: &TenantTx,
    (account_hash, address_hash): (&str, &str),
) -> Result<Option<DateTime<Utc>>, Error> {
    let since = tx.now() - FAILURE_WINDOW;
    for (column, value, limit) in [
        (
            sign_in_failure::Column::AccountHash,
            account_hash,
            ACCOUNT_FAILURES_MAX,
        ),
        (
            sign_in_failure::Column::AddressHash,
            address_hash,
            ADDRESS_FAILURES_MAX,
        ),
    ] {
        let filling = tx
            .find::<sign_in_failure::Entity>()
            .filter(column.eq(value))
            .filter(sign_in_failure::Column::FailedAt.gt(since))
            .order_by_desc(sign_in_failure::Column::FailedAt)
            .offset(limit)
            .limit(1)
            .one(tx)
            .await?;
        if let Some(oldest) = filling {
            return Ok(Some(oldest.failed_at + FAILURE_WINDOW));
        }
    }
    Ok(None)
}

/// Records a request for a password link and returns whether one may be sent. Requests are throttled as sign-ins are, under hashes of
/// their own.
pub async fn record_link_request(
    tx: &TenantTx,
    account_hash: String,
    address_hash: String,
) -> Result<bool, Error> {
    let throttled = throttled_until(tx, (&account_hash, &address_hash)).await?;
    tx.insert(sign_in_failure::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        account_hash: Set(account_hash),
        address_hash: Set(address_hash),
        failed_at: Set(tx.now()),
    })
    .await?;
    Ok(throttled.is_none())
}

async fn start(
    tx: &TenantTx,
    staff: StaffMember,
    kind: SessionKind,
) -> Result<(SignedIn, String), Error> {
    let id: SessionId = tx.new_id();
    let secret = secret::new_code()?;
    let expires_at = tx.now()
        + match kind {
            SessionKind::Browser => BROWSER_LIFETIME,
            SessionKind::Program => REFRESH_LIFETIME,
        };
    tx.insert(session::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        staff_id: Set(staff.id),
        kind: Set(kind),
        secret_hash: Set(secret::hash(&secret)),
        created_at: Set(tx.now()),
        last_seen_at: Set(tx.now()),
        expires_at: Set(expires_at),
    })
    .await?;
    let signed_in = SignedIn {
        session: id,
        staff,
        expires_at,
    };
    Ok((signed_in, format!("{id}.{secret}")))
}

fn split(code: &str) -> Option<(SessionId, &str)> {
    let (id, secret) = code.split_once('.')?;
    Some((id.parse().ok()?, secret))
}

pub(crate) async fn load(
    tx: &TenantTx,
    id: SessionId,
    kind: SessionKind,
) -> Result<Option<(session::Model, StaffMember)>, Error> {
    let whose: RelationDef = session::Entity::belongs_to(staff::Entity)
        .from((session::Column::TenantId, session::Column::StaffId))
        .to((staff::Column::TenantId, staff::Column::Id))
        .into();
    let found = tx
        .find::<session::Entity>()
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::Kind.eq(kind))
        .filter(session::Column::ExpiresAt.gt(tx.now()))
        .join(JoinType::InnerJoin, whose)
        .filter(staff::Column::Active.eq(true))
        .select_two_required(staff::Entity)
        .one(tx)
        .await?;
    found
        .map(|(row, staff)| Ok((row, StaffMember::parse(staff)?)))
        .transpose()
}

/// Who holds this browser cookie, if it is still good. The flag says whether the session should be [`touch`]ed.
pub async fn by_cookie(tx: &TenantTx, code: &str) -> Result<Option<(SignedIn, bool)>, Error> {
    let Some((id, secret)) = split(code) else {
        return Ok(None);
    };
    let Some((row, staff)) = load(tx, id, SessionKind::Browser).await? else {
        return Ok(None);
    };
    if row.secret_hash != secret::hash(secret) || row.last_seen_at + IDLE_TIMEOUT < tx.now() {
        return Ok(None);
    }
    let stale = row.last_seen_at + TimeDelta::minutes(1) < tx.now();
    Ok(Some((signed_in(&row, staff), stale)))
}

/// Records that a session is in use. Called at most once a minute, so that reading pages costs no writes.
pub async fn touch(tx: &TenantTx, id: SessionId) -> Result<(), Error> {
    tx.update::<session::Entity>()
        .col_expr(session::Column::LastSeenAt, Expr::value(tx.now()))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) fn signed_in(row: &session::Model, staff: StaffMember) -> SignedIn {
    SignedIn {
        session: row.id,
        staff,
        expires_at: row.expires_at,
    }
}

/// Exchanges a refresh token for a new one. An older token of the session means that a copy exists: the session ends.
pub async fn refresh(tx: &TenantTx, code: &str) -> Result<Option<(SignedIn, String)>, Error> {
    let Some((id, old)) = split(code) else {
        return Ok(None);
    };
    let old = secret::hash(old);
    let Some((row, staff)) = load(tx, id, SessionKind::Program).await? else {
        return Ok(None);
    };
    if row.secret_hash != old {
        end(tx, id).await?;
        return Ok(None);
    }
    let new = secret::new_code()?;
    let expires_at = tx.now() + REFRESH_LIFETIME;
    let updated = tx
        .update::<session::Entity>()
        .col_expr(session::Column::SecretHash, Expr::value(secret::hash(&new)))
        .col_expr(session::Column::LastSeenAt, Expr::value(tx.now()))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::SecretHash.eq(old))
        .exec(tx)
        .await?;
    if updated.rows_affected == 0 {
        return Ok(None);
    }
    let mut signed_in = signed_in(&row, staff);
    signed_in.expires_at = expires_at;
    Ok(Some((signed_in, format!("{id}.{new}"))))
}

/// Ends one session.
pub async fn end(tx: &TenantTx, id: SessionId) -> Result<(), Error> {
    tx.delete::<session::Entity>()
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all sessions of one member of staff.
pub async fn end_all(tx: &TenantTx, staff: StaffId) -> Result<(), Error> {
    tx.delete::<session::Entity>()
        .filter(session::Column::StaffId.eq(staff))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends the sessions of everybody: nobody of them works here any more.
///
/// # Errors
/// When the database does not answer.
pub async fn end_everybody(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<session::Entity>().exec(tx).await?;
    Ok(())
}

/// Deletes expired sessions and failures outside the window.
pub async fn delete_expired(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<session::Entity>()
        .filter(
            Condition::any()
                .add(session::Column::ExpiresAt.lt(tx.now()))
                .add(
                    Condition::all()
                        .add(session::Column::Kind.eq(SessionKind::Browser))
                        .add(session::Column::LastSeenAt.lt(tx.now() - IDLE_TIMEOUT)),
                ),
        )
        .exec(tx)
        .await?;
    tx.delete::<sign_in_failure::Entity>()
        .filter(sign_in_failure::Column::FailedAt.lt(tx.now() - FAILURE_WINDOW))
        .exec(tx)
        .await?;
    Ok(())
}
