//! The resident's side of a message over the API, by the code of its receipt.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    cases::Case,
    intake,
    messages::MessageRequest,
    resident::{self, CallTimesRequest, ContactChangeRequest, Overview, WordRequest},
    submissions::Submission,
};
use tenants::TenantTx;

use super::page::{opened, overview};
use crate::{
    extract::{Json, Municipality, PathName, Site},
    problem::{HandlerResult, Problem, ProblemDocument},
};

async fn answer(site: &Site, tx: &TenantTx, code: &str) -> HandlerResult {
    let receipt = intake::receipt(tx, code).await?;
    Ok(HttpResponse::Ok().json(overview(tx, site, &receipt).await?))
}

/// Does something with the message, and answers with what stands on its page then.
async fn act(
    site: Municipality,
    code: PathName,
    work: impl AsyncFnOnce(&TenantTx, &Submission, &Case, &Site) -> Result<(), Problem>,
) -> HandlerResult {
    let tx = site.0.write().await?;
    let (submission, case) = opened(&tx, &code.0).await?;
    work(&tx, &submission, &case, &site.0).await?;
    let body = answer(&site.0, &tx, &code.0).await?;
    tx.commit().await?;
    Ok(body)
}

/// What has become of a message, and what its sender can do
///
/// Fixed words and messages both ways; no note or name of staff.
#[utoipa::path(tag = "intake", operation_id = "getReceiptOverview", params(("code" = String, Path, description = "Code of the receipt")), responses((status = 200, description = "How far it is", body = Overview)))]
#[get("/receipts/{code}/overview")]
pub async fn get(site: Municipality, code: PathName) -> HandlerResult {
    let tx = site.0.read().await?;
    answer(&site.0, &tx, &code.0).await
}

/// Write to the municipality
///
/// The same words twice within ten minutes are one message.
#[utoipa::path(tag = "intake", operation_id = "createReceiptMessage", params(("code" = String, Path, description = "Code of the receipt")), request_body = MessageRequest, responses(
    (status = 200, description = "As it is now", body = Overview),
    (status = 409, description = "It is still being processed, or was erased", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/receipts/{code}/messages")]
pub async fn write(
    site: Municipality,
    code: PathName,
    request: Json<MessageRequest>,
) -> HandlerResult {
    act(site, code, async |tx, _, case, _| {
        resident::write(tx, case, request.0).await?;
        Ok(())
    })
    .await
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
    act(site, code, async |tx, submission, case, _| {
        Ok(resident::set_call_times(tx, (submission, case), &request.0).await?)
    })
    .await
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
    act(site, code, async |tx, _, case, _| {
        Ok(resident::withdraw(tx, case, request.0).await?)
    })
    .await
}

/// Say that the sender is satisfied
#[utoipa::path(tag = "intake", operation_id = "satisfyReceipt", params(("code" = String, Path, description = "Code of the receipt")), responses((status = 200, description = "It was noted", body = Overview)))]
#[post("/receipts/{code}/_satisfy")]
pub async fn satisfy(site: Municipality, code: PathName) -> HandlerResult {
    act(site, code, async |tx, _, case, _| {
        Ok(resident::satisfied(tx, case).await?)
    })
    .await
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
    act(site, code, async |tx, _, case, _| {
        Ok(resident::complain(tx, case, request.0).await?)
    })
    .await
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
    act(site, code, async |tx, _, case, site| {
        Ok(resident::ask_change(tx, case, &request.0, site.links()).await?)
    })
    .await
}
