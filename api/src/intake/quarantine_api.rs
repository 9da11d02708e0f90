//! The quarantine over the API.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    FieldErrors,
    cases::{self, CaseId},
    intake::{
        self, CopyLine, QuarantineId,
        quarantine::{self, QuarantinedMessage},
    },
    resident,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::quarantine::PAGE;
use crate::{
    extract::{Id, Query, Staff},
    problem::{HandlerResult, ProblemDocument},
};

/// Which messages to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct QuarantineQuery {
    /// Where to go on: `nextCursor` of the answer before.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 25 by default.
    limit: Option<u64>,
}

/// A piece of the quarantine.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantineList {
    /// The messages, oldest first.
    items: Vec<QuarantinedMessage>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<QuarantineId>,
}

/// A message in quarantine with everything in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantinedDetail {
    /// The message.
    #[serde(flatten)]
    message: QuarantinedMessage,
    /// Its answers.
    copy: Vec<CopyLine>,
}

/// The case that a message became.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestoredCase {
    /// Id of the case.
    case_id: CaseId,
    /// Its number: the one on the receipt.
    reference: String,
    /// When it falls due, counted from when it was sent.
    due_at: Option<DateTime<Utc>>,
}

/// The quarantine
///
/// Messages that look as if a program had sent them. Their senders got an ordinary receipt; a person decides.
#[utoipa::path(tag = "cases", operation_id = "listQuarantinedMessages", params(QuarantineQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the quarantine", body = QuarantineList)))]
#[get("/quarantined-messages")]
pub async fn list(staff: Staff<may::ReadCases>, query: Query<QuarantineQuery>) -> HandlerResult {
    let mut errors = FieldErrors::default();
    let page = PAGE.or(query.0.limit, &mut errors);
    let after = query.0.cursor.as_deref().map(str::parse).transpose();
    if after.is_err() {
        errors.add("cursor", "cursor_unusable");
    }
    errors.into_result()?;
    let tx = staff.read().await?;
    let messages = quarantine::list(&tx, after.unwrap_or_default(), page.to_read()).await?;
    let (items, next_cursor) = page.split(messages, |last| last.id);
    Ok(HttpResponse::Ok().json(QuarantineList { items, next_cursor }))
}

/// A message in quarantine
#[utoipa::path(tag = "cases", operation_id = "getQuarantinedMessage", params(("id" = uuid::Uuid, Path, description = "Id of the message in quarantine")), security(("bearer" = [])), responses((status = 200, description = "The message", body = QuarantinedDetail)))]
#[get("/quarantined-messages/{id}")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<QuarantineId>) -> HandlerResult {
    let tx = staff.read().await?;
    let message = quarantine::get(&tx, id.0).await?;
    // One that was put back is a case.
    cases::require_seen_submission(&tx, staff.viewer(), message.submission_id).await?;
    let receipt = intake::of_submission(&tx, message.submission_id).await?;
    Ok(HttpResponse::Ok().json(QuarantinedDetail {
        copy: receipt.lines(staff.site.language, staff.site.has_scanner())?,
        message,
    }))
}

/// Restore a message
///
/// It becomes a case as if it had never been here: under the number on its receipt, due as its receipt promised.
#[utoipa::path(tag = "cases", operation_id = "restoreQuarantinedMessage", params(("id" = uuid::Uuid, Path, description = "Id of the message in quarantine")), security(("bearer" = [])), responses(
    (status = 200, description = "It is a case", body = RestoredCase),
    (status = 409, description = "A colleague restored it already", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/quarantined-messages/{id}/_restore")]
pub async fn restore(staff: Staff<may::HandleCases>, id: Id<QuarantineId>) -> HandlerResult {
    let tx = staff.write().await?;
    let case = resident::restore(&tx, id.0, staff.member().id, staff.site.links()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(RestoredCase {
        case_id: case.id,
        reference: case.reference,
        due_at: case.due_at,
    }))
}
