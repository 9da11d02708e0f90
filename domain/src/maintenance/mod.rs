//! What has to be done in time without anybody asking: throwing away sign-ins that are over, drafts and keys, checking the clocks and telling
//! what they warn of, asking the virus scanner again, and removing bytes that no row names.

mod sweep;

use tenants::{Db, TenantKind, TenantTx, password_link, session, tenant};

pub use self::sweep::SweepFiles;
use crate::{
    Error, clocks, desk, discussion, files, gifts, house_style, idempotency, inbound, inbox, intake, mail, outcomes, practices, presence, resident, retention, subscriptions, unsent,
};

/// Runs `work` for every organisation, each time in a transaction of its own, and again as long as it says that there is more. A failure for one
/// organisation is logged and does not keep the others waiting.
async fn for_each_tenant<F>(
    db: &Db,
    only: Option<TenantKind>,
    work: impl Fn(TenantTx) -> F,
) -> Result<(), Error>
where
    F: Future<Output = Result<bool, Error>>,
{
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    for tenant in tenants {
        if only.is_some_and(|kind| kind != tenant.kind) {
            continue;
        }
        loop {
            let more = match db.write(tenant.id).await {
                Ok(tx) => work(tx).await,
                Err(error) => Err(error.into()),
            };
            match more {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::error!(tenant = tenant.slug, %error, "maintenance of an organisation failed");
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Deletes what is over and asks for the nightly checks of clocks and of stored bytes, in every organisation; erases what residents wrote when its
/// time is over, and for whom old gifts were.
pub async fn run_hourly(db: &Db) -> Result<(), Error> {
    for_each_tenant(db, None, async |tx| {
        session::delete_expired(&tx).await?;
        password_link::delete_expired(&tx).await?;
        intake::delete_expired_drafts(&tx).await?;
        idempotency::delete_expired(&tx).await?;
        mail::forget_given_up(&tx).await?;
        house_style::delete_unused_pictures(&tx).await?;
        inbox::delete_old(&tx).await?;
        presence::delete_old(&tx).await?;
        unsent::delete_old(&tx).await?;
        resident::delete_expired_changes(&tx).await?;
        clocks::schedule_nightly_check(&tx).await?;
        desk::schedule_digest(&tx).await?;
        discussion::tell(&tx).await?;
        sweep::schedule(&tx).await?;
        practices::keep_up(&tx).await?;
        subscriptions::measure(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await?;
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        let more = intake::quarantine::delete_expired(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await?;
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        let more = inbound::delete_expired(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await?;
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        let more = retention::erase_due(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await?;
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        let more = gifts::anonymise(&tx).await?;
        tx.commit().await?;
        Ok(more)
    })
    .await?;
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        outcomes::publish_due(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await?;
    let tx = db.platform().await?;
    outcomes::pool_due(&tx).await?;
    subscriptions::delete_old(&tx).await?;
    Ok(tx.commit().await?)
}

/// Asks the virus scanner again about files it never answered for, in every organisation: only where there is a scanner.
pub async fn rescan_files(db: &Db) -> Result<(), Error> {
    for_each_tenant(db, None, async |tx| {
        files::rescan_overdue(&tx).await?;
        tx.commit().await?;
        Ok(false)
    })
    .await
}

/// Sends on what was asked about practices.
pub async fn send_questions(db: &Db) -> Result<(), Error> {
    practices::send_questions(db).await
}

/// Looks in every municipality for clocks that reached a warning, oldest first, until none is left. A batch is a transaction of its own.
pub async fn raise_alerts(db: &Db) -> Result<(), Error> {
    for_each_tenant(db, Some(TenantKind::Municipality), async |tx| {
        let reached = clocks::detect_alerts(&tx).await?;
        inbox::tell_of_promises(&tx, &reached.promises).await?;
        tx.commit().await?;
        Ok(reached.more)
    })
    .await
}
