//! Staff accounts: who works here, with which roles, and their passwords.

use std::{sync::LazyLock, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use crate::{Error, Role, StaffId, TenantTx, entity::staff, password_link, session};

/// Shortest password, in characters (NIST SP 800-63B-4 §3.1.1.2: 15 without a second factor). BIO2 asks for rules that the system enforces
/// (5.17.03).
pub const PASSWORD_MIN: usize = 15;
/// Longest password, in characters: enough for any sentence, and a bound on the work of hashing.
pub const PASSWORD_MAX: usize = 200;

/// Cost of hashing a password.
///
/// The production cost is Argon2id with 19 MiB of memory, 2 passes and 1 lane: the first recommendation of the OWASP Password Storage
/// Cheat Sheet. The test cost exists so that a test suite does not spend its time hashing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCost {
    /// For people.
    Production,
    /// For tests only.
    Test,
}

impl PasswordCost {
    /// Memory in KiB, passes, lanes.
    #[must_use]
    pub const fn parameters(self) -> (u32, u32, u32) {
        match self {
            Self::Production => (19_456, 2, 1),
            Self::Test => (8, 1, 1),
        }
    }

    fn hasher(self) -> Result<Argon2<'static>, Error> {
        let (memory, passes, lanes) = self.parameters();
        let parameters = Params::new(memory, passes, lanes, None)
            .map_err(|error| Error::Hashing(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
    }

    /// Hashes a password to a PHC string with a salt of its own. Takes about 30 ms at production cost, on a thread of its own.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait for a permit; or when there is no memory or randomness for it.
    pub async fn hash(self, password: SecretString) -> Result<String, Error> {
        with_permit(move || {
            self.hasher()?
                .hash_password(composed(&password).expose_secret().as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| Error::Hashing(error.to_string()))
        })
        .await
    }
}

/// A password in NFC: one keyboard sends an é as one sign, another as two (NIST SP 800-63B-4 §3.1.1.2).
fn composed(password: &SecretString) -> SecretString {
    SecretString::from(password.expose_secret().nfc().collect::<String>())
}

/// Whether `password` belongs to `hash`; the parameters are read from the hash. On a thread of its own.
pub(crate) async fn verify(password: SecretString, hash: String) -> Result<bool, Error> {
    with_permit(move || {
        let parsed = PasswordHash::new(&hash).map_err(|error| Error::Hashing(error.to_string()))?;
        Ok(Argon2::default()
            .verify_password(composed(&password).expose_secret().as_bytes(), &parsed)
            .is_ok())
    })
    .await
}

/// How many passwords are hashed at once: as many as there are cores. More would not be faster, and each takes 19 MiB.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));
/// Longest wait for a permit.
const HASHING_WAIT: Duration = Duration::from_secs(10);

async fn with_permit<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let permit = tokio::time::timeout(HASHING_WAIT, HASHING.acquire())
        .await
        .map_err(|_| Error::Busy)?
        .map_err(|_| Error::Busy)?;
    // The permit moves to the thread: a cancelled request does not end the work there.
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|error| Error::Hashing(error.to_string()))?
}

/// The ids of those whose account is open, for another query.
#[must_use]
pub fn active_ids(tx: &TenantTx) -> SelectStatement {
    tx.find::<staff::Entity>()
        .select_only()
        .column(staff::Column::Id)
        .filter(staff::Column::Active.eq(true))
        .into_query()
}

/// Everybody who has an account beside this one, for another query.
#[must_use]
pub fn others(tx: &TenantTx, id: StaffId) -> SelectStatement {
    tx.find::<staff::Entity>()
        .select_only()
        .column(staff::Column::Id)
        .filter(staff::Column::Id.ne(id))
        .into_query()
}

/// Everybody who works here as choices, for a query that reads several lists at once: the columns `list`, `id`, `label`, `other`, `word` and
/// `active`. The word is the list of roles, as JSON.
#[must_use]
pub fn named(tx: &TenantTx) -> SelectStatement {
    tx.find::<staff::Entity>()
        .select_only()
        .expr_as(Expr::value("staff"), "list")
        .column(staff::Column::Id)
        .expr_as(Expr::col(staff::Column::Name), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::col(staff::Column::Roles).cast_as("text"), "word")
        .column(staff::Column::Active)
        .into_query()
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffItem)]
pub struct StaffMember {
    /// Id.
    pub id: StaffId,
    /// Address to sign in with.
    pub email: String,
    /// Name as colleagues know it.
    pub name: String,
    /// Roles, in the order of the list of roles.
    pub roles: Vec<Role>,
    /// Whether the account may sign in.
    pub active: bool,
    /// When it was made, in UTC.
    #[serde(skip)]
    pub created_at: DateTime<Utc>,
    /// Language in which mails to this person are written, as a tag such as `en`; the first language of the product when none was chosen.
    #[serde(skip)]
    pub language: Option<String>,
    /// How many notices wait for this person.
    #[serde(skip)]
    pub unread_notices: i64,
}

impl StaffMember {
    pub(crate) fn parse(row: staff::Model) -> Result<Self, Error> {
        Ok(Self {
            roles: serde_json::from_value(row.roles)
                .map_err(|error| Error::Unreadable(format!("roles of {}: {error}", row.id)))?,
            id: row.id,
            email: row.email,
            name: row.name,
            active: row.active,
            created_at: row.created_at,
            language: row.language,
            unread_notices: row.unread_notices,
        })
    }
}

/// An account to make.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Address to sign in with; stored in lower case.
    pub email: String,
    /// Name as colleagues know it.
    pub name: String,
    /// A PHC string from [`PasswordCost::hash`].
    pub password_hash: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// Makes an account.
///
/// # Errors
/// [`Error::is_duplicate`] when the address has one already.
pub async fn add(tx: &TenantTx, new: NewStaff) -> Result<StaffId, Error> {
    let id: StaffId = tx.new_id();
    let mut roles = new.roles;
    roles.sort_unstable();
    roles.dedup();
    tx.insert(staff::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        email: Set(new.email.trim().to_lowercase()),
        name: Set(new.name),
        password_hash: Set(new.password_hash),
        roles: Set(json(&roles)?),
        active: Set(true),
        created_at: Set(tx.now()),
        language: Set(None),
        unread_notices: Set(0),
    })
    .await?;
    Ok(id)
}

/// How many accounts are open.
pub async fn count_active(tx: &TenantTx) -> Result<u64, Error> {
    Ok(tx
        .find::<staff::Entity>()
        .filter(staff::Column::Active.eq(true))
        .count(tx)
        .await?)
}

/// Everybody who works here, by name.
pub async fn all(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<StaffMember>, Error> {
    tx.find::<staff::Entity>()
        .order_by_asc(staff::Column::Name)
        .order_by_asc(staff::Column::Id)
        .limit(limit)
        .all(tx)
        .await?
        .into_iter()
        .map(StaffMember::parse)
        .collect()
}

/// Everybody who works here, locked until the transaction ends, so that two changes of roles are made one after the other.
pub async fn all_for_change(tx: &TenantTx) -> Result<Vec<StaffMember>, Error> {
    tx.find::<staff::Entity>()
        .order_by_asc(staff::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?
        .into_iter()
        .map(StaffMember::parse)
        .collect()
}

/// One member of staff.
pub async fn get(tx: &TenantTx, id: StaffId) -> Result<Option<StaffMember>, Error> {
    tx.find::<staff::Entity>()
        .filter(staff::Column::Id.eq(id))
        .one(tx)
        .await?
        .map(StaffMember::parse)
        .transpose()
}

/// Gives an account other roles and ends all its sessions, so that a removed right is gone with the next request.
///
/// Returns whether there is such an account.
pub async fn set_roles(tx: &TenantTx, id: StaffId, roles: &[Role]) -> Result<bool, Error> {
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    let changed = tx
        .update::<staff::Entity>()
        .col_expr(staff::Column::Roles, json(&roles)?.into())
        .filter(staff::Column::Id.eq(id))
        .exec(tx)
        .await?;
    session::end_all(tx, id).await?;
    Ok(changed.rows_affected == 1)
}

/// Opens or closes an account. Closing it ends its sessions and revokes its links. What the person did stays.
///
/// Returns whether there is such an account.
pub async fn set_active(tx: &TenantTx, id: StaffId, active: bool) -> Result<bool, Error> {
    let changed = tx
        .update::<staff::Entity>()
        .col_expr(staff::Column::Active, Expr::value(active))
        .filter(staff::Column::Id.eq(id))
        .exec(tx)
        .await?;
    if !active {
        session::end_all(tx, id).await?;
        password_link::revoke_all(tx, id).await?;
    }
    Ok(changed.rows_affected == 1)
}

/// The open account with this address.
pub async fn by_email(tx: &TenantTx, email: &str) -> Result<Option<StaffMember>, Error> {
    tx.find::<staff::Entity>()
        .filter(staff::Column::Email.eq(email.trim().to_lowercase()))
        .filter(staff::Column::Active.eq(true))
        .one(tx)
        .await?
        .map(StaffMember::parse)
        .transpose()
}

/// Chooses the language of mails to a member of staff.
pub async fn set_language(tx: &TenantTx, id: StaffId, language: &str) -> Result<(), Error> {
    tx.update::<staff::Entity>()
        .col_expr(staff::Column::Language, language.into())
        .filter(staff::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts so many more notices that wait for each of these people.
pub async fn count_notices(tx: &TenantTx, people: &[StaffId], count: i64) -> Result<(), Error> {
    let more = Expr::col(staff::Column::UnreadNotices).add(count);
    tx.update::<staff::Entity>()
        .col_expr(staff::Column::UnreadNotices, more)
        .filter(staff::Column::Id.is_in(people.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Keeps how many notices wait for a member of staff.
pub async fn set_unread_notices(tx: &TenantTx, id: StaffId, count: i64) -> Result<(), Error> {
    tx.update::<staff::Entity>()
        .col_expr(staff::Column::UnreadNotices, Expr::value(count))
        .filter(staff::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

fn json(roles: &[Role]) -> Result<serde_json::Value, Error> {
    serde_json::to_value(roles).map_err(|error| Error::Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_hashed_with_the_stated_parameters() {
        let password = || SecretString::from("een heel lang wachtwoord");
        let hash = PasswordCost::Production.hash(password()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify(password(), hash.clone()).await.unwrap());
        assert!(!verify(SecretString::from("een ander"), hash).await.unwrap());
        let one_sign = SecretString::from("drie ge\u{eb}rfde caf\u{e9}s");
        let two_signs = SecretString::from("drie gee\u{308}rfde cafe\u{301}s");
        let hash = PasswordCost::Test.hash(one_sign).await.unwrap();
        assert!(verify(two_signs, hash).await.unwrap(), "on every keyboard");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_passwords_are_hashed_at_once_than_there_are_cores() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        static RUNNING: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let one = || {
            with_permit(|| {
                MOST.fetch_max(RUNNING.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                RUNNING.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
        };
        let all: Vec<_> = (0..200).map(|_| tokio::spawn(one())).collect();
        for done in all {
            done.await.unwrap().unwrap();
        }
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let most = MOST.load(Ordering::SeqCst);
        assert!((1..=cores).contains(&most), "{most} at once, {cores} cores");
    }

    #[tokio::test]
    async fn the_same_password_never_gives_the_same_hash() {
        let hash = || PasswordCost::Test.hash(SecretString::from("wachtwoord"));
        assert_ne!(hash().await.unwrap(), hash().await.unwrap());
    }
}
