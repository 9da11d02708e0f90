//! The audit log: who did what.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get};

use domain::{Error, cases};
use tenants::{TenantTx, permission::may, uuid::Uuid};

use crate::{
    extract::Staff,
    html::{PageSamples, pagination::PageRequest},
};

/// Entries on a page.
const PAGE: PageRequest = PageRequest::of(100);

/// What the reader must not know of: the messages that are about the reader.
async fn unseen(tx: &TenantTx, reader: &Staff<may::ReadAudit>) -> Result<Vec<Uuid>, Error> {
    let cases = cases::unseen_ids(tx, reader.viewer()).await?;
    Ok(cases.into_iter().map(|case| case.0).collect())
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] =
    &[PageSamples::of::<pages::AuditPage>("audit/audit.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/beheer/logboek").route(get().to(pages::list)))
        .service(web::resource("/beheer/logboek.csv").route(get().to(pages::export)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::list);
}
