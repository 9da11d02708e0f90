//! Giving gifts over the API. Amounts are whole cents, VAT included.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    cases::CaseId,
    gift_ledger::{self, BudgetId, Gift, GiftId, GiftKind, GiftStatus},
    gifts::{self, GiftRequest, NoteRequest, Verdict},
};
use serde::{Deserialize, Serialize};
use tenants::{Grants, Permission, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::my_gifts::reason_text;
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::PageRequest,
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// A gift.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftItem {
    /// Id.
    id: GiftId,
    /// From which budget.
    budget_id: BudgetId,
    /// Case it was given in.
    case_id: Option<CaseId>,
    /// Who gave it.
    staff_id: tenants::StaffId,
    /// What kind it is.
    #[schema(value_type = String, example = "flowers")]
    kind: GiftKind,
    /// `requested`, `ordered`, `handedOver`, `settled`, `declined`, `cancelled`, `released` or `lapsed`.
    #[schema(value_type = String, example = "ordered")]
    status: GiftStatus,
    /// What was set apart, in cents.
    amount_cents: i64,
    /// What was paid, in cents; nothing once it was taken back (the entries go on telling what was).
    spent_cents: Option<i64>,
    /// What it is.
    description: String,
    /// Why it fits this person.
    reason: String,
    /// For whom, when it is no case; none once that is forgotten.
    recipient: Option<String>,
    /// Version of the rules it was judged by, 0 for those every municipality begins with; none of what is older than that.
    rules_version: Option<i64>,
    /// Why approval by a second person is needed: `amount`, `kind`, `procedure`, `complaint`.
    #[schema(value_type = Vec<String>)]
    approval_needed: serde_json::Value,
    /// Who agreed with it, or did not.
    approver_id: Option<tenants::StaffId>,
    /// Who checked the receipt, for the amount that stands there now.
    checker_id: Option<tenants::StaffId>,
    /// Whether it was given before the resident gave a score.
    before_score: bool,
    /// When it was given.
    given_at: DateTime<Utc>,
    /// When the receipt has to be in: the end of a day of the municipality. While it waits for approval this is reckoned from the asking;
    /// the approval reckons it anew, from then on.
    receipt_due_at: DateTime<Utc>,
    /// When the resident got it.
    handed_over_at: Option<DateTime<Utc>>,
}

/// What the rules say.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerdictItem {
    /// What is left in the budget, in cents.
    left_cents: i64,
    /// Why approval by a second person is needed; empty when it may be given at once.
    approval_needed: Vec<String>,
    /// What is good to know and asks for nothing: `complaintKnown` (a complaint of this person runs, and the rules leave it to the giver),
    /// `duplicate` (this person got a gift this year already).
    warnings: Vec<String>,
    /// The same in words, and what is good to know.
    explanations: Vec<String>,
}

/// Gifts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftList {
    /// Newest first.
    pub(super) items: Vec<GiftItem>,
    /// Where the next piece begins; none at the end.
    pub(super) next_cursor: Option<GiftId>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct GiftQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<GiftId>,
    /// How many, at most 100, which is also what is given when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

pub(super) fn item(gift: Gift) -> GiftItem {
    GiftItem {
        id: gift.id,
        budget_id: gift.budget_id,
        case_id: gift.case_id,
        staff_id: gift.giver_id,
        kind: gift.kind,
        status: gift.status,
        amount_cents: gift.amount_cents,
        spent_cents: gift.paid_cents(),
        description: gift.description,
        reason: gift.reason,
        recipient: gift.recipient,
        rules_version: gift.rules_number,
        approval_needed: gift.approval_needed,
        approver_id: gift.approver_id,
        checker_id: gift.checker_id,
        before_score: gift.before_score,
        given_at: gift.given_at,
        receipt_due_at: gift.receipt_due_at,
        handed_over_at: gift.handed_over_at,
    }
}

/// One act on a gift, in a transaction of its own, and how the gift stands afterwards.
pub(super) async fn act<P, F>(staff: &Staff<P>, act: F) -> Result<HttpResponse, Problem>
where
    P: Grants,
    F: AsyncFnOnce(&tenants::TenantTx) -> Result<Gift, Error>,
{
    let tx = staff.write().await?;
    let gift = act(&tx).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}

/// A gift that the caller may see: one's own, or any for whoever may see them all.
pub(super) async fn visible<P: Grants>(
    staff: &Staff<P>,
    tx: &tenants::TenantTx,
    id: GiftId,
) -> Result<Gift, Problem> {
    let gift = gift_ledger::gift(tx, id).await?;
    if gift.giver_id == staff.member().id || staff.may(Permission::InspectGifts) {
        Ok(gift)
    } else {
        Err(Error::NotFound.into())
    }
}

pub(crate) fn explain(verdict: &Verdict, language: domain::Language) -> Vec<String> {
    verdict
        .approval
        .iter()
        .chain(&verdict.warnings)
        .map(|why| reason_text(*why, language))
        .collect()
}

/// What one gave
#[utoipa::path(tag = "gifts", operation_id = "listOwnGifts", params(GiftQuery), security(("bearer" = [])), responses((status = 200, description = "One's own gifts", body = GiftList)))]
#[get("/gifts")]
pub async fn own(
    staff: Staff<may::GiveGifts>,
    query: Query<GiftQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageRequest::parse(query.0.limit)?;
    let tx = staff.read().await?;
    let me = staff.member().id;
    let found = gift_ledger::of_giver(&tx, me, query.0.cursor, page.to_read()).await?;
    let (found, next_cursor) = page.split(found, |gift| gift.id);
    Ok(HttpResponse::Ok().json(GiftList {
        next_cursor,
        items: found.into_iter().map(item).collect(),
    }))
}

/// One gift
#[utoipa::path(tag = "gifts", operation_id = "getGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses((status = 200, description = "The gift", body = GiftItem)))]
#[get("/gifts/{id}")]
pub async fn one(staff: Staff<may::ReadGifts>, id: Id<GiftId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(item(visible(&staff, &tx, id.0).await?)))
}

/// In which case.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AssessQuery {
    /// The case it would be given in; none when it would be given just like that.
    #[param(value_type = Option<uuid::Uuid>)]
    case_id: Option<CaseId>,
}

/// May it be given
///
/// Answers as giving would, and gives nothing.
#[utoipa::path(tag = "gifts", operation_id = "assessGift", params(AssessQuery), request_body = GiftRequest, security(("bearer" = [])), responses(
    (status = 200, description = "It may", body = VerdictItem),
    (status = 409, description = "It may not; the code says which rule", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/_assess")]
pub async fn assess(
    staff: Staff<may::GiveGifts>,
    query: Query<AssessQuery>,
    request: Json<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let verdict = gifts::assess(
        &tx,
        staff.member(),
        &request.0.parse(query.0.case_id)?,
        &staff.site.app.recipient_keys,
    )
    .await?;
    Ok(HttpResponse::Ok().json(VerdictItem {
        left_cents: verdict.left_cents,
        approval_needed: verdict.approval.iter().map(ToString::to_string).collect(),
        warnings: verdict.warnings.iter().map(ToString::to_string).collect(),
        explanations: explain(&verdict, staff.site.language),
    }))
}

async fn create(
    staff: Staff<may::GiveGifts>,
    case: Option<CaseId>,
    creating: IdempotentJson<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: GiftRequest| {
                let persons = &staff.site.app.recipient_keys;
                let (gift, _) = gifts::give(tx, actor, &request.parse(case)?, persons).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/gifts/{}", gift.id)),
                    body: item(gift),
                })
            },
        )
        .await
}

/// Give a gift, just like that
///
/// Sets the money apart and writes the ledger, both or neither. Of two who spend the last euros at once, one gets them.
#[utoipa::path(tag = "gifts", operation_id = "createFreeGift", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = GiftRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Given, or waiting for approval", body = GiftItem),
    (status = 409, description = "A rule says no, or too little is left", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts")]
pub async fn give_freely(
    staff: Staff<may::GiveGifts>,
    creating: IdempotentJson<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    create(staff, None, creating).await
}

/// Give a gift in a case
///
/// As giving one just like that, for the resident of a case.
#[utoipa::path(tag = "gifts", operation_id = "createGift", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = GiftRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Given, or waiting for approval", body = GiftItem),
    (status = 409, description = "A rule says no, or too little is left", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/gifts")]
pub async fn give(
    staff: Staff<may::GiveGifts>,
    id: Id<CaseId>,
    creating: IdempotentJson<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    create(staff, Some(id.0), creating).await
}

/// The resident has it
#[utoipa::path(tag = "gifts", operation_id = "handOverGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses(
    (status = 200, description = "Noted", body = GiftItem),
    (status = 409, description = "Not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_hand-over")]
pub async fn hand_over(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| gifts::hand_over(tx, id.0, actor).await).await
}

/// It did not happen
#[utoipa::path(tag = "gifts", operation_id = "cancelGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), request_body = NoteRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Cancelled; the money is available again", body = GiftItem),
    (status = 409, description = "Not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_cancel")]
pub async fn cancel(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    note: Json<NoteRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    act(&staff, async |tx| {
        gifts::cancel(tx, id.0, actor, false, note.0.parse()?).await
    })
    .await
}
