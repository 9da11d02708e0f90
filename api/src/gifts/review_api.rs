//! What the budget holder does with a gift, over the API: agreeing or not, checking the receipt, putting right.

use actix_web::{HttpResponse, post};
use domain::{
    gift_ledger::GiftId,
    gifts::{self, CorrectionRequest, NoteRequest},
};
use serde::Deserialize;
use tenants::permission::may;
use utoipa::IntoParams;

use super::api::{GiftItem, act};
use crate::{
    extract::{Id, Json, Query, Staff},
    problem::{Problem, ProblemDocument},
};

/// Checking only what was looked at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CheckQuery {
    /// `spentCents` as it was looked at; when another amount stands there by now, nothing is noted. Without it whatever stands there is
    /// checked.
    expected_cents: Option<i64>,
}

/// Agree with a gift that waits
#[utoipa::path(tag = "gifts", operation_id = "approveGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses(
    (status = 200, description = "It may be bought", body = GiftItem),
    (status = 409, description = "One's own, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_approve")]
pub async fn approve(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| gifts::approve(tx, id.0, actor).await).await
}

/// Do not agree
#[utoipa::path(tag = "gifts", operation_id = "declineGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), request_body = NoteRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Declined; the money is available again", body = GiftItem),
    (status = 409, description = "One's own, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_decline")]
pub async fn decline(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    note: Json<NoteRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| {
        gifts::decline(tx, id.0, actor, note.0.parse()?).await
    })
    .await
}

/// The receipt was checked
#[utoipa::path(tag = "gifts", operation_id = "checkGiftReceipt", params(("id" = uuid::Uuid, Path, description = "Id of the gift"), CheckQuery), security(("bearer" = [])), responses(
    (status = 200, description = "Noted", body = GiftItem),
    (status = 409, description = "By the giver, the approver or who put the amount right last, another amount than expected, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_check-receipt")]
pub async fn check_receipt(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    query: Query<CheckQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    let shown = query.0.expected_cents;
    act(&staff, async |tx| {
        gifts::check_receipt(tx, id.0, actor, shown).await
    })
    .await
}

/// Put an amount right
///
/// Upward within the cap of one gift and within what the person and the giver may have. The receipt waits to be checked again, by somebody
/// else.
#[utoipa::path(tag = "gifts", operation_id = "correctGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), request_body = CorrectionRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Corrected", body = GiftItem),
    (status = 409, description = "Not now, another amount than expected, more than the rules allow, or too little is left", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_correct")]
pub async fn correct(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    request: Json<CorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| {
        let correction = request.0.parse()?;
        gifts::correct(tx, id.0, actor, correction).await
    })
    .await
}

/// Take a gift back
///
/// It did not happen, or was paid back: the money is available again.
#[utoipa::path(tag = "gifts", operation_id = "reverseGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), request_body = NoteRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Cancelled", body = GiftItem),
    (status = 409, description = "Not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_reverse")]
pub async fn reverse(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    note: Json<NoteRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| {
        gifts::cancel(tx, id.0, actor, true, note.0.parse()?).await
    })
    .await
}
