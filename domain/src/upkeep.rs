//! What has to be thrown away in time: sign-ins that are over, drafts, keys.

use tenants::{Db, session, tenant};

use crate::{Error, idempotency, intake};

/// Visits every organisation and removes what is over, each in a transaction of its own.
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
        tx.commit().await?;
    }
    Ok(())
}
