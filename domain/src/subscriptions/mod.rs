//! Municipalities as subscribers: asking to join, making one, its plan and the codes it serves, and the operator's desk.
//!
//! The operator sees counts and states, never the contents of a municipality.

mod change;
mod entity;
mod make;
mod overview;
mod request;

use chrono::TimeDelta;
use tenants::{Db, PlatformTx, Role, TenantId, TenantTx, tenant_owned, typed_id};

use self::entity::{served_municipality, subscription_request};
pub use self::{
    change::{ChangeRequest, change, codes_of, note, read_codes},
    entity::subscription_request::Model as RequestItem,
    make::{
        Beginning, Made, MunicipalityRequest, NewMunicipality, equip, found, is_label, make,
        proposed_slug,
    },
    overview::{Desk, DeskFilter, MunicipalityItem, WaitingAt, desk, item},
    request::{
        AskRequest, RefuseRequest, RequestStatus, approve, ask, by_code, confirm, delete_old, get,
        list, refuse,
    },
};
use crate::{
    Error, Language, files, gift_ledger,
    inbox::{self, NoticeKind, Subject, Whom},
    jobs::{Failure, Job, JobKind},
    quotas::{self, TellQuota},
    submissions,
};

typed_id! {
    /// A request to subscribe.
    RequestId
}

tenant_owned!(served_municipality, Owner);
tenant_owned!(subscription_request, Owner);

/// Counts anew what files a municipality keeps, who works there, and how many messages came in within a day.
pub async fn measure(tx: &TenantTx) -> Result<(), Error> {
    if quotas::get(tx).await?.is_none() {
        return Ok(());
    }
    let bytes = files::stored_bytes(tx).await? + gift_ledger::receipt_bytes(tx).await?;
    quotas::keep_storage(tx, bytes).await?;
    let since = tx.now() - TimeDelta::days(1);
    quotas::keep_messages(tx, submissions::count_since(tx, since).await?).await?;
    quotas::count_people(tx).await
}

impl Job for TellQuota {
    const KIND: JobKind = JobKind::TellQuota;
    type Context = Db;

    async fn run(&self, owner: TenantId, db: &Db) -> Result<(), Failure> {
        let tx = db.write(owner).await?;
        // Each level is a place of its own: the second is told although the first was not read.
        let path = format!("/beheer/abonnement#{}-{}", self.what, self.level);
        let name = Language::Dutch.term("quota", self.what);
        let label = format!("{name}: {} %", self.level);
        let subject = Subject::Page(&path, &label);
        let whom = Whom::Role(Role::TenantAdmin);
        inbox::notify(&tx, whom, NoticeKind::QuotaNear, subject, None).await?;
        Ok(tx.commit().await?)
    }
}

/// A municipality by its short name.
///
/// # Errors
/// [`Error::NotFound`], also for the platform's own organisation.
pub async fn municipality(tx: &PlatformTx, slug: &str) -> Result<tenants::Tenant, Error> {
    tenants::tenant::by_slug(tx, slug)
        .await?
        .filter(|tenant| tenant.kind == tenants::TenantKind::Municipality)
        .ok_or(Error::NotFound)
}
