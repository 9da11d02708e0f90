//! What has to be done in time without anybody asking: throwing away sign-ins that are over, drafts and keys, and checking the clocks.

use tenants::{Db, session, tenant};

use crate::{Error, idempotency, intake, sla};

/// Visits every organisation, removes what is over and asks for the nightly check, each in a transaction of its own.
///
/// # Errors
/// When the database does not answer; what was swept stays swept.
pub async fn sweep(db: &Db) -> Result<(), Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    for tenant in tenants {
        let tx = db.write(tenant.id).await?;
        session::sweep(&tx).await?;
        intake::sweep(&tx).await?;
        idempotency::sweep(&tx).await?;
        sla::check_at_night(&tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Looks in every organisation for clocks that reached a warning, oldest first, until none is left. A batch is a transaction of its own.
///
/// # Errors
/// When the database does not answer; what was noticed stays noticed.
pub async fn watch(db: &Db) -> Result<(), Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    for tenant in tenants
        .iter()
        .filter(|tenant| tenant.kind == tenants::TenantKind::Municipality)
    {
        loop {
            let tx = db.write(tenant.id).await?;
            let more = sla::notice(&tx).await?;
            tx.commit().await?;
            if !more {
                break;
            }
        }
    }
    Ok(())
}
