//! The budgets and what was given from them.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use domain::gifts::{self, EntryKind};
use tenants::{permission::may, staff};

use crate::{
    extract::Staff,
    html::{self, Shell},
    problem::Problem,
};

/// Lines of each ledger on the page.
const LINES: u64 = 50;

struct LineView {
    at: String,
    what: String,
    reason: String,
    who: String,
    amount: String,
    balance: String,
}

struct BudgetView {
    name: String,
    year: i64,
    left: String,
    allocated: String,
    cap: String,
    spent_percent: i64,
    lines: Vec<LineView>,
}

#[derive(Template)]
#[template(path = "gifts/budgets.html")]
struct BudgetsPage {
    shell: Shell,
    budgets: Vec<BudgetView>,
}

/// Budgets with the newest lines of their ledgers.
///
/// # Errors
/// When the reader may not read budgets.
pub async fn budgets(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let names: HashMap<_, _> = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let mut views = Vec::new();
    // A municipality has a handful of budgets, each with one bounded page of lines.
    for budget in gifts::budgets(&tx).await? {
        let lines = gifts::ledger(&tx, budget.id, None, LINES)
            .await?
            .into_iter()
            .map(|entry| LineView {
                at: language.instant(entry.at, zone),
                what: match entry.kind {
                    EntryKind::Allocation => language.text("gift-allocation"),
                    EntryKind::Gift => entry.description,
                },
                reason: entry.reason,
                who: entry
                    .staff_id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_default(),
                amount: match entry.kind {
                    EntryKind::Allocation => format!("+ {}", language.euros(entry.amount_cents)),
                    EntryKind::Gift => format!("− {}", language.euros(entry.amount_cents)),
                },
                balance: language.euros(entry.balance_cents),
            })
            .collect();
        let spent = budget.allocated_cents - budget.balance_cents;
        views.push(BudgetView {
            name: budget.name,
            year: budget.year,
            left: language.euros(budget.balance_cents),
            allocated: language.euros(budget.allocated_cents),
            cap: language.euros(budget.cap_cents),
            spent_percent: spent * 100 / budget.allocated_cents.max(1),
            lines,
        });
    }
    html::ok(&BudgetsPage {
        shell: Shell::staff(&staff),
        budgets: views,
    })
}
