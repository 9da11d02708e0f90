//! The year statement of a budget: every total leads to its entries, each entry to its gift with reason and receipt.

mod samples;

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Language,
    gift_ledger::{self, Account, Accounts, BudgetId, EntryTotal, KindTotal},
    gifts,
};
use tenants::{Permission, permission::may};

use super::{
    ledger::{account_text, behind_account, behind_entries, behind_kind, table},
    my_gifts::kind_text,
    view::{self, Names, entry_text},
};
use crate::{
    extract::{Id, Staff},
    html::{
        self, Page,
        chart::Chart,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Entries on the statement; the ledger has them all.
const LINES: u64 = 200;

pub(super) struct Figure {
    pub label: String,
    pub value: Cell,
}

#[derive(Template)]
#[template(path = "gifts/statement.html")]
pub(super) struct StatementPage {
    page: Page,
    id: BudgetId,
    name: String,
    team: String,
    mandate: String,
    holder: String,
    cap: Option<String>,
    closed: Option<String>,
    /// How many receipts may still come in after closing, and what was set apart for them.
    late: Option<(i64, String)>,
    made: String,
    figures: Vec<Figure>,
    head: (i64, String),
    chart: Chart,
    kinds: Table,
    moves: Table,
    grades: Table,
    entries: Table,
    more: bool,
    /// How many of the entries stand here, in words.
    lines: String,
    manages: bool,
    is_open: bool,
}

/// What stands on the accounts, each leading to its entries.
fn figures(id: BudgetId, balance: Accounts, language: Language) -> Vec<Figure> {
    [
        (Account::Allocated, -balance.allocated),
        (Account::Spent, balance.spent),
        (Account::Reserved, balance.reserved),
        (Account::Available, balance.available),
    ]
    .map(|(account, cents)| Figure {
        label: account_text(account, language),
        value: Cell::to(language.euros(cents), behind_account(id, account)),
    })
    .into()
}

/// What gifts came to by kind, as a table and as bars.
fn kinds(id: BudgetId, totals: &[KindTotal], language: Language) -> (Table, Chart) {
    let bars: Vec<_> = totals
        .iter()
        .map(|total| (kind_text(total.kind, language), total.amount_cents))
        .collect();
    let row = |total: &KindTotal| Row {
        head: Cell::to(kind_text(total.kind, language), behind_kind(id, total.kind)),
        cells: vec![
            total.count.to_string().into(),
            Cell::to(
                language.euros(total.amount_cents),
                behind_kind(id, total.kind),
            ),
            language
                .euros((total.amount_cents * 2 + total.count) / (total.count * 2).max(1))
                .into(),
        ],
    };
    let table = Table {
        caption: language.text("chart-kinds"),
        columns: headings(
            language,
            &["gift-kind", "column-count", "column-amount", "column-mean"],
        ),
        rows: totals.iter().map(row).collect(),
    };
    let chart = Chart::of("soorten", language.text("chart-kinds"), &bars, language);
    (table, chart)
}

/// What entries came to by kind, as a table.
fn moves(id: BudgetId, totals: &[EntryTotal], language: Language) -> Table {
    let row = |total: &EntryTotal| Row {
        head: Cell::to(
            entry_text(total.kind, language),
            behind_entries(id, total.kind),
        ),
        cells: std::iter::once(total.count.to_string().into())
            .chain(
                [
                    -total.allocated_cents,
                    total.available_cents,
                    total.reserved_cents,
                    total.spent_cents,
                ]
                .map(|cents| language.euros(cents).into()),
            )
            .collect(),
    };
    Table {
        caption: language.text("statement-moves"),
        columns: headings(
            language,
            &[
                "column-what",
                "column-count",
                "account-allocated",
                "account-available",
                "account-reserved",
                "account-spent",
            ],
        ),
        rows: totals.iter().map(row).collect(),
    }
}

/// The year statement of a budget.
///
/// # Errors
/// When the reader may not inspect, or there is no such budget.
pub async fn statement(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let id = id.0;
    let statement = gift_ledger::statement(&tx, id).await?;
    let entries = gift_ledger::entries(&tx, id, None, LINES).await?;
    let (_, rules) = gifts::rules(&tx).await?;
    let late = gift_ledger::outstanding_receipts(&tx).await?.remove(&id);
    let more = entries.last().is_some_and(|entry| entry.sequence > 1);
    let lines = language.text_with(
        "statement-lines",
        &[
            ("shown", &entries.len().to_string()),
            ("count", &statement.head.0.to_string()),
        ],
    );
    let names = Names::read(&tx).await?;
    let name = statement.budget.title();
    let (kinds, chart) = kinds(id, &statement.kinds, language);
    html::ok(&StatementPage {
        id,
        team: statement.budget.team.clone(),
        holder: names.of(statement.budget.holder_id),
        // What holds: rules that came later may allow less than the budget does.
        cap: statement
            .budget
            .cap_cents
            .map(|_| language.euros(rules.cap_of(&statement.budget))),
        late: late.map(|late| (late.count, language.euros(late.cents))),
        closed: statement
            .budget
            .closed_at
            .map(|at| language.instant(at, zone)),
        made: language.instant(tx.now(), zone),
        figures: figures(id, statement.balance, language),
        head: statement.head,
        chart,
        kinds,
        moves: moves(id, &statement.entries, language),
        grades: view::grades(
            (statement.with_gift, statement.without_gift),
            statement.budget.year,
            language,
        ),
        entries: table(&tx, &staff, &name, entries).await?,
        more,
        lines,
        manages: staff.may(Permission::ManageGifts),
        is_open: statement.budget.closed_at.is_none(),
        mandate: statement.budget.mandate,
        name,
        page: Page::staff(&staff),
    })
}
