//! The budget holder's page: what is left, what waits for somebody, totals of a year. Who reports sees totals only; who inspects sees
//! everything and, without the right to manage, can press nothing.

mod samples;

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{Datelike, Utc};
use domain::{
    Language,
    gift_ledger::{
        self, Account, Balances, Budget, Gift, GiftId, GiftStatus, RegisterFilter, Totals,
        WaitingFor,
    },
    gifts,
};
use serde::Deserialize;
use tenants::{Permission, permission::may, staff};

use super::{
    ledger::behind_account,
    my_gifts::kind_text,
    register::{behind_kind, behind_team, team_text},
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
struct WaitView {
    id: GiftId,
    description: String,
    amount: String,
    kind: String,
    who: String,
    reason: String,
    /// What to know of it, in words.
    notes: Vec<String>,
    due: String,
    /// Whether the reader is the one who may do it.
    mine_to_do: bool,
}

struct YearLink {
    year: i64,
    current: bool,
}

struct Lists {
    requested: Vec<WaitView>,
    missing: Vec<WaitView>,
    unchecked: Vec<WaitView>,
}

struct Report {
    count: String,
    sum: String,
    kinds: Table,
    kinds_chart: Chart,
    teams: Table,
    teams_chart: Chart,
    grades: Table,
}

#[derive(Template)]
#[template(path = "gifts/budgets.html")]
pub(super) struct OverviewPage {
    page: Page,
    year: i64,
    years: Vec<YearLink>,
    budgets: Table,
    chart: Chart,
    report: Option<Report>,
    lists: Option<Lists>,
    manages: bool,
}

/// Of which year.
#[derive(Deserialize)]
pub struct YearQuery {
    jaar: Option<i64>,
}

/// What is left of budgets, as a table and as bars.
fn budget_table(
    budgets: Vec<Budget>,
    left: &Balances,
    inspects: bool,
    language: Language,
) -> (Table, Chart) {
    let mut bars = Vec::new();
    let rows = budgets
        .into_iter()
        .map(|budget| {
            let balance = left.get(&budget.id).copied().unwrap_or_default();
            let id = budget.id;
            bars.push((budget.name.clone(), balance.available));
            let money = |account, cents| {
                let text = language.euros(cents);
                if inspects {
                    Cell::to(text, behind_account(id, account))
                } else {
                    text.into()
                }
            };
            let open = if budget.closed_at.is_some() {
                "budget-closed"
            } else {
                "budget-open"
            };
            Row {
                cells: vec![
                    team_text(&budget.team, language).into(),
                    money(Account::Allocated, -balance.allocated),
                    money(Account::Spent, balance.spent),
                    money(Account::Reserved, balance.reserved),
                    money(Account::Available, balance.available),
                    language.text(open).into(),
                ],
                head: if inspects {
                    Cell::to(budget.name, format!("/beheer/attenties/{id}"))
                } else {
                    budget.name.into()
                },
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

fn report(
    totals: &Totals,
    grades: Table,
    (year, inspects): (i64, bool),
    language: Language,
) -> Report {
    let lead = |text: String, link: String| {
        if inspects {
            Cell::to(text, link)
        } else {
            text.into()
        }
    };
    let mean = |count: i64, cents: i64| {
        language
            .euros((cents * 2 + count) / (count * 2).max(1))
            .into()
    };
    let columns = |first| {
        headings(
            language,
            &[first, "column-count", "column-amount", "column-mean"],
        )
    };
    let kinds: Vec<(String, i64)> = totals
        .kinds
        .iter()
        .map(|total| (kind_text(total.kind, language), total.amount_cents))
        .collect();
    let teams: Vec<(String, i64)> = totals
        .teams
        .iter()
        .map(|total| (team_text(&total.team, language), total.amount_cents))
        .collect();
    Report {
        count: language.count("gift-count", totals.count),
        sum: language.euros(totals.amount_cents),
        kinds: Table {
            caption: language.text("chart-kinds"),
            columns: columns("gift-kind"),
            rows: totals
                .kinds
                .iter()
                .map(|total| Row {
                    head: kind_text(total.kind, language).into(),
                    cells: vec![
                        total.count.to_string().into(),
                        lead(
                            language.euros(total.amount_cents),
                            behind_kind(year, total.kind),
                        ),
                        mean(total.count, total.amount_cents),
                    ],
                })
                .collect(),
        },
        kinds_chart: Chart::of("soorten", language.text("chart-kinds"), &kinds, language),
        teams: Table {
            caption: language.text("chart-teams"),
            columns: columns("budget-team"),
            rows: totals
                .teams
                .iter()
                .map(|total| Row {
                    head: team_text(&total.team, language).into(),
                    cells: vec![
                        total.count.to_string().into(),
                        lead(
                            language.euros(total.amount_cents),
                            behind_team(year, &total.team),
                        ),
                        mean(total.count, total.amount_cents),
                    ],
                })
                .collect(),
        },
        teams_chart: Chart::of("teams", language.text("chart-teams"), &teams, language),
        grades,
    }
}

/// What is left of the budgets, what waits for somebody, and the totals of a year.
pub async fn overview(
    staff: Staff<may::ReadGifts>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let now = tx.now();
    let me = staff.member().id;
    let inspects = staff.may(Permission::InspectGifts);
    let manages = staff.may(Permission::ManageGifts);
    let left = gift_ledger::balances(&tx).await?;
    let mut budgets = gift_ledger::budgets(&tx).await?;
    let years = gift_ledger::years(&budgets);
    let this_year = i64::from(now.with_timezone(&zone).year());
    let year = query.0.jaar.unwrap_or_else(|| {
        let newest = years.first().copied().unwrap_or(this_year);
        if years.contains(&this_year) {
            this_year
        } else {
            newest
        }
    });
    budgets.retain(|budget| budget.year == year);
    let (budgets, chart) = budget_table(budgets, &left, inspects, language);
    let report = if staff.may(Permission::ReportGifts) {
        let totals = gift_ledger::totals(&tx, year).await?;
        let scores = (totals.scores_with_gift, totals.scores_without_gift);
        let grades = view::grades(scores, year, language);
        Some(report(&totals, grades, (year, inspects), language))
    } else {
        None
    };
    let lists = if inspects {
        let members = staff::all(&tx).await?;
        let names = Names::of_staff(&members);
        let waits = async |waits: WaitingFor| {
            let chosen = RegisterFilter {
                waits: Some(waits),
                ..RegisterFilter::default()
            };
            let mut found = gift_ledger::register(&tx, &chosen, None, WAITING).await?;
            // Who waits longest comes first.
            found.sort_by_key(|gift| (gift.receipt_due_at, gift.id));
            let (same, correctors) = if waits == WaitingFor::Check {
                let ids: Vec<GiftId> = found.iter().map(|gift| gift.id).collect();
                (
                    gift_ledger::gifts_with_same_receipt(&tx, &ids).await?,
                    gift_ledger::correctors(&tx, &ids).await?,
                )
            } else {
                (HashMap::new(), HashMap::new())
            };
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
                let asked =
                    gifts::eligible_reviewers(gift, correctors.get(&gift.id).copied(), &members);
                if let Some((asks, others)) = asked
                    && others.is_empty()
                {
                    notes.push(view::waits_for(asks, &others, language));
                }
                notes
            };
            let waiting = |gift: Gift| WaitView {
                id: gift.id,
                amount: language.euros(gift.amount_now_cents()),
                kind: kind_text(gift.kind, language),
                who: names.of(Some(gift.giver_id)),
                notes: notes(&gift),
                due: if waits == WaitingFor::Receipt {
                    days_late(&gift, now, zone, language)
                } else {
                    String::new()
                },
                mine_to_do: manages && gift.giver_id != me && gift.approver_id != Some(me),
                reason: gift.reason,
                description: gift.description,
            };
            Ok::<_, Problem>(found.into_iter().map(waiting).collect())
        };
        Some(Lists {
            requested: waits(WaitingFor::Approval).await?,
            missing: waits(WaitingFor::Receipt).await?,
            unchecked: waits(WaitingFor::Check).await?,
        })
    } else {
        None
    };
    html::ok(&OverviewPage {
        years: year_links(&years, year),
        year,
        budgets,
        chart,
        report,
        lists,
        manages,
        page: Page::staff(&staff),
    })
}

fn year_links(years: &[i64], shown: i64) -> Vec<YearLink> {
    let link = |year: &i64| YearLink {
        year: *year,
        current: *year == shown,
    };
    years.iter().map(link).collect()
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
