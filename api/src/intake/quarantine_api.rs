//! The quarantine over the API.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error, FieldErrors,
    intake::{
        self, QuarantineId,
        quarantine::{self, QuarantinedMessage},
    },
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    problem::{Problem, ProblemDocument},
};

/// Most messages in one answer.
const PAGE_MAX: u64 = 100;

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

/// A message in quarantine.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantinedItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: QuarantineId,
    /// The number on its receipt.
    #[schema(example = "7K4H-9XTR")]
    reference: String,
    /// Why it is here: `trapped`, `hasty`, `replayed`, `crowded`.
    reasons: Vec<String>,
    /// `waiting` or `restored`.
    state: String,
    /// When it came in.
    received_at: DateTime<Utc>,
    /// When the promise on its receipt falls due.
    due_at: Option<DateTime<Utc>>,
    /// When it is thrown away if nobody restores it.
    expires_at: DateTime<Utc>,
}

/// A piece of the quarantine.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantineList {
    /// The messages, oldest first.
    items: Vec<QuarantinedItem>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<String>,
}

/// An answer in a message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantinedLine {
    /// Key of the question.
    field: String,
    /// The question.
    label: String,
    /// The answer in words.
    value: String,
}

/// A message in quarantine with everything in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarantinedDetail {
    /// The message.
    #[serde(flatten)]
    item: QuarantinedItem,
    /// Its answers.
    copy: Vec<QuarantinedLine>,
}

/// The case that a message became.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestoredCase {
    /// Id of the case.
    #[schema(value_type = uuid::Uuid)]
    case_id: domain::cases::CaseId,
    /// Its number: the one on the receipt.
    reference: String,
    /// When it falls due, counted from when it was sent.
    due_at: Option<DateTime<Utc>>,
}

fn item(message: &QuarantinedMessage) -> QuarantinedItem {
    QuarantinedItem {
        id: message.id,
        reference: message.reference.clone(),
        reasons: quarantine::reasons(message)
            .iter()
            .map(ToString::to_string)
            .collect(),
        state: message.state.to_string(),
        received_at: message.received_at,
        due_at: message.due_at,
        expires_at: message.expires_at,
    }
}

/// The quarantine
///
/// Messages that look as if a program had sent them. Their senders got an ordinary receipt; a person decides.
#[utoipa::path(tag = "cases", operation_id = "listQuarantinedMessages", params(QuarantineQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the quarantine", body = QuarantineList)))]
#[get("/quarantined-messages")]
pub async fn list(
    staff: Staff<may::ReadCases>,
    query: Query<QuarantineQuery>,
) -> Result<HttpResponse, Problem> {
    let mut errors = FieldErrors::default();
    let limit = query.0.limit.unwrap_or(25);
    if !(1..=PAGE_MAX).contains(&limit) {
        errors.add_with("limit", "out_of_range", "max", PAGE_MAX);
    }
    let after = query
        .0
        .cursor
        .as_deref()
        .map(str::parse::<QuarantineId>)
        .transpose();
    if after.is_err() {
        errors.add("cursor", "cursor_unusable");
    }
    errors.into_result()?;
    let tx = staff.read().await?;
    let mut message = quarantine::list(&tx, after.unwrap_or_default(), limit + 1).await?;
    let most = usize::try_from(limit).map_err(Error::bug)?;
    let more = message.len() > most;
    message.truncate(most);
    Ok(HttpResponse::Ok().json(QuarantineList {
        next_cursor: message
            .last()
            .filter(|_| more)
            .map(|last| last.id.to_string()),
        items: message.iter().map(item).collect(),
    }))
}

/// A message in quarantine
#[utoipa::path(tag = "cases", operation_id = "getQuarantinedMessage", params(("id" = uuid::Uuid, Path, description = "Id of the message in quarantine")), security(("bearer" = [])), responses((status = 200, description = "The message", body = QuarantinedDetail)))]
#[get("/quarantined-messages/{id}")]
pub async fn get(
    staff: Staff<may::ReadCases>,
    id: Id<QuarantineId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let message = quarantine::get(&tx, id.0).await?;
    let receipt = intake::of_submission(&tx, message.submission_id).await?;
    Ok(HttpResponse::Ok().json(QuarantinedDetail {
        item: item(&message),
        copy: receipt
            .copy(staff.site.language)?
            .into_iter()
            .flat_map(|step| step.lines)
            .map(|line| QuarantinedLine {
                field: line.field,
                label: line.label,
                value: line.value,
            })
            .collect(),
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
pub async fn restore(
    staff: Staff<may::HandleCases>,
    id: Id<QuarantineId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let case = quarantine::restore(&tx, id.0, staff.member().id, &staff.site.tenant).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(RestoredCase {
        case_id: case.id,
        reference: case.reference,
        due_at: case.due_at,
    }))
}
