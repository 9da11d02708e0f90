//! The year statement of a budget and its ledger as a file, over the API. Amounts are whole cents in the statement, euros in the file.

use actix_web::{HttpRequest, HttpResponse, get};
use domain::gift_ledger::{self, BudgetId, EntryTotal, KindTotal, ScoreMean};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use super::budgets_api::{BudgetItem, item};
use crate::{
    extract::{Id, Staff},
    problem::Problem,
};

/// A year statement. The entries behind each total are those of the ledger with the same `entry` or `kind`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementItem {
    /// The budget with its balances.
    budget: BudgetItem,
    /// How many entries its chain has.
    entries: i64,
    /// Hash of the newest.
    head: String,
    /// By kind of entry.
    moves: Vec<EntryTotal>,
    /// By kind of gift.
    kinds: Vec<KindTotal>,
    /// Scores that residents gave in the year of the budget after they got a gift, over all budgets; none below five.
    scores_with_gift: Option<ScoreMean>,
    /// Scores of all others; none below five.
    scores_without_gift: Option<ScoreMean>,
}

/// The year statement of a budget
///
/// Its balances, what happened by kind of entry, and what was given by kind of gift.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetStatement", params(("id" = uuid::Uuid, Path, description = "Id of the budget")), security(("bearer" = [])), responses((status = 200, description = "The statement", body = StatementItem)))]
#[get("/gift-budgets/{id}/statement")]
pub async fn statement(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let statement = gift_ledger::statement(&tx, id.0).await?;
    let balances = [(id.0, statement.balance)].into();
    let late = gift_ledger::outstanding_receipts(&tx).await?;
    let (entries, head) = statement.head;
    Ok(HttpResponse::Ok().json(StatementItem {
        budget: item(statement.budget, &balances, &late),
        entries,
        head,
        moves: statement.entries,
        kinds: statement.kinds,
        scores_with_gift: statement.with_gift,
        scores_without_gift: statement.without_gift,
    }))
}

/// The ledger of a budget as a file
///
/// For people: CSV or XLSX in the reader's language, with amounts in euros and local times. Programs read the same entries in cents and codes.
#[utoipa::path(tag = "gifts", operation_id = "getGiftLedgerFile", params(
    ("id" = uuid::Uuid, Path, description = "Id of the budget"),
    ("form" = String, Path, description = "`csv` or `xlsx`", example = "csv"),
), security(("bearer" = [])), responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
#[get("/gift-budgets/{id}/ledger-files/{form}")]
pub async fn ledger_file(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    super::downloads::export(staff, id, request).await
}
