//! What was given, over the API: lists for whoever inspects, totals for whoever reports. Amounts are whole cents.

use actix_web::{HttpResponse, get};
use domain::{
    cases::{self, CaseId},
    gift_ledger::{self, BudgetId, Gift, GiftId, GiftKind, RegisterFilter, Totals, WaitingFor},
};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::api::GiftList;
use crate::{
    extract::{Id, Query, Staff},
    html::pagination::{LimitQuery, PageRequest},
    problem::Problem,
};

/// Which gifts, and where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct RegisterQuery {
    /// `nextCursor` of the answer before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<GiftId>,
    /// How many, at most 100, which is also what is given when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// From this budget.
    #[param(value_type = Option<uuid::Uuid>)]
    budget_id: Option<BudgetId>,
    /// From a budget of this year.
    year: Option<i64>,
    /// From a budget of this team.
    team: Option<String>,
    /// Of this kind.
    #[param(inline)]
    kind: Option<GiftKind>,
    /// Given by this colleague.
    #[param(value_type = Option<uuid::Uuid>)]
    staff_id: Option<StaffId>,
    /// Waiting for this: `approval`, `receipt` (too late, or of a year that is closed) or `check`.
    #[param(inline)]
    waits: Option<WaitingFor>,
    /// Only what totals count: not what was declined, cancelled, released or lapsed. Otherwise everything, with its status.
    #[serde(default)]
    #[param(required = false)]
    counted: bool,
}

/// Gifts of everybody
///
/// With who gave what and why: for whoever answers for the budgets, and for whoever checks that.
#[utoipa::path(tag = "gifts", operation_id = "listGivenGifts", params(RegisterQuery), security(("bearer" = [])), responses((status = 200, description = "Gifts, newest first", body = GiftList)))]
#[get("/given-gifts")]
pub async fn given(
    staff: Staff<may::InspectGifts>,
    query: Query<RegisterQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let page = PageRequest::parse(query.limit)?;
    let tx = staff.read().await?;
    let chosen = RegisterFilter {
        budget: query.budget_id,
        year: query.year,
        team: query.team,
        kind: query.kind,
        giver: query.staff_id,
        waits: query.waits,
        counted: query.counted,
    };
    let found =
        gift_ledger::register(&tx, staff.viewer(), &chosen, query.cursor, page.to_read()).await?;
    Ok(GiftList::answer(page, found))
}

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct TotalsQuery {
    /// Year of the budgets.
    #[param(example = 2026)]
    year: i64,
}

/// Totals of a year
///
/// By kind and by team, with scores with and without a gift before them. Nobody can be read from them.
#[utoipa::path(tag = "gifts", operation_id = "getGiftTotals", params(TotalsQuery), security(("bearer" = [])), responses((status = 200, description = "The totals", body = Totals)))]
#[get("/gift-totals")]
pub async fn totals(
    staff: Staff<may::ReportGifts>,
    query: Query<TotalsQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(gift_ledger::totals(&tx, staff.viewer(), query.0.year).await?))
}

/// Gifts of a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseGiftList {
    /// Newest first.
    items: Vec<Gift>,
}

/// What was given in a case
#[utoipa::path(tag = "gifts", operation_id = "listCaseGifts", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "All gifts of the case, newest first", body = CaseGiftList)))]
#[get("/cases/{id}/gifts")]
pub async fn of_case(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let case = cases::seen(&tx, staff.viewer(), id.0).await?;
    let found = gift_ledger::of_case(&tx, case.id, limit.0.most()?).await?;
    let items = found.into_iter().map(Gift::without_reversed_payment);
    Ok(HttpResponse::Ok().json(CaseGiftList {
        items: items.collect(),
    }))
}
