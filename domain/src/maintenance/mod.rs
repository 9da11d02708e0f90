//! What has to be done in time without anybody asking: throwing away sign-ins that are over, drafts and keys, checking the clocks and telling
//! what they warn of, asking the virus scanner again, and removing bytes that no row names.
//!
//! What has to happen within the hour is asked for once, across municipalities ([`due`], and the tables that they share); a full visit to each
//! is made every night only. Nothing is done for a municipality that left, except what deletes.

mod due;
mod sweep;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use tenants::{
    Db, Tenant, TenantId, TenantKind, TenantState, TenantTx, installation, password_link, session,
    tenant,
};

use self::due::{DueKind, visit_due};
pub use self::sweep::SweepFiles;
use crate::{
    Error, clocks, desk, discussion, files, gifts, house_style, idempotency, inbound, inbox,
    intake, mail, outcomes, practices, presence, resident, retention, subscriptions, teams,
    thinking_along, unsent,
};

/// Longest time between two full visits.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);
/// At night a full visit is made although the last one was not so long ago: not twice within this time.
const FULL_PAUSE: TimeDelta = TimeDelta::hours(12);

/// Runs `work` for an organisation, each time in a transaction of its own, and again as long as it says that there is more. A failure is logged,
/// and does not keep others waiting; gives back whether it went well.
async fn visit<F>(db: &Db, tenant: TenantId, work: &impl Fn(TenantTx) -> F) -> bool
where
    F: Future<Output = Result<bool, Error>>,
{
    loop {
        let more = match db.write(tenant).await {
            Ok(tx) => work(tx).await,
            Err(error) => Err(error.into()),
        };
        match more {
            Ok(true) => {}
            Ok(false) => return true,
            Err(error) => {
                tracing::error!(%tenant, %error, "maintenance of an organisation failed");
                return false;
            }
        }
    }
}

/// As [`visit`], for each of `tenants`.
async fn visit_each<F>(
    db: &Db,
    tenants: impl IntoIterator<Item = TenantId>,
    work: impl Fn(TenantTx) -> F,
) where
    F: Future<Output = Result<bool, Error>>,
{
    for tenant in tenants {
        visit(db, tenant, &work).await;
    }
}

/// Deletes what is over and asks for the nightly checks of clocks and of stored bytes; erases what residents wrote when its time is over, and for
/// whom old gifts were. What may wait for the night waits for it.
pub async fn run_hourly(db: &Db) -> Result<(), Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    let last = installation::last_full_visit(&tx).await?;
    let now = tx.now();
    let mut taking_part: BTreeSet<TenantId> = practices::taking_part(&tx).await?;
    taking_part.extend(discussion::taking_part(&tx).await?);
    drop(tx);
    let ids = |wanted: &dyn Fn(&Tenant) -> bool| -> Vec<TenantId> {
        let wanted = tenants.iter().filter(|tenant| wanted(tenant));
        wanted.map(|tenant| tenant.id).collect()
    };
    let in_use = |tenant: &Tenant| tenant.state != TenantState::Left;
    visit_due(
        db,
        (DueKind::Drafts, now),
        async |tx| {
            intake::delete_expired_drafts(&tx).await?;
            tx.commit().await?;
            Ok(false)
        },
        async |_| Ok(true),
    )
    .await?;
    let telling = ids(&|tenant| in_use(tenant) && taking_part.contains(&tenant.id));
    visit_each(db, telling, async |tx| {
        discussion::tell(&tx).await?;
        practices::keep_up(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await;
    let planning = ids(&|tenant| {
        let zone = tenant.zone;
        let is_hour = clocks::is_check_hour(now, zone)
            || desk::is_digest_hour(now, zone)
            || sweep::is_hour(now);
        in_use(tenant) && is_hour
    });
    visit_each(db, planning, async |tx| {
        clocks::schedule_nightly_check(&tx).await?;
        desk::schedule_digest(&tx).await?;
        sweep::schedule(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await;
    if is_full_visit_due(last, now) {
        visit_all(db, &tenants).await;
        installation::note_full_visit(db).await?;
    }
    let tx = db.platform().await?;
    outcomes::pool_due(&tx).await?;
    subscriptions::delete_old(&tx).await?;
    Ok(tx.commit().await?)
}

/// At night, and at the latest a day after the last one. A clock that was put back does not keep it from being made.
fn is_full_visit_due(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| {
        let since = now - last;
        since < TimeDelta::zero()
            || since >= FULL_EVERY
            || (since >= FULL_PAUSE && sweep::is_hour(now))
    })
}

/// Looks in every organisation for everything that may be over or due.
async fn visit_all(db: &Db, tenants: &[Tenant]) {
    let ids = |wanted: &dyn Fn(&Tenant) -> bool| -> Vec<TenantId> {
        let wanted = tenants.iter().filter(|tenant| wanted(tenant));
        wanted.map(|tenant| tenant.id).collect()
    };
    visit_each(db, ids(&|_| true), async |tx| {
        session::delete_expired(&tx).await?;
        password_link::delete_expired(&tx).await?;
        intake::delete_expired_drafts(&tx).await?;
        idempotency::delete_expired(&tx).await?;
        mail::forget_given_up(&tx).await?;
        house_style::delete_unused_pictures(&tx).await?;
        inbox::delete_old(&tx).await?;
        presence::delete_old(&tx).await?;
        unsent::delete_old(&tx).await?;
        teams::delete_old_absences(&tx).await?;
        resident::delete_expired_changes(&tx).await?;
        thinking_along::forget(&tx).await?;
        subscriptions::measure(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await;
    let municipalities = ids(&|tenant| tenant.kind == TenantKind::Municipality);
    let each = || municipalities.iter().copied();
    visit_each(db, each(), async |tx| {
        let more = intake::quarantine::delete_expired(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await;
    visit_each(db, each(), async |tx| {
        let more = inbound::delete_expired(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await;
    visit_each(db, each(), async |tx| {
        let more = retention::erase_due(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await;
    visit_each(db, each(), async |tx| {
        let more = gifts::anonymise(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await;
    let in_use = ids(&|tenant| tenant.state != TenantState::Left);
    visit_each(db, in_use.iter().copied(), async |tx| {
        discussion::tell(&tx).await?;
        practices::keep_up(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await;
    let working =
        ids(&|tenant| tenant.kind == TenantKind::Municipality && tenant.state != TenantState::Left);
    visit_each(db, working.iter().copied(), async |tx| {
        outcomes::publish_due(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await;
    visit_each(db, working, alerts).await;
}

/// Asks the virus scanner again about files it never answered for: only where there is a scanner.
pub async fn rescan_files(db: &Db) -> Result<(), Error> {
    let due = (DueKind::Scans, db.now() - files::ASK_AGAIN_AFTER);
    let ask = async |tx: TenantTx| {
        let asked = files::rescan_overdue(&tx).await?;
        tx.commit().await?;
        Ok(asked > 0)
    };
    visit_due(db, due, ask, async |_| Ok(true)).await
}

/// Sends on what was asked about practices.
pub async fn send_questions(db: &Db) -> Result<(), Error> {
    practices::send_questions(db).await
}

/// Looks for clocks that reached a warning, oldest first, until none is left, in every municipality that has such a clock. A batch is a
/// transaction of its own.
pub async fn raise_alerts(db: &Db) -> Result<(), Error> {
    let is_done = async |tx: TenantTx| Ok(!clocks::any_reached(&tx).await?);
    visit_due(db, (DueKind::Alerts, db.now()), alerts, is_done).await
}

async fn alerts(tx: TenantTx) -> Result<bool, Error> {
    let reached = clocks::detect_alerts(&tx).await?;
    inbox::tell_of_promises(&tx, &reached.promises).await?;
    tx.commit().await?;
    Ok(reached.more)
}
