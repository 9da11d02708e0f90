//! What has to be done in time without anybody asking: throwing away sign-ins that are over, drafts and keys, and checking the clocks.

use tenants::{Db, session, tenant};

use crate::{Error, files, idempotency, intake, sla};

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
        intake::quarantine::sweep(&tx).await?;
        idempotency::sweep(&tx).await?;
        sla::check_at_night(&tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Asks the virus scanner again about files it never answered for, in every organisation: only where there is a scanner.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_scanner_again(db: &Db) -> Result<(), Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    for tenant in tenants {
        let tx = db.write(tenant.id).await?;
        files::ask_again(&tx).await?;
        tx.commit().await?;
    }
    Ok(())
}
