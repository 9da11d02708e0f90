//! Files of residents, for whoever may read their messages.

pub mod api;
pub mod pages;

use actix_web::web::{self, ServiceConfig, get};

use actix_web::{HttpResponse, http::header};
use domain::{
    Code, Error, cases,
    files::{self, File, FileId, FileStoreError, content, name},
};
use tenants::{Grants, TenantTx};

use crate::{
    extract::{Site, Staff},
    problem::{HandlerResult, Problem},
};

/// The bytes of a file, to be saved and never shown in the page: whoever got it here has shown that they may have it.
///
/// # Errors
/// [`Code::FileNotChecked`] while the scanner has not looked, [`Code::FileInfected`] when it found something.
pub(crate) async fn served(site: &Site, file: &File) -> HandlerResult {
    let scan_status = file.state.scan_status(site.has_scanner());
    if !scan_status.opens() {
        return Err(Problem::code(
            if scan_status == domain::files::ScanStatus::Infected {
                Code::FileInfected
            } else {
                Code::FileNotChecked
            },
        ));
    }
    let bytes = site
        .app
        .file_store
        .get(&file.place)
        .await
        .map_err(|error| match error {
            FileStoreError::Missing => Problem::from(Error::bug("a file has no bytes")),
            FileStoreError::Away(cause) => {
                tracing::error!(cause, "the store of files does not answer");
                Problem::code(Code::Unavailable)
            }
        })?;
    let kind = (file.kind.parse()).map_or("application/octet-stream", content::media_type);
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, name::disposition(&file.name)))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .body(bytes))
}

/// A file of a message that the member of staff may see.
///
/// # Errors
/// [`Error::NotFound`], also for a file of a case that is about whoever asks.
async fn seen<P: Grants>(staff: &Staff<P>, tx: &TenantTx, id: FileId) -> Result<File, Error> {
    let file = files::get(tx, id).await?;
    if let Some(submission) = file.submission_id {
        cases::require_seen_submission(tx, staff.viewer(), submission).await?;
    }
    Ok(file)
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(web::resource("/balie/bestanden/{id}").route(get().to(pages::file)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::upload).service(api::get);
}
