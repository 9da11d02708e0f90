//! Budgets, rules, approval and the ledger over the API.

use actix_web::{HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use domain::gifts::{
    self, BudgetId, EntryKind, GiftEntryId, GiftId, GiftRules, NewBudget, ReceiptId,
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::api::{GiftItem, NoteRequest, item};
use crate::{
    extract::{Ask, Id, Input, Staff},
    idempotent::{Created, Creating},
    problem::{Problem, ProblemDocument},
};

const PAGE: usize = 100;

/// A budget.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: BudgetId,
    /// Its name.
    name: String,
    /// Team it is for.
    team: String,
    /// Year it is for.
    year: i64,
    /// Reference of the council's document.
    mandate: String,
    /// Money set aside, in cents.
    allocated_cents: i64,
    /// What may still be given, in cents; never below zero.
    balance_cents: i64,
    /// Given and not yet paid, in cents.
    reserved_cents: i64,
    /// Paid, in cents.
    spent_cents: i64,
    /// Most one attention may cost, in cents, when that is less than the rules say.
    cap_cents: Option<i64>,
    /// When its year was closed.
    closed_at: Option<DateTime<Utc>>,
}

/// All budgets of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetList {
    /// Newest year first.
    items: Vec<BudgetItem>,
}

/// A budget to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BudgetRequest {
    /// Its name.
    name: String,
    /// Team it is for.
    #[serde(default)]
    team: String,
    /// Year it is for.
    #[schema(example = 2027)]
    year: i32,
    /// Money set aside, in cents.
    #[schema(example = 150_000)]
    allocated_cents: i64,
    /// Most one attention may cost, in cents, when that is less than the rules say.
    #[serde(default)]
    cap_cents: Option<i64>,
    /// Reference of the council's document.
    mandate: String,
    /// Who answers for it.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    holder_id: Option<tenants::StaffId>,
}

/// What was opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetOpened {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: BudgetId,
}

/// Money to move.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TransferRequest {
    /// From which budget.
    #[schema(value_type = uuid::Uuid)]
    from_id: BudgetId,
    /// To which budget.
    #[schema(value_type = uuid::Uuid)]
    to_id: BudgetId,
    /// How much, in cents.
    amount_cents: i64,
    /// The decision it rests on.
    decision: String,
}

/// The rules with the number of their version.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RulesDocument {
    /// Number of the version; send it along with a change. 0 is what every municipality begins with.
    version: i64,
    /// The rules, amounts in cents.
    #[schema(value_type = Object)]
    rules: GiftRules,
}

/// A correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CorrectionRequest {
    /// What was really paid, in cents.
    amount_cents: i64,
    /// Why.
    note: String,
}

/// An entry of a ledger: its four changes sum to zero.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntryItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: GiftEntryId,
    /// Its number in the chain, from 1.
    sequence: i64,
    /// `allocation`, `reservation`, `spending`, `correction`, `cancellation`, …
    #[schema(value_type = String, example = "reservation")]
    kind: EntryKind,
    /// About which attention.
    #[schema(value_type = Option<uuid::Uuid>)]
    gift_id: Option<GiftId>,
    /// With which receipt.
    #[schema(value_type = Option<uuid::Uuid>)]
    receipt_id: Option<ReceiptId>,
    /// Who did it.
    #[schema(value_type = Option<uuid::Uuid>)]
    staff_id: Option<tenants::StaffId>,
    /// Change of what was set aside, in cents.
    allocated_cents: i64,
    /// Change of what may still be given, in cents.
    available_cents: i64,
    /// Change of what is set apart, in cents.
    reserved_cents: i64,
    /// Change of what was paid, in cents.
    spent_cents: i64,
    /// What may still be given after it, in cents.
    balance_cents: i64,
    /// Why, or by which decision.
    note: String,
    /// When.
    at: DateTime<Utc>,
    /// SHA-256 of what it vouches for: the facts of the attention, or the bytes of the receipt.
    evidence: String,
    /// Hash of the entry before it.
    previous_hash: String,
    /// SHA-256 of its canonical form.
    hash: String,
}

/// A piece of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerList {
    /// Newest entry first.
    items: Vec<EntryItem>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<i64>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct LedgerQuery {
    /// `nextCursor` of the answer before.
    cursor: Option<i64>,
}

/// Something that does not hold.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingItem {
    /// At which entry.
    sequence: i64,
    /// `sequence`, `link`, `hash`, `unbalanced`, `balance`, `facts`, `state` or `receipt`.
    broken: String,
    /// About which attention.
    #[schema(value_type = Option<uuid::Uuid>)]
    gift_id: Option<GiftId>,
}

/// The proof of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProofDocument {
    /// Whether everything holds.
    sound: bool,
    /// How many entries were counted again.
    entries: i64,
    /// Hash of the newest entry; kept elsewhere, it proves later that nothing was cut off.
    head: String,
    /// What does not hold, and where.
    findings: Vec<FindingItem>,
}

/// The budgets
#[utoipa::path(tag = "gifts", operation_id = "listGiftBudgets", security(("bearer" = [])), responses((status = 200, description = "The budgets", body = BudgetList)))]
#[get("/gift-budgets")]
pub async fn budgets(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let left = gifts::left(&tx).await?;
    let items = gifts::budgets(&tx)
        .await?
        .into_iter()
        .map(|budget| {
            let balance = left.get(&budget.id).copied().unwrap_or_default();
            BudgetItem {
                id: budget.id,
                name: budget.name,
                team: budget.team,
                year: budget.year,
                mandate: budget.mandate,
                allocated_cents: -balance.allocated,
                balance_cents: balance.available,
                reserved_cents: balance.reserved,
                spent_cents: balance.spent,
                cap_cents: budget.cap_cents,
                closed_at: budget.closed_at,
            }
        })
        .collect();
    Ok(HttpResponse::Ok().json(BudgetList { items }))
}

/// Open a budget
#[utoipa::path(tag = "gifts", operation_id = "createGiftBudget", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = BudgetRequest, security(("bearer" = [])), responses((status = 201, description = "Opened", body = BudgetOpened)))]
#[post("/gift-budgets")]
pub async fn open_budget(
    staff: Staff<may::ManageGifts>,
    creating: Creating<BudgetRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, request: BudgetRequest| {
                let new = NewBudget {
                    name: request.name,
                    team: request.team,
                    year: request.year,
                    allocated_cents: request.allocated_cents,
                    cap_cents: request.cap_cents,
                    mandate: request.mandate,
                    holder: request.holder_id,
                };
                let id = gifts::open_budget(tx, new, Some(actor)).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/gift-budgets/{id}/entries")),
                    body: BudgetOpened { id },
                })
            },
        )
        .await
}

/// Close the year of a budget
///
/// Open reservations are released. Receipts that come in later are still booked in it. What is left stays, until a decision moves it.
#[utoipa::path(tag = "gifts", operation_id = "closeGiftBudget", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses(
    (status = 204, description = "Closed"),
    (status = 409, description = "It was closed before", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gift-budgets/{id}/_close")]
pub async fn close_budget(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    gifts::close_year(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Move money between budgets
#[utoipa::path(tag = "gifts", operation_id = "createGiftTransfer", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = TransferRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Moved", body = BudgetOpened),
    (status = 409, description = "Too little is left, or the year is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gift-transfers")]
pub async fn transfer(
    staff: Staff<may::ManageGifts>,
    creating: Creating<TransferRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, request: TransferRequest| {
                gifts::move_money(
                    tx,
                    (request.from_id, request.to_id),
                    request.amount_cents,
                    &request.decision,
                    actor,
                )
                .await?;
                Ok(Created {
                    location: None,
                    body: BudgetOpened { id: request.to_id },
                })
            },
        )
        .await
}

/// The rules that hold
#[utoipa::path(tag = "gifts", operation_id = "getGiftRules", security(("bearer" = [])), responses((status = 200, description = "The rules", body = RulesDocument)))]
#[get("/gift-rules")]
pub async fn rules(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let (version, rules) = gifts::rules(&tx).await?;
    Ok(HttpResponse::Ok().json(RulesDocument { version, rules }))
}

/// Set new rules
///
/// Every change is a version of its own. They hold for what is given from now on.
#[utoipa::path(tag = "gifts", operation_id = "replaceGiftRules", request_body = RulesDocument, security(("bearer" = [])), responses(
    (status = 200, description = "The new rules", body = RulesDocument),
    (status = 409, description = "Somebody else changed them meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/gift-rules")]
pub async fn replace_rules(
    staff: Staff<may::ManageGifts>,
    document: Input<RulesDocument>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let version = gifts::set_rules(
        &tx,
        &document.0.rules,
        document.0.version,
        staff.member().id,
    )
    .await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(RulesDocument {
        version,
        rules: document.0.rules,
    }))
}

/// The ledger of a budget
#[utoipa::path(tag = "gifts", operation_id = "listGiftEntries", params(("id" = uuid::Uuid, Path, description = "Id of the budget"), LedgerQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the ledger", body = LedgerList)))]
#[get("/gift-budgets/{id}/entries")]
pub async fn ledger(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Ask<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let budget = gifts::budget(&tx, id.0).await?;
    let limit = u64::try_from(PAGE).unwrap_or(100) + 1;
    let mut entries = gifts::entries(&tx, budget.id, query.0.cursor, limit).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(HttpResponse::Ok().json(LedgerList {
        next_cursor: entries.last().filter(|_| more).map(|entry| entry.sequence),
        items: entries
            .into_iter()
            .map(|entry| EntryItem {
                id: entry.id,
                sequence: entry.sequence,
                kind: entry.kind,
                gift_id: entry.gift_id,
                receipt_id: entry.receipt_id,
                staff_id: entry.actor_id,
                allocated_cents: entry.allocated_cents,
                available_cents: entry.available_cents,
                reserved_cents: entry.reserved_cents,
                spent_cents: entry.spent_cents,
                balance_cents: entry.available_after,
                note: entry.note,
                at: entry.at,
                evidence: entry.evidence,
                previous_hash: entry.previous_hash,
                hash: entry.hash,
            })
            .collect(),
    }))
}

/// The proof of a ledger
///
/// Counts the whole chain again: numbers, hashes, sums, balances, and what the entries vouch for.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetProof", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "The proof", body = ProofDocument)))]
#[get("/gift-budgets/{id}/proof")]
pub async fn proof(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let checked = gifts::check(&tx, id.0).await?;
    Ok(HttpResponse::Ok().json(ProofDocument {
        sound: checked.findings.is_empty(),
        entries: checked.entries,
        head: checked.head,
        findings: checked
            .findings
            .into_iter()
            .map(|finding| FindingItem {
                sequence: finding.sequence,
                broken: finding.broken.to_string(),
                gift_id: finding.gift,
            })
            .collect(),
    }))
}

/// Agree with an attention that waits
#[utoipa::path(tag = "gifts", operation_id = "approveGift", params(("id" = uuid::Uuid, Path, description = "Id of the attention")), security(("bearer" = [])), responses(
    (status = 200, description = "It may be bought", body = GiftItem),
    (status = 409, description = "One's own, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_approve")]
pub async fn approve(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let gift = gifts::approve(&tx, id.0, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}

/// Do not agree
#[utoipa::path(tag = "gifts", operation_id = "declineGift", params(("id" = uuid::Uuid, Path, description = "Id of the attention")), request_body = NoteRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Declined; the money is available again", body = GiftItem),
    (status = 409, description = "One's own, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_decline")]
pub async fn decline(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    note: Input<NoteRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let gift = gifts::decline(&tx, id.0, staff.member(), &note.0.note).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}

/// The receipt was checked
#[utoipa::path(tag = "gifts", operation_id = "checkGiftReceipt", params(("id" = uuid::Uuid, Path, description = "Id of the attention")), security(("bearer" = [])), responses(
    (status = 200, description = "Noted", body = GiftItem),
    (status = 409, description = "By the giver or approver, or not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_check-receipt")]
pub async fn check_receipt(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let gift = gifts::check_receipt(&tx, id.0, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}

/// Put an amount right
#[utoipa::path(tag = "gifts", operation_id = "correctGift", params(("id" = uuid::Uuid, Path, description = "Id of the attention")), request_body = CorrectionRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Corrected", body = GiftItem),
    (status = 409, description = "Not now, or too little is left", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_correct")]
pub async fn correct(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    request: Input<CorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let gift = gifts::correct(
        &tx,
        id.0,
        staff.member(),
        request.0.amount_cents,
        &request.0.note,
    )
    .await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}

/// Take an attention back
///
/// It did not happen, or was paid back: the money is available again.
#[utoipa::path(tag = "gifts", operation_id = "reverseGift", params(("id" = uuid::Uuid, Path, description = "Id of the attention")), request_body = NoteRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Cancelled", body = GiftItem),
    (status = 409, description = "Not now", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gifts/{id}/_reverse")]
pub async fn reverse(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    note: Input<NoteRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let gift = gifts::cancel(&tx, id.0, staff.member(), true, &note.0.note).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(item(gift)))
}
