//! The audit log over the API.

use actix_web::{HttpResponse, get};
use domain::audit::{self, AuditEntryId, Entry};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use super::PAGE;
use crate::{
    extract::{Query, Staff},
    html::pagination::CursorQuery,
    problem::HandlerResult,
};

/// A page of the audit log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditList {
    /// Newest first.
    items: Vec<Entry>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<AuditEntryId>,
}

/// Who did what
#[utoipa::path(tag = "administration", operation_id = "listAuditEntries", params(CursorQuery), security(("bearer" = [])), responses((status = 200, description = "A page of the audit log", body = AuditList)))]
#[get("/audit-entries")]
pub async fn list(reader: Staff<may::ReadAudit>, query: Query<CursorQuery>) -> HandlerResult {
    let page = query.0.page(PAGE)?;
    let tx = reader.read().await?;
    let entries = audit::newest(&tx, query.0.id(), page.to_read()).await?;
    let (items, next_cursor) = page.split(entries, |last| last.id);
    Ok(HttpResponse::Ok().json(AuditList { items, next_cursor }))
}
