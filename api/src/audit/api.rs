//! The audit log over the API.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    audit::{self, Action, AuditEntryId, Entry, Filter},
};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::unseen;
use crate::{
    extract::{Query, Staff},
    html::pagination::PageRequest,
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

/// Which entries to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only what this member of staff did.
    actor_id: Option<StaffId>,
    /// Only where this was done.
    #[param(inline, value_type = Option<Action>)]
    action: Option<String>,
    /// Only from this instant on.
    from: Option<DateTime<Utc>>,
    /// Only before this instant.
    until: Option<DateTime<Utc>>,
    /// `nextCursor` of the answer before.
    cursor: Option<AuditEntryId>,
    /// At most so many, 1 to 100; 100 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// Who did what
#[utoipa::path(tag = "administration", operation_id = "listAuditEntries", params(AuditQuery), security(("bearer" = [])), responses((status = 200, description = "A page of the audit log", body = AuditList)))]
#[get("/audit-entries")]
pub async fn list(reader: Staff<may::ReadAudit>, query: Query<AuditQuery>) -> HandlerResult {
    let query = query.0;
    let page = PageRequest::parse(query.limit)?;
    let action = query.action.as_deref().map(str::parse).transpose();
    let filter = Filter {
        actor: query.actor_id,
        action: action.map_err(|_| Error::invalid("action", "not_an_option"))?,
        from: query.from,
        until: query.until,
        before: query.cursor,
    };
    let tx = reader.read().await?;
    let entries = audit::newest(&tx, filter, &unseen(&tx, &reader).await?, page.to_read()).await?;
    let (items, next_cursor) = page.split(entries, |last| last.id);
    Ok(HttpResponse::Ok().json(AuditList { items, next_cursor }))
}
