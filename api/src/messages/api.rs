//! Messages about a case, for staff.

use actix_web::{HttpResponse, get, post};
use domain::{
    audit::Action,
    cases::{self, CaseId},
    desk,
    messages::{self, Message, MessageRequest},
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// The messages about a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageList {
    /// Oldest first, with those of the cases that were merged into it.
    items: Vec<Message>,
}

/// The messages about a case
///
/// What the resident and staff wrote to each other, on the resident's page and by mail.
#[utoipa::path(tag = "cases", operation_id = "listCaseMessages", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, or the first", body = MessageList)))]
#[get("/cases/{id}/messages")]
pub async fn list(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let mut items = messages::of_case(&tx, case.id).await?;
    if let Some(most) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        items.truncate(most);
    }
    drop(tx);
    staff.note_read(Action::CaseRead, ("case", id.0.0)).await?;
    Ok(HttpResponse::Ok().json(MessageList { items }))
}

/// Write to the resident
///
/// It stands on the resident's page, and a mail says so to whoever left an address. It keeps a promise to write.
#[utoipa::path(tag = "cases", operation_id = "createCaseMessage", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = MessageRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Written", body = Message),
    (status = 409, description = "It is a colleague's, or merged", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/messages")]
pub async fn write(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: IdempotentJson<MessageRequest>,
) -> HandlerResult {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: MessageRequest| {
                let text = request.parse()?;
                let body = desk::write_message(tx, id.0, actor, text, &staff.site.tenant).await?;
                Ok(Created {
                    body,
                    location: Some(format!("/api/v1/cases/{}/messages", id.0)),
                })
            },
        )
        .await
}
