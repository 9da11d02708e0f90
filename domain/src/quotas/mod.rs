//! Plans, what they allow, and what a municipality uses of it.
//!
//! What is used is counted in one row of each municipality, in a table that all share: the operator reads a page of them in one statement. The
//! row is changed as the last thing of a transaction, so nobody waits for it longer than a commit takes. A quota warns at 80 % and at
//! 100 % before it stops anything; what residents send is never stopped.

mod entity;
mod plan;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Amsterdam;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use tenants::{PlatformTx, TenantId, TenantTx, staff, tenant_owned};

use self::entity::Column;
pub use self::{
    entity::Model as Subscription,
    plan::{Measure, OwnQuotas, Plan, Quotas, Usage},
};
use crate::{
    Code, Error,
    jobs::{self, Failure},
};

tenant_owned!(entity, Owner);

/// What is told when a quota comes near, and again when it is reached, in percent.
pub const LEVELS: [i64; 2] = [80, 100];

/// The day to which mails are counted. Every municipality of the list lives in this zone.
#[must_use]
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Amsterdam).date_naive()
}

/// Gives a municipality a plan.
///
/// # Errors
/// When it has one.
pub async fn subscribe(tx: &TenantTx, plan: Plan, own: OwnQuotas) -> Result<(), Error> {
    let row = entity::ActiveModel {
        owner: Set(tx.tenant()),
        plan: Set(plan),
        day: Set(day(tx.now())),
        active_at: Set(None),
        people: Set(0),
        own_people: Set(own.people),
        warned_people: Set(0),
        storage: Set(0),
        own_storage: Set(own.storage_bytes()),
        warned_storage: Set(0),
        messages: Set(0),
        own_messages: Set(own.messages),
        warned_messages: Set(0),
        mails: Set(0),
        own_mails: Set(own.mails),
        warned_mails: Set(0),
    };
    entity::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Changes the plan of a municipality and its own numbers. What was warned of is warned of again when it is still so.
///
/// # Errors
/// [`Error::NotFound`] when it has no plan.
pub async fn change_plan(
    tx: &PlatformTx,
    owner: TenantId,
    plan: Plan,
    own: OwnQuotas,
) -> Result<(), Error> {
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(Column::Plan, Expr::value(plan))
        .col_expr(Column::OwnPeople, Expr::value(own.people))
        .col_expr(Column::OwnStorage, Expr::value(own.storage_bytes()))
        .col_expr(Column::OwnMessages, Expr::value(own.messages))
        .col_expr(Column::OwnMails, Expr::value(own.mails))
        .col_expr(Column::WarnedPeople, Expr::value(0_i64))
        .col_expr(Column::WarnedStorage, Expr::value(0_i64))
        .col_expr(Column::WarnedMessages, Expr::value(0_i64))
        .col_expr(Column::WarnedMails, Expr::value(0_i64))
        .filter(Column::Owner.eq(owner))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// The plan of a municipality and what it uses; none of an organisation without a plan, which has no quotas.
pub async fn get(tx: &TenantTx) -> Result<Option<Subscription>, Error> {
    Ok(tx.find::<entity::Entity>().one(tx).await?)
}

/// The plans of some municipalities. One statement.
pub async fn of(
    tx: &PlatformTx,
    owners: impl IntoIterator<Item = TenantId>,
) -> Result<Vec<Subscription>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::Owner.is_in(owners))
        .all(tx)
        .await?)
}

/// Municipalities of which a quota is near or over, at most `limit`.
pub async fn near(tx: &PlatformTx, limit: u64) -> Result<Vec<Subscription>, Error> {
    let daily = Column::WarnedMails.gt(0).and(Column::Day.eq(day(tx.now())));
    let lasting = Column::WarnedPeople
        .gt(0)
        .or(Column::WarnedStorage.gt(0))
        .or(Column::WarnedMessages.gt(0));
    Ok(tx
        .find::<entity::Entity>()
        .filter(lasting.or(daily))
        .limit(limit)
        .all(tx)
        .await?)
}

/// Counts one more mail of today. Call it as the last thing of a transaction.
pub async fn count_mail(tx: &TenantTx) -> Result<(), Error> {
    let today = day(tx.now());
    // Whatever was counted on another day is over.
    let of_today = |column: Column, more: i64| {
        Expr::expr(
            Expr::case(
                Column::Day.eq(today),
                Expr::col(column).add(Expr::value(more)),
            )
            .finally(Expr::value(more)),
        )
    };
    let update = tx
        .update::<entity::Entity>()
        .col_expr(Column::Mails, of_today(Column::Mails, 1))
        .col_expr(Column::WarnedMails, of_today(Column::WarnedMails, 0))
        .col_expr(Column::ActiveAt, Expr::value(Some(tx.now())))
        .col_expr(Column::Day, Expr::value(today));
    warn(tx, update, Measure::Mails).await
}

/// Keeps how many messages came in within a day. Nothing waits for this number, so accepting a message does not change a row that all messages
/// of a municipality would have to wait for.
pub async fn keep_messages(tx: &TenantTx, messages: i64) -> Result<(), Error> {
    let update = tx
        .update::<entity::Entity>()
        .col_expr(Column::Messages, Expr::value(messages));
    warn(tx, update, Measure::Messages).await
}

/// Keeps how many bytes of files a municipality has.
pub async fn keep_storage(tx: &TenantTx, bytes: i64) -> Result<(), Error> {
    let update = tx
        .update::<entity::Entity>()
        .col_expr(Column::Storage, Expr::value(bytes));
    warn(tx, update, Measure::Storage).await
}

/// Counts anew how many accounts are open.
pub async fn count_people(tx: &TenantTx) -> Result<(), Error> {
    let people = staff::count_active(tx).await?;
    let update = tx.update::<entity::Entity>().col_expr(
        Column::People,
        Expr::value(i64::try_from(people).map_err(Error::bug)?),
    );
    warn(tx, update, Measure::People).await
}

/// Keeps what was counted, and tells once when it comes near the quota and once when it reaches it.
async fn warn(
    tx: &TenantTx,
    update: sea_orm::UpdateMany<entity::Entity>,
    what: Measure,
) -> Result<(), Error> {
    let kept = tx
        .query_one(&update.into_query().returning_all().to_owned())
        .await?;
    let Some(row) = kept else { return Ok(()) };
    let row = Subscription::from_query_result(&row, "")?;
    let (level, warned) = (row.usage(what).level, row.warned(what));
    if level == warned || (what.is_daily() && level < warned) {
        return Ok(());
    }
    tx.update::<entity::Entity>()
        .col_expr(entity::warned(what), Expr::value(level))
        .exec(tx)
        .await?;
    if level > warned {
        jobs::enqueue(tx, &TellQuota { what, level }).await?;
    }
    Ok(())
}

/// Tells the administrators of a municipality that a quota is near or reached. What it does is in the room that knows notices.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellQuota {
    /// Which quota.
    pub what: Measure,
    /// Percent that were passed: 80 or 100.
    pub level: i64,
}

/// Whether there is room for one more account.
///
/// # Errors
/// [`Code::QuotaPeople`].
pub async fn require_people(tx: &TenantTx) -> Result<(), Error> {
    let Some(row) = get(tx).await? else {
        return Ok(());
    };
    let people = i64::try_from(staff::count_active(tx).await?).map_err(Error::bug)?;
    let most = row.quotas().people;
    if people >= most {
        let most = most.to_string();
        return Err(Error::refused_because(Code::QuotaPeople, "max", most));
    }
    Ok(())
}

/// Whether there is room for a file that a member of staff adds. What residents send is always kept.
///
/// # Errors
/// [`Code::QuotaStorage`].
pub async fn require_storage(tx: &TenantTx) -> Result<(), Error> {
    let Some(row) = get(tx).await? else {
        return Ok(());
    };
    let quotas = row.quotas();
    if row.storage >= quotas.storage_bytes() {
        let most = quotas.storage_gb.to_string();
        return Err(Error::refused_because(Code::QuotaStorage, "max", most));
    }
    Ok(())
}

/// Whether a mail that may wait has to: then until the next day begins.
///
/// # Errors
/// [`Failure::Later`] when it waits.
pub async fn require_mails(tx: &TenantTx) -> Result<(), Failure> {
    let Some(row) = get(tx).await? else {
        return Ok(());
    };
    let today = day(tx.now());
    if row.day != today || row.mails < row.quotas().mails {
        return Ok(());
    }
    let next = today + Days::new(1);
    let begins = next.and_time(NaiveTime::MIN).and_local_timezone(Amsterdam);
    match begins.earliest() {
        Some(begins) => Err(Failure::Later(begins.to_utc())),
        None => Ok(()),
    }
}
