//! Receipts over the API. Amounts are whole cents, VAT included.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::{
    gift_ledger::{self, GiftId, Receipt, ReceiptId},
    gifts::{self, ReceiptRequest},
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use super::api::visible;
use crate::{
    blocking,
    extract::{self, Id, Query, Staff},
    html::pagination::LimitQuery,
    problem::{Problem, ProblemDocument},
};

/// Receipts of a gift.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptList {
    /// Newest first.
    items: Vec<Receipt>,
}

/// Hand in a receipt
///
/// The body is the photo or PDF itself, at most 10 MB; what it is, is judged by its content.
#[utoipa::path(tag = "gifts", operation_id = "createGiftReceipt", params(("id" = uuid::Uuid, Path, description = "Id of the gift"), ("amountCents" = i64, Query, description = "What was paid, VAT included, in cents")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), security(("bearer" = [])), responses(
    (status = 201, description = "Kept and booked", body = Receipt),
    (status = 409, description = "Not now, more than the rules allow (with the most it can be handed in with), or too little is left", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/receipts")]
pub async fn hand_in_receipt(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    query: Query<ReceiptRequest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = extract::body(&request, payload.into_inner(), gifts::RECEIPT_MAX).await?;
    let new = blocking::run(move || query.0.parse("", &bytes)).await??;
    let tx = staff.write().await?;
    let file_store = &staff.site.app.file_store;
    let receipt = gifts::add_receipt(&tx, file_store, id.0, staff.member(), new).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(receipt))
}

/// The receipts of a gift
#[utoipa::path(tag = "gifts", operation_id = "listGiftReceipts", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses((status = 200, description = "Its receipts, newest first", body = ReceiptList)))]
#[get("/gifts/{id}/receipts")]
pub async fn of_gift(
    staff: Staff<may::ReadGifts>,
    id: Id<GiftId>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let gift = visible(&staff, &tx, id.0).await?;
    let items = gift_ledger::receipts(&tx, gift.id, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(ReceiptList { items }))
}

/// A receipt as it was handed in
///
/// The photo or PDF itself, to whoever gave the gift or may inspect.
#[utoipa::path(tag = "gifts", operation_id = "getGiftReceipt", params(("id" = uuid::Uuid, Path, description = "Id of the receipt")), security(("bearer" = [])), responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
#[get("/gift-receipts/{id}")]
pub async fn read(
    staff: Staff<may::ReadGifts>,
    id: Id<ReceiptId>,
) -> Result<HttpResponse, Problem> {
    super::downloads::receipt(staff, id).await
}
