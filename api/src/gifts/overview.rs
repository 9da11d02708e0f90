//! The budget holder's page: what is left, what waits for somebody, totals of a year. Who reports sees totals only; who inspects sees
//! everything and, without the right to manage, can press nothing.

mod samples;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{Datelike, Utc};
use domain::{
    Language,
    gift_ledger::{
        self, Account, BudgetBalance, Gift, GiftId, GiftStatus, KindTotal, RegisterFilter,
        TeamTotal, Totals, WaitingFor,
    },
    gifts,
};
use serde::Deserialize;
use tenants::{
    Permission, TenantTx,
    permission::may,
    staff::{self, StaffMember},
};

use super::{
    ledger::LedgerQuery,
    register::{RegisterQuery, team_text},
    view::{self, Names},
};
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page,
        chart::Chart,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Gifts in a list of what waits.
const WAITING: u64 = 100;

/// A gift that waits for somebody.
struct Waiting {
    gift: Gift,
    giver: String,
    /// What to know of it, in words.
    notes: Vec<String>,
    /// When its receipt has to be in, or had to, in words.
    due: String,
    /// Whether the reader is the one who may do it.
    mine_to_do: bool,
}

struct Lists {
    requested: Vec<Waiting>,
    missing: Vec<Waiting>,
    unchecked: Vec<Waiting>,
}

struct Report {
    count: String,
    sum: String,
    kinds: Table,
    kinds_chart: Chart,
    teams: Table,
    teams_chart: Chart,
    scores: Table,
}

#[derive(Template)]
#[template(path = "gifts/budgets.html")]
pub(super) struct OverviewPage {
    page: Page,
    year: i64,
    years: Vec<i64>,
    budgets: Table,
    chart: Chart,
    report: Option<Report>,
    lists: Option<Lists>,
    manages: bool,
    gives: bool,
}

/// Of which year.
#[derive(Deserialize)]
pub struct YearQuery {
    jaar: Option<i64>,
}

/// Text that leads on for whoever inspects.
fn link_if(inspects: bool, text: String, link: String) -> Cell {
    if inspects {
        Cell::to(text, link)
    } else {
        text.into()
    }
}

/// What is left of budgets, as a table and as bars.
fn budget_table(budgets: &[BudgetBalance], inspects: bool, language: Language) -> (Table, Chart) {
    let bars: Vec<(String, i64)> = budgets
        .iter()
        .map(|one| (one.budget.name.clone(), one.balance_cents))
        .collect();
    let rows = budgets
        .iter()
        .map(|one| {
            let budget = &one.budget;
            let money = |account, cents| {
                let entries = LedgerQuery::of_account(account).address(budget.id);
                link_if(inspects, language.euros(cents), entries)
            };
            let open = if budget.closed_at.is_some() {
                "budget-closed"
            } else {
                "budget-open"
            };
            Row {
                cells: vec![
                    team_text(&budget.team, language).into(),
                    money(Account::Allocated, one.allocated_cents),
                    money(Account::Spent, one.spent_cents),
                    money(Account::Reserved, one.reserved_cents),
                    money(Account::Available, one.balance_cents),
                    language.text(open).into(),
                ],
                head: link_if(
                    inspects,
                    budget.name.clone(),
                    format!("/beheer/attenties/{}", budget.id),
                ),
            }
        })
        .collect();
    let table = Table {
        caption: language.text("menu-gifts"),
        columns: headings(
            language,
            &[
                "gift-budget",
                "budget-team",
                "account-allocated",
                "account-spent",
                "account-reserved",
                "account-available",
                "column-status",
            ],
        ),
        rows,
    };
    let chart = Chart::of("over", language.text("chart-left"), &bars, language);
    (table, chart)
}

/// Count and cost of gifts that have something in common: what, how many, how many cents, and where they are listed.
type Total = (String, i64, i64, RegisterQuery);

/// Totals as a table and as bars.
fn total_table(
    id: &'static str,
    (title, first): (&str, &str),
    totals: Vec<Total>,
    (inspects, language): (bool, Language),
) -> (Table, Chart) {
    let bars: Vec<(String, i64)> = totals
        .iter()
        .map(|(name, _, cents, _)| (name.clone(), *cents))
        .collect();
    let row = |(name, count, cents, gifts): Total| Row {
        head: name.into(),
        cells: vec![
            count.to_string().into(),
            link_if(inspects, language.euros(cents), gifts.address()),
            view::mean_cost(cents, count, language).into(),
        ],
    };
    let table = Table {
        caption: language.text(title),
        columns: headings(
            language,
            &[first, "column-count", "column-amount", "column-mean"],
        ),
        rows: totals.into_iter().map(row).collect(),
    };
    (table, Chart::of(id, language.text(title), &bars, language))
}

fn report(totals: &Totals, year: i64, (inspects, language): (bool, Language)) -> Report {
    let kind = |total: &KindTotal| {
        let gifts = RegisterQuery::of_kind(year, total.kind);
        let name = language.term("gift-kind", total.kind);
        (name, total.count, total.amount_cents, gifts)
    };
    let team = |total: &TeamTotal| {
        let gifts = RegisterQuery::of_team(year, &total.team);
        let name = team_text(&total.team, language);
        (name, total.count, total.amount_cents, gifts)
    };
    let place = (inspects, language);
    let kinds = totals.kinds.iter().map(kind).collect();
    let (kinds, kinds_chart) = total_table("soorten", ("chart-kinds", "gift-kind"), kinds, place);
    let teams = totals.teams.iter().map(team).collect();
    let (teams, teams_chart) = total_table("teams", ("chart-teams", "budget-team"), teams, place);
    let scores = (totals.scores_with_gift, totals.scores_without_gift);
    Report {
        count: language.count("gift-count", totals.count),
        sum: language.euros(totals.amount_cents),
        kinds,
        kinds_chart,
        teams,
        teams_chart,
        scores: view::score_table(scores, year, language),
    }
}

/// The year that is shown when none is asked for: this one, or the newest there is.
fn year_to_show(years: &[i64], this_year: i64) -> i64 {
    match years.first() {
        Some(newest) if !years.contains(&this_year) => *newest,
        _ => this_year,
    }
}

/// The gifts that wait for this, who waits longest first.
async fn waiting(
    tx: &TenantTx,
    staff: &Staff<may::ReadGifts>,
    members: &[StaffMember],
    waits: WaitingFor,
) -> Result<Vec<Waiting>, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let me = staff.member().id;
    let names = Names::of_staff(members);
    let chosen = RegisterFilter {
        waits: Some(waits),
        ..RegisterFilter::default()
    };
    let mut found = gift_ledger::register(tx, staff.viewer(), &chosen, None, WAITING).await?;
    found.sort_by_key(|gift| (gift.receipt_due_at, gift.id));
    let (mut same, mut correctors) = Default::default();
    if waits == WaitingFor::Check {
        let ids: Vec<GiftId> = found.iter().map(|gift| gift.id).collect();
        same = gift_ledger::gifts_with_same_receipt(tx, &ids).await?;
        correctors = gift_ledger::correctors(tx, &ids).await?;
    }
    let notes = |gift: &Gift| {
        let mut notes = match waits {
            WaitingFor::Approval => view::needs(gift, language),
            WaitingFor::Receipt if gift.status == GiftStatus::Released => {
                vec![language.text("gifts-missing-closed")]
            }
            WaitingFor::Check if same.contains_key(&gift.id) => {
                vec![language.text("gifts-unchecked-same")]
            }
            WaitingFor::Receipt | WaitingFor::Check => Vec::new(),
        };
        let corrector = correctors.get(&gift.id).copied();
        if let Some((kind, others)) = gifts::eligible_reviewers(gift, corrector, members)
            && others.is_empty()
        {
            notes.push(view::waits_for(kind, &others, language));
        }
        notes
    };
    let manages = staff.may(Permission::ManageGifts);
    let waiting = |gift: Gift| Waiting {
        giver: names.of(&gift.giver_id),
        notes: notes(&gift),
        due: match waits {
            WaitingFor::Receipt => days_late(&gift, tx.now(), zone, language),
            WaitingFor::Approval | WaitingFor::Check => String::new(),
        },
        mine_to_do: manages && gift.giver_id != me && gift.approver_id != Some(me),
        gift,
    };
    Ok(found.into_iter().map(waiting).collect())
}

/// What is left of the budgets, what waits for somebody, and the totals of a year.
pub async fn overview(
    staff: Staff<may::ReadGifts>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let inspects = staff.may(Permission::InspectGifts);
    let mut budgets = gift_ledger::budget_balances(&tx).await?;
    let mut years: Vec<i64> = budgets.iter().map(|one| one.budget.year).collect();
    years.dedup();
    let this_year = i64::from(tx.now().with_timezone(&zone).year());
    let year = (query.0.jaar).unwrap_or_else(|| year_to_show(&years, this_year));
    budgets.retain(|one| one.budget.year == year);
    let (budgets, chart) = budget_table(&budgets, inspects, language);
    let report = if staff.may(Permission::ReportGifts) {
        let totals = gift_ledger::totals(&tx, staff.viewer(), year).await?;
        Some(report(&totals, year, (inspects, language)))
    } else {
        None
    };
    let lists = if inspects {
        let members = staff::all(&tx, None).await?;
        let waiting = async |waits| waiting(&tx, &staff, &members, waits).await;
        Some(Lists {
            requested: waiting(WaitingFor::Approval).await?,
            missing: waiting(WaitingFor::Receipt).await?,
            unchecked: waiting(WaitingFor::Check).await?,
        })
    } else {
        None
    };
    html::ok(&OverviewPage {
        years,
        year,
        budgets,
        chart,
        report,
        lists,
        manages: staff.may(Permission::ManageGifts),
        gives: staff.may(Permission::GiveGifts),
        page: Page::staff(&staff),
    })
}

impl OverviewPage {
    /// The tone of a counter that asks for nothing while it is zero.
    fn tone(&self, tone: &'static str, count: usize) -> &'static str {
        if count == 0 { "" } else { tone }
    }
}

/// When the receipt has to be in, or had to.
fn days_late(
    gift: &Gift,
    now: chrono::DateTime<Utc>,
    zone: chrono_tz::Tz,
    language: Language,
) -> String {
    let day = |at: chrono::DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let late = (day(now) - day(gift.receipt_due_at)).num_days();
    let due = language.day(day(gift.receipt_due_at));
    if gift.receipt_due_at >= now {
        return format!("{} {due}", language.text("gift-receipt-due"));
    }
    let was = format!("{} {due}", language.text("gifts-due-was"));
    if late > 0 {
        format!("{was} ({})", language.count("gift-days-late", late))
    } else {
        was
    }
}
