//! The audit log over the API.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use domain::audit::{self, AuditEntryId};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::PAGE;
use crate::{
    extract::{Query, Staff},
    problem::Problem,
};

/// An entry of the audit log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: AuditEntryId,
    /// When.
    at: DateTime<Utc>,
    /// Who; none when a resident or the product did it.
    #[schema(value_type = Option<uuid::Uuid>)]
    actor_id: Option<StaffId>,
    /// What was done.
    #[schema(example = "case.claim")]
    action: String,
    /// To what kind of thing.
    object_kind: String,
    /// To which one.
    object_id: Option<uuid::Uuid>,
    /// Values that tell more, never what people wrote.
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

/// A page of the audit log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditList {
    /// Newest first.
    items: Vec<AuditItem>,
    /// Where the next page begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<AuditEntryId>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<AuditEntryId>,
}

/// Who did what
#[utoipa::path(tag = "administration", operation_id = "listAuditEntries", params(AuditQuery), security(("bearer" = [])), responses((status = 200, description = "A page of the audit log", body = AuditList)))]
#[get("/audit-entries")]
pub async fn list(
    reader: Staff<may::ReadAudit>,
    query: Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let entries = audit::newest(&tx, query.0.cursor, PAGE.to_read()).await?;
    let (entries, next_cursor) = PAGE.split(entries, |last| last.id);
    Ok(HttpResponse::Ok().json(AuditList {
        next_cursor,
        items: entries
            .into_iter()
            .map(|entry| AuditItem {
                id: entry.id,
                at: entry.at,
                actor_id: entry.actor_id,
                action: entry.action,
                object_kind: entry.object_kind,
                object_id: entry.object_id,
                details: entry.details,
            })
            .collect(),
    }))
}
