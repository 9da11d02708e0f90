//! Attentions over the API. Amounts are whole cents.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    cases::CaseId,
    gifts::{self, BudgetId, Entry, GiftEntryId, NewGift},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Ask, Id, Staff},
    idempotent::{Created, Creating},
    problem::{Problem, ProblemDocument},
};

const PAGE: usize = 50;

/// A budget.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: BudgetId,
    /// Its name.
    name: String,
    /// Year it is for.
    year: i64,
    /// Money set aside, in cents.
    allocated_cents: i64,
    /// What is left, in cents; never below zero.
    balance_cents: i64,
    /// Most one gift may cost, in cents.
    cap_cents: i64,
}

/// All budgets of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetList {
    /// Newest year first.
    items: Vec<BudgetItem>,
}

/// A line of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: GiftEntryId,
    /// `allocation` or `gift`.
    kind: String,
    /// Case it was given in.
    #[schema(value_type = Option<uuid::Uuid>)]
    case_id: Option<CaseId>,
    /// Who gave it.
    #[schema(value_type = Option<uuid::Uuid>)]
    staff_id: Option<tenants::StaffId>,
    /// In cents.
    amount_cents: i64,
    /// What was left after it, in cents.
    balance_cents: i64,
    /// What it was.
    description: String,
    /// Why it fitted this person.
    reason: String,
    /// When.
    at: DateTime<Utc>,
}

/// A piece of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerList {
    /// Newest line first.
    items: Vec<GiftItem>,
    /// Where the next piece begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
    next_cursor: Option<GiftEntryId>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct LedgerQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<GiftEntryId>,
}

/// An attention to give.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GiftRequest {
    /// From which budget.
    #[schema(value_type = uuid::Uuid)]
    budget_id: BudgetId,
    /// What it costs, VAT included, in cents.
    #[schema(example = 1250)]
    amount_cents: i64,
    /// What it is.
    #[schema(example = "bos bloemen")]
    description: String,
    /// Why it fits this person.
    reason: String,
}

fn item(entry: Entry) -> GiftItem {
    GiftItem {
        id: entry.id,
        kind: entry.kind.to_string(),
        case_id: entry.case_id,
        staff_id: entry.staff_id,
        amount_cents: entry.amount_cents,
        balance_cents: entry.balance_cents,
        description: entry.description,
        reason: entry.reason,
        at: entry.at,
    }
}

/// The budgets
#[utoipa::path(tag = "gifts", operation_id = "listGiftBudgets", security(("bearer" = [])), responses((status = 200, description = "The budgets", body = BudgetList)))]
#[get("/gift-budgets")]
pub async fn budgets(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let items = gifts::budgets(&tx)
        .await?
        .into_iter()
        .map(|budget| BudgetItem {
            id: budget.id,
            name: budget.name,
            year: budget.year,
            allocated_cents: budget.allocated_cents,
            balance_cents: budget.balance_cents,
            cap_cents: budget.cap_cents,
        })
        .collect();
    Ok(HttpResponse::Ok().json(BudgetList { items }))
}

/// The ledger of a budget
#[utoipa::path(tag = "gifts", operation_id = "listGiftEntries", params(("id" = uuid::Uuid, Path, description = "Id of the budget"), LedgerQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the ledger", body = LedgerList)))]
#[get("/gift-budgets/{id}/entries")]
pub async fn ledger(
    staff: Staff<may::ReadGifts>,
    id: Id<BudgetId>,
    query: Ask<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let budget = gifts::budget(&tx, id.0).await?;
    let limit = u64::try_from(PAGE).unwrap_or(50) + 1;
    let mut entries = gifts::ledger(&tx, budget.id, query.0.cursor, limit).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(HttpResponse::Ok().json(LedgerList {
        next_cursor: entries.last().filter(|_| more).map(|entry| entry.id),
        items: entries.into_iter().map(item).collect(),
    }))
}

/// Give an attention
///
/// Takes the money from the budget and writes the ledger, both or neither. Of two who spend the last euros at once, one gets them.
#[utoipa::path(tag = "gifts", operation_id = "createGift", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = GiftRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Given", body = GiftItem),
    (status = 409, description = "More than is left, or than one gift may cost", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/gifts")]
pub async fn give(
    staff: Staff<may::GiveGifts>,
    id: Id<CaseId>,
    creating: Creating<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: GiftRequest| {
                let gift = NewGift {
                    budget: request.budget_id,
                    amount_cents: request.amount_cents,
                    description: request.description,
                    reason: request.reason,
                };
                let entry = gifts::give(tx, id.0, actor, gift).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/gift-budgets/{}/entries", entry.budget_id)),
                    body: item(entry),
                })
            },
        )
        .await
}
