//! The resident's side of a message over the API, by the code of its receipt.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    Error,
    cases::{self, Case},
    intake,
    messages::MessageRequest,
    resident::{self, CallTimesRequest, ContactChangeRequest, Overview, Wish, WordRequest},
};
use tenants::TenantTx;

use super::page::{overview, wish};
use crate::{
    extract::{Json, Municipality, PathName, Site},
    problem::{HandlerResult, ProblemDocument},
};

async fn answer(site: &Site, tx: &TenantTx, code: &str, case: &Case) -> HandlerResult {
    let receipt = intake::receipt(tx, code).await?;
    Ok(HttpResponse::Ok().json(overview(tx, site, (case, &receipt)).await?))
}

/// Does something with the message, and answers with what stands on its page then.
async fn act(site: Municipality, code: PathName, wanted: Wish) -> HandlerResult {
    let site = &site.0;
    wish(site, &code.0, vec![wanted], async |tx| {
        let (_, case) = cases::by_code(tx, &code.0).await?;
        answer(site, tx, &code.0, &case.ok_or(Error::NotFound)?).await
    })
    .await
}

/// What has become of a message, and what its sender can do
///
/// Fixed words and messages both ways; no note or name of staff.
#[utoipa::path(tag = "intake", operation_id = "getReceiptOverview", params(("code" = String, Path, description = "Code of the receipt")), responses((status = 200, description = "How far it is", body = Overview)))]
#[get("/receipts/{code}/overview")]
pub async fn get(site: Municipality, code: PathName) -> HandlerResult {
    let site = &site.0;
    let tx = site.read().await?;
    if let (_, Some(case)) = cases::by_code(&tx, &code.0).await? {
        return answer(site, &tx, &code.0, &case).await;
    }
    drop(tx);
    // What waits in quarantine is told as the case that it would be; nothing of this is kept.
    let tx = site.write().await?;
    let case = resident::opened(&tx, &code.0, site.links()).await?.case;
    answer(site, &tx, &code.0, &case).await
}

/// Write to the municipality
///
/// The same words twice within ten minutes are one message.
#[utoipa::path(tag = "intake", operation_id = "createReceiptMessage", params(("code" = String, Path, description = "Code of the receipt")), request_body = MessageRequest, responses(
    (status = 200, description = "As it is now", body = Overview),
    (status = 409, description = "It was erased", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/receipts/{code}/messages")]
pub async fn write(
    site: Municipality,
    code: PathName,
    request: Json<MessageRequest>,
) -> HandlerResult {
    act(site, code, Wish::Write(request.0)).await
}

/// Choose other parts of the day for the call
#[utoipa::path(tag = "intake", operation_id = "replaceReceiptCallTimes", params(("code" = String, Path, description = "Code of the receipt")), request_body = CallTimesRequest, responses(
    (status = 200, description = "As it is now", body = Overview),
    (status = 409, description = "No call is to come", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/receipts/{code}/call-times")]
pub async fn call_times(
    site: Municipality,
    code: PathName,
    request: Json<CallTimesRequest>,
) -> HandlerResult {
    act(site, code, Wish::CallTimes(request.0)).await
}

/// Take the message back
///
/// Nobody calls any more, and the terms of the law of a complaint end.
#[utoipa::path(tag = "intake", operation_id = "withdrawReceipt", params(("code" = String, Path, description = "Code of the receipt")), request_body = WordRequest, responses(
    (status = 200, description = "It was taken back", body = Overview),
    (status = 409, description = "It was closed otherwise", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/receipts/{code}/_withdraw")]
pub async fn withdraw(
    site: Municipality,
    code: PathName,
    request: Json<WordRequest>,
) -> HandlerResult {
    act(site, code, Wish::Withdraw(request.0)).await
}

/// Say that the sender is satisfied
#[utoipa::path(tag = "intake", operation_id = "satisfyReceipt", params(("code" = String, Path, description = "Code of the receipt")), responses((status = 200, description = "It was noted", body = Overview)))]
#[post("/receipts/{code}/_satisfy")]
pub async fn satisfy(site: Municipality, code: PathName) -> HandlerResult {
    act(site, code, Wish::Satisfied).await
}

/// Say that it is an official complaint
///
/// The terms of the law count from the first receipt.
#[utoipa::path(tag = "intake", operation_id = "complainReceipt", params(("code" = String, Path, description = "Code of the receipt")), request_body = WordRequest, responses((status = 200, description = "It was noted", body = Overview)))]
#[post("/receipts/{code}/_complain")]
pub async fn complain(
    site: Municipality,
    code: PathName,
    request: Json<WordRequest>,
) -> HandlerResult {
    act(site, code, Wish::Complain(request.0)).await
}

/// Ask for another mail address or telephone number
///
/// It holds once it is confirmed at the old and at the new one.
#[utoipa::path(tag = "intake", operation_id = "createReceiptContactChange", params(("code" = String, Path, description = "Code of the receipt")), request_body = ContactChangeRequest, responses((status = 200, description = "It waits to be confirmed", body = Overview)))]
#[post("/receipts/{code}/contact-changes")]
pub async fn change_contact(
    site: Municipality,
    code: PathName,
    request: Json<ContactChangeRequest>,
) -> HandlerResult {
    act(site, code, Wish::ChangeContact(request.0)).await
}
