//! Mails about a case over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    audit::Action,
    cases::{self, CaseId},
    desk,
    inbound::{self, InboundMail},
    mail::{self, MailId, MailItem},
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::LimitQuery,
    problem::{HandlerResult, ProblemDocument},
};

/// The mails about a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseMailList {
    /// Mails to its resident, newest first.
    items: Vec<MailItem>,
    /// Mails that came in, newest first.
    received: Vec<InboundMail>,
}

/// The mails about a case
///
/// What became of each mail to the resident, and what the resident mailed.
#[utoipa::path(tag = "cases", operation_id = "listCaseMails", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "At most a hundred of each", body = CaseMailList)))]
#[get("/cases/{id}/mails")]
pub async fn list(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let most = limit.and_then(|limit| usize::try_from(limit).ok());
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let mut list = CaseMailList {
        items: mail::of_case(&tx, case.id.0).await?,
        received: inbound::of_case(&tx, case.id).await?,
    };
    if let Some(most) = most {
        list.items.truncate(most);
        list.received.truncate(most);
    }
    drop(tx);
    staff.note_read(Action::CaseRead, ("case", id.0.0)).await?;
    Ok(HttpResponse::Ok().json(list))
}

/// Send a mail again
///
/// One that was given up (`refused`), to the address that it was written to.
#[utoipa::path(tag = "cases", operation_id = "resendMail", params(("id" = uuid::Uuid, Path, description = "Id of the mail")), security(("bearer" = [])), responses(
    (status = 204, description = "It waits to be sent"),
    (status = 409, description = "It was not given up, or the resident has another address now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/mails/{id}/_resend")]
pub async fn resend(staff: Staff<may::HandleCases>, id: Id<MailId>) -> HandlerResult {
    let tx = staff.write().await?;
    desk::resend_mail(&tx, id.0, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
