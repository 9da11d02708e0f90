//! Budgets over the API: opening, moving money, closing a year, and the year statement. Amounts are whole cents, and euros in files.

use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::{
    gift_ledger::{self, BudgetBalance, BudgetId, Statement},
    gifts::{self, BudgetRequest, Closing, TransferRequest},
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

/// All budgets of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetList {
    /// Newest year first.
    items: Vec<BudgetBalance>,
    /// Where the next piece begins; none at the end.
    #[schema(value_type = Option<uuid::Uuid>)]
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
    #[schema(value_type = uuid::Uuid)]
    id: BudgetId,
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
    // A municipality has some dozens; the order is by year and name, which no id follows.
    let mut rest = gift_ledger::budget_balances(&tx).await?.into_iter();
    if let Some(cursor) = query.0.cursor {
        rest.find(|balance| balance.budget.id == cursor);
    }
    let (items, next_cursor) =
        page.split(rest.collect(), |balance: &BudgetBalance| balance.budget.id);
    Ok(HttpResponse::Ok().json(BudgetList { items, next_cursor }))
}

/// One budget
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudget", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "The budget", body = BudgetBalance)))]
#[get("/gift-budgets/{id}")]
pub async fn one(staff: Staff<may::ReadGifts>, id: Id<BudgetId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(gift_ledger::budget_balance(&tx, id.0).await?))
}

/// What closing a year will do
///
/// Does nothing. What may have been bought already is told apart: its receipt can still come in, and is booked in this year.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetClosing", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "What it will do", body = Closing)))]
#[get("/gift-budgets/{id}/closing")]
pub async fn closing(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(gifts::preview_closing(&tx, id.0).await?))
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
    gifts::close_year(&tx, id.0, query.0.expected_sequence, staff.member().id).await?;
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

/// The year statement of a budget
///
/// Its balances, what happened by kind of entry, and what was given by kind of gift.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetStatement", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "The statement", body = Statement)))]
#[get("/gift-budgets/{id}/statement")]
pub async fn statement(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(gift_ledger::statement(&tx, id.0).await?))
}

/// The ledger of a budget as a file
///
/// For people: CSV or XLSX in the reader's language, with amounts in euros and local times. Programs read the same entries in cents and codes.
#[utoipa::path(tag = "gifts", operation_id = "getGiftLedgerFile", params(
    ("id" = uuid::Uuid, Path, description = "Id of the budget"),
    ("form" = String, Path, description = "`csv` or `xlsx`", example = "csv"),
), security(("bearer" = [])), responses((status = 200, description = "The file", content(
    (String = "text/csv; charset=utf-8"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
))))]
#[get("/gift-budgets/{id}/ledger-files/{form}")]
pub async fn ledger_file(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    super::downloads::export(staff, id, request).await
}
