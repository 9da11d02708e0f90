//! Giving gifts over the API, and what the budget holder does with them. Amounts are whole cents, VAT included.

use actix_web::{HttpResponse, get, post};
use domain::{
    Error,
    cases::CaseId,
    gift_ledger::{self, Gift, GiftId, RegisterFilter},
    gifts::{self, CorrectionRequest, GiftRequest, NoteRequest, Verdict},
};
use serde::{Deserialize, Serialize};
use tenants::{Grants, Permission, permission::may};
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::PageRequest,
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// What the rules say.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssessedGift {
    #[serde(flatten)]
    verdict: Verdict,
    /// The same in words, and what is good to know.
    explanations: Vec<String>,
}

/// Gifts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftList {
    /// Newest first.
    items: Vec<Gift>,
    /// Where the next piece begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<GiftId>,
}

impl GiftList {
    /// The gifts of a page.
    pub(super) fn answer(page: PageRequest, found: Vec<Gift>) -> HttpResponse {
        let (gifts, next_cursor) = page.split(found, |gift| gift.id);
        let gifts = gifts.into_iter().map(Gift::without_reversed_payment);
        HttpResponse::Ok().json(Self {
            items: gifts.collect(),
            next_cursor,
        })
    }
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

/// One act on a gift, in a transaction of its own, and how the gift stands afterwards.
pub(super) async fn act<P, F>(staff: &Staff<P>, act: F) -> Result<HttpResponse, Problem>
where
    P: Grants,
    F: AsyncFnOnce(&tenants::TenantTx) -> Result<Gift, Error>,
{
    let tx = staff.write().await?;
    let gift = act(&tx).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(gift.without_reversed_payment()))
}

/// A gift that the caller may see: one's own, or any for whoever may see them all.
pub(super) async fn visible<P: Grants>(
    staff: &Staff<P>,
    tx: &tenants::TenantTx,
    id: GiftId,
) -> Result<Gift, Problem> {
    let gift = gift_ledger::seen_gift(tx, staff.viewer(), id).await?;
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
        .map(|reason| language.term("gift-reason", reason))
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
    let mine = RegisterFilter {
        giver: Some(staff.member().id),
        ..RegisterFilter::default()
    };
    let found =
        gift_ledger::register(&tx, staff.viewer(), &mine, query.0.cursor, page.to_read()).await?;
    Ok(GiftList::answer(page, found))
}

/// One gift
#[utoipa::path(tag = "gifts", operation_id = "getGift", params(("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses((status = 200, description = "The gift", body = Gift)))]
#[get("/gifts/{id}")]
pub async fn one(staff: Staff<may::ReadGifts>, id: Id<GiftId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let gift = visible(&staff, &tx, id.0).await?;
    Ok(HttpResponse::Ok().json(gift.without_reversed_payment()))
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
    (status = 200, description = "It may", body = AssessedGift),
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
    Ok(HttpResponse::Ok().json(AssessedGift {
        explanations: explain(&verdict, staff.site.language),
        verdict,
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
                    body: gift.without_reversed_payment(),
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
    (status = 201, description = "Given, or waiting for approval", body = Gift),
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
    (status = 201, description = "Given, or waiting for approval", body = Gift),
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
    (status = 200, description = "Noted", body = Gift),
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
    (status = 200, description = "Cancelled; the money is available again", body = Gift),
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
    (status = 200, description = "It may be bought", body = Gift),
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
    (status = 200, description = "Declined; the money is available again", body = Gift),
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
    (status = 200, description = "Noted", body = Gift),
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
    (status = 200, description = "Corrected", body = Gift),
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
    (status = 200, description = "Cancelled", body = Gift),
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
