//! A mail as it came in, byte for byte, for whoever says where it belongs: what the reader of mails does not show may matter.

use actix_web::{HttpResponse, get, http::header};
use domain::{
    Code, Error,
    audit::Action,
    files::FileStoreError,
    inbound::{self, InboundMailId},
};
use tenants::permission::may;

use crate::{
    extract::{Id, Staff},
    problem::{HandlerResult, Problem, ProblemDocument},
};

/// The bytes of a mail, to be saved and never shown in a page.
async fn served(staff: &Staff<may::HandleCases>, id: InboundMailId) -> HandlerResult {
    let tx = staff.read().await?;
    let mail = inbound::get(&tx, id, staff.member()).await?;
    drop(tx);
    // Of a mail that was too large, or whose time is over, nothing is kept.
    let place = mail.place.ok_or(Error::NotFound)?;
    (staff.note_read(Action::InboundRead, ("inbound", id.0))).await?;
    let bytes = staff.site.app.file_store.get(&place).await;
    let bytes = bytes.map_err(|error| match error {
        FileStoreError::Missing => Problem::from(Error::NotFound),
        FileStoreError::Away(cause) => {
            tracing::error!(cause, "the store of files does not answer");
            Problem::code(Code::Unavailable)
        }
    })?;
    let name = format!("attachment; filename=\"mail-{id}.eml\"");
    Ok(HttpResponse::Ok()
        .content_type("message/rfc822")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .body(bytes))
}

/// The mail as a file.
pub async fn page(staff: Staff<may::HandleCases>, id: Id<InboundMailId>) -> HandlerResult {
    served(&staff, id.0).await
}

/// A mail as it came in
///
/// Byte for byte, as an attachment. It is kept as long as its mail waits or belongs to a case that is not erased.
#[utoipa::path(tag = "cases", operation_id = "getInboundMailSource", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), security(("bearer" = [])), responses(
    (status = 200, description = "Its bytes", body = Vec<u8>, content_type = "message/rfc822"),
    (status = 404, description = "There is no such mail, or nothing is kept of it", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[get("/inbound-mails/{id}/source")]
pub async fn get(staff: Staff<may::HandleCases>, id: Id<InboundMailId>) -> HandlerResult {
    served(&staff, id.0).await
}
