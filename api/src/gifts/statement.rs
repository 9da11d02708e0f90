//! The year statement of a budget: every total leads to its entries, each entry to its gift with reason and receipt.

mod samples;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Language,
    gift_ledger::{self, Account, Budget, BudgetId, EntryFilter, EntryTotal, KindTotal, Statement},
    gifts::{self, GiftRules},
};
use tenants::{Permission, permission::may};

use super::{
    ledger::{LedgerQuery, table},
    view::{self, Names},
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

/// The entries on the statement.
struct Entries {
    table: Table,
    /// How many of them stand here, in words; nothing when all do.
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "gifts/statement.html")]
pub(super) struct StatementPage {
    page: Page,
    statement: Statement,
    holder: String,
    /// Most one gift may cost, in cents, when the budget has a cap of its own.
    cap: Option<i64>,
    made: DateTime<Utc>,
    chart: Chart,
    kinds: Table,
    moves: Table,
    scores: Table,
    entries: Entries,
    manages: bool,
}

impl StatementPage {
    fn new(
        page: Page,
        statement: Statement,
        (rules, holder, made): (&GiftRules, String, DateTime<Utc>),
        entries: Entries,
    ) -> Self {
        let language = page.language;
        let budget = &statement.budget.budget;
        let (kinds, chart) = kinds(budget.id, &statement.kinds, language);
        let scores = (statement.scores_with_gift, statement.scores_without_gift);
        Self {
            // What holds: rules that came later may allow less than the budget does.
            cap: budget.cap_cents.map(|_| rules.cap_of(budget)),
            chart,
            kinds,
            moves: moves(budget.id, &statement.moves, language),
            scores: view::score_table(scores, budget.year, language),
            entries,
            manages: false,
            holder,
            made,
            statement,
            page,
        }
    }

    fn budget(&self) -> &Budget {
        &self.statement.budget.budget
    }

    /// What stands on the accounts, in cents.
    fn accounts(&self) -> [(Account, i64); 4] {
        let budget = &self.statement.budget;
        [
            (Account::Allocated, budget.allocated_cents),
            (Account::Spent, budget.spent_cents),
            (Account::Reserved, budget.reserved_cents),
            (Account::Available, budget.balance_cents),
        ]
    }

    /// The address of a part of this budget.
    fn at(&self, part: &str) -> String {
        format!("/beheer/attenties/{}{part}", self.budget().id)
    }

    /// Where the entries behind an account are listed.
    fn entries_of(&self, account: &Account) -> String {
        LedgerQuery::of_account(*account).address(self.budget().id)
    }
}

/// What gifts came to by kind, as a table and as bars.
fn kinds(id: BudgetId, totals: &[KindTotal], language: Language) -> (Table, Chart) {
    let name = |total: &KindTotal| language.term("gift-kind", total.kind);
    let bars: Vec<_> = totals
        .iter()
        .map(|total| (name(total), total.amount_cents))
        .collect();
    let row = |total: &KindTotal| {
        let entries = LedgerQuery::of_kind(total.kind).address(id);
        Row {
            head: Cell::to(name(total), entries.clone()),
            cells: vec![
                total.count.to_string().into(),
                Cell::to(language.euros(total.amount_cents), entries),
                view::mean_cost(total.amount_cents, total.count, language).into(),
            ],
        }
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
    let row = |total: &EntryTotal| {
        let changes = [
            -total.allocated_cents,
            total.available_cents,
            total.reserved_cents,
            total.spent_cents,
        ];
        let changes = changes.map(|cents| language.euros(cents).into());
        Row {
            head: Cell::to(
                language.term("gift-entry", total.kind),
                LedgerQuery::of_entry(total.kind).address(id),
            ),
            cells: std::iter::once(total.count.to_string().into())
                .chain(changes)
                .collect(),
        }
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
pub async fn statement(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let statement = gift_ledger::statement(&tx, id.0).await?;
    let budget = &statement.budget.budget;
    let entries = EntryFilter::default();
    let entries = entries.entries(&tx, id.0, None, LINES).await?;
    let (_, rules) = gifts::rules(&tx).await?;
    let holder = Names::read(&tx).await?.of(&budget.holder_id);
    let more = entries.last().is_some_and(|entry| entry.sequence > 1);
    let part = more.then(|| part(entries.len(), statement.entries, staff.site.language));
    let table = table(&tx, &staff, &budget.title(), entries).await?;
    html::ok(&StatementPage {
        manages: staff.may(Permission::ManageGifts),
        ..StatementPage::new(
            Page::staff(&staff),
            statement,
            (&rules, holder, tx.now()),
            Entries { table, part },
        )
    })
}

/// How many of the entries are shown.
fn part(shown: usize, count: i64, language: Language) -> String {
    let values = [
        ("shown", &*shown.to_string()),
        ("count", &count.to_string()),
    ];
    language.text_with("statement-lines", &values)
}
