//! Budgets over the API: opening, moving money, closing a year. Amounts are whole cents.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    gift_ledger::{self, Balances, Budget, BudgetId, GiftId, OutstandingReceipts},
    gifts::{self, BudgetRequest, TransferRequest},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::PageRequest,
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// A budget.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetItem {
    /// Id.
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
    /// Most one gift may cost, in cents, when this budget has a cap of its own; the lower of this and the rules' holds.
    cap_cents: Option<i64>,
    /// After closing: what the receipts that may still come in were set apart for, in cents. Money that goes to another budget is missed when
    /// they come.
    awaited_cents: i64,
    /// Who answers for it.
    holder_id: Option<tenants::StaffId>,
    /// When its year was closed.
    closed_at: Option<DateTime<Utc>>,
}

/// All budgets of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetList {
    /// Newest year first.
    items: Vec<BudgetItem>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<BudgetId>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct BudgetQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<BudgetId>,
    /// How many, at most 100, which is also what is given when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// A gift whose money comes back when the year is closed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseItem {
    /// Which gift.
    gift_id: GiftId,
    /// What is set apart for it, in cents.
    amount_cents: i64,
    /// Whether it may have been bought, so that its receipt can still come in.
    receipt_missing: bool,
}

/// What closing a year will do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClosingItem {
    /// Number of the newest entry of the ledger; sent along with the closing, it makes sure that this is what is closed.
    sequence: i64,
    /// What stays in the budget, in cents.
    stays_cents: i64,
    /// Gifts whose money comes back.
    releases: Vec<ReleaseItem>,
}

/// Closing only what was shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CloseQuery {
    /// `sequence` of the preview; without it whatever is there is closed.
    expected_sequence: Option<i64>,
}

/// What was opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetOpened {
    /// Its id.
    id: BudgetId,
}

pub(super) fn item(
    budget: Budget,
    left: &Balances,
    late: &HashMap<BudgetId, OutstandingReceipts>,
) -> BudgetItem {
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
        awaited_cents: late.get(&budget.id).map_or(0, |late| late.cents),
        holder_id: budget.holder_id,
        closed_at: budget.closed_at,
    }
}

/// The budgets
#[utoipa::path(tag = "gifts", operation_id = "listGiftBudgets", params(BudgetQuery), security(("bearer" = [])), responses((status = 200, description = "The budgets", body = BudgetList)))]
#[get("/gift-budgets")]
pub async fn budgets(
    staff: Staff<may::ReadGifts>,
    query: Query<BudgetQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageRequest::parse(query.0.limit)?;
    let tx = staff.read().await?;
    let (left, late) = (
        gift_ledger::balances(&tx).await?,
        gift_ledger::outstanding_receipts(&tx).await?,
    );
    // A municipality has some dozens; the order is by year and name, which no id follows.
    let mut rest = gift_ledger::budgets(&tx).await?.into_iter();
    if let Some(cursor) = query.0.cursor {
        rest.find(|budget| budget.id == cursor);
    }
    let (budgets, next_cursor) = page.split(rest.collect(), |budget: &Budget| budget.id);
    Ok(HttpResponse::Ok().json(BudgetList {
        next_cursor,
        items: budgets
            .into_iter()
            .map(|budget| item(budget, &left, &late))
            .collect(),
    }))
}

/// One budget
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudget", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "The budget", body = BudgetItem)))]
#[get("/gift-budgets/{id}")]
pub async fn one(staff: Staff<may::ReadGifts>, id: Id<BudgetId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let budget = gift_ledger::budget(&tx, id.0).await?;
    let (left, late) = (
        gift_ledger::balances(&tx).await?,
        gift_ledger::outstanding_receipts(&tx).await?,
    );
    Ok(HttpResponse::Ok().json(item(budget, &left, &late)))
}

/// What closing a year will do
///
/// Does nothing. What may have been bought already is told apart: its receipt can still come in, and is booked in this year.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetClosing", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "What it will do", body = ClosingItem)))]
#[get("/gift-budgets/{id}/closing")]
pub async fn closing(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let closing = gifts::preview_closing(&tx, id.0).await?;
    Ok(HttpResponse::Ok().json(ClosingItem {
        sequence: closing.sequence,
        stays_cents: closing.stays_cents(),
        releases: closing
            .releases
            .iter()
            .map(|gift| ReleaseItem {
                gift_id: gift.id,
                amount_cents: gift.amount_cents,
                receipt_missing: gift.awaits_receipt(),
            })
            .collect(),
    }))
}

/// Open a budget
#[utoipa::path(tag = "gifts", operation_id = "createGiftBudget", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = BudgetRequest, security(("bearer" = [])), responses((status = 201, description = "Opened", body = BudgetOpened)))]
#[post("/gift-budgets")]
pub async fn open_budget(
    staff: Staff<may::ManageGifts>,
    creating: IdempotentJson<BudgetRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, request: BudgetRequest| {
                let id = gifts::open_budget(tx, request.parse()?, Some(actor)).await?;
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
/// Open reservations are released; what waited for approval lapses. Receipts of the others that come in later are still booked
/// in it. What is left stays, until a decision moves it.
#[utoipa::path(tag = "gifts", operation_id = "closeGiftBudget", params(("id" = uuid::Uuid, Path, description = "Id of the budget"), CloseQuery), security(("bearer" = [])), responses(
    (status = 204, description = "Closed"),
    (status = 409, description = "It was closed before, or something was booked since the preview", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/gift-budgets/{id}/_close")]
pub async fn close_budget(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
    query: Query<CloseQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    match query.0.expected_sequence {
        Some(shown) => gifts::close_previewed_year(&tx, id.0, shown, staff.member().id).await?,
        None => gifts::close_year(&tx, id.0, staff.member().id).await?,
    };
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
    creating: IdempotentJson<TransferRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, request: TransferRequest| {
                let transfer = request.parse()?;
                gifts::move_money(tx, &transfer, actor).await?;
                Ok(Created {
                    location: None,
                    body: BudgetOpened { id: transfer.to },
                })
            },
        )
        .await
}
