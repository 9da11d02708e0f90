//! What the budget holder and the auditor read: budgets, the year statement down to each entry, its proof, and the ledger as a file.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use askama::Template;
use domain::{
    Error, Language,
    gifts::{self, BudgetId, CsvLedger, Gift, Grades, ReceiptId},
};
use futures_util::stream;
use serde::Deserialize;
use tenants::{Permission, permission::may, staff};

use super::{api::visible, pages::kind_text};
use crate::{
    extract::{Ask, Id, Staff, word},
    html::{self, Shell, dashed},
    problem::Problem,
};

/// Entries on one page.
const LINES: u64 = 100;
/// Attentions in a list of what waits.
const WAITING: u64 = 100;

struct Row {
    link: String,
    head: String,
    cells: Vec<String>,
}

struct Sheet {
    caption: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

struct Bar {
    label: String,
    label_y: usize,
    value: String,
    value_x: i64,
    value_y: usize,
    y: usize,
    width: i64,
}

/// A name that fits above its bar; the table beside it has the whole one.
fn short(label: &str) -> String {
    const FITS: usize = 44;
    if label.chars().count() <= FITS {
        return label.to_owned();
    }
    let begin: String = label.chars().take(FITS - 1).collect();
    format!("{}…", begin.trim_end())
}

/// Bars beside a table that says the same.
struct Chart {
    id: &'static str,
    title: String,
    description: String,
    height: usize,
    bars: Vec<Bar>,
}

impl Chart {
    fn of(id: &'static str, title: String, amounts: &[(String, i64)], language: Language) -> Self {
        let most = amounts
            .iter()
            .map(|(_, cents)| *cents)
            .max()
            .unwrap_or(1)
            .max(1);
        let bars: Vec<Bar> = amounts
            .iter()
            .enumerate()
            .map(|(place, (label, cents))| {
                let width = (cents * 280 / most).max(2);
                Bar {
                    label: short(label),
                    label_y: place * 56 + 16,
                    value: language.euros(*cents),
                    value_x: width + 8,
                    value_y: place * 56 + 40,
                    y: place * 56 + 24,
                    width,
                }
            })
            .collect();
        let description = amounts
            .iter()
            .map(|(label, cents)| format!("{label}: {}", language.euros(*cents)))
            .collect::<Vec<_>>()
            .join("; ");
        Self {
            id,
            title,
            description,
            height: amounts.len() * 56,
            bars,
        }
    }
}

fn texts(language: Language, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| language.text(key)).collect()
}

fn waiting(
    caption: &str,
    gifts: Vec<Gift>,
    names: &HashMap<tenants::StaffId, String>,
    staff: &Staff<may::ReadGifts>,
) -> Sheet {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    Sheet {
        caption: language.text(caption),
        columns: texts(
            language,
            &[
                "column-what",
                "column-who",
                "column-amount",
                "gift-receipt-due",
            ],
        ),
        rows: gifts
            .into_iter()
            .map(|gift| Row {
                link: format!("/attenties/{}", gift.id),
                cells: vec![
                    names.get(&gift.giver_id).cloned().unwrap_or_default(),
                    language.euros(gift.amount_cents),
                    language.day(gift.receipt_due_at.with_timezone(&zone).date_naive()),
                ],
                head: gift.description,
            })
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "gifts/budgets.html")]
struct BudgetsPage {
    shell: Shell,
    budgets: Sheet,
    chart: Chart,
    inspects: bool,
    requested: Sheet,
    missing: Sheet,
}

/// Budgets with what is left, what waits for a second pair of eyes, and receipts that are missing.
///
/// # Errors
/// When the reader may not read budgets.
pub async fn budgets(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let inspects = staff.may(Permission::InspectGifts);
    let left = gifts::left(&tx).await?;
    let budgets = gifts::budgets(&tx).await?;
    let mut bars = Vec::new();
    let rows = budgets
        .into_iter()
        .map(|budget| {
            let balance = left.get(&budget.id).copied().unwrap_or_default();
            let name = format!("{} {}", budget.name, budget.year);
            bars.push((name.clone(), balance.available));
            Row {
                link: if inspects {
                    format!("/beheer/attenties/{}", budget.id)
                } else {
                    String::new()
                },
                head: name,
                cells: vec![
                    budget.team,
                    language.euros(-balance.allocated),
                    language.euros(balance.spent),
                    language.euros(balance.reserved),
                    language.euros(balance.available),
                    language.text(if budget.closed_at.is_some() {
                        "budget-closed"
                    } else {
                        "budget-open"
                    }),
                ],
            }
        })
        .collect();
    let (requested, missing, names) = if inspects {
        let names = staff::all(&tx)
            .await?
            .into_iter()
            .map(|member| (member.id, member.name))
            .collect();
        (
            gifts::requested(&tx, WAITING).await?,
            gifts::missing_receipts(&tx, WAITING).await?,
            names,
        )
    } else {
        (Vec::new(), Vec::new(), HashMap::new())
    };
    html::ok(&BudgetsPage {
        chart: Chart::of("over", language.text("chart-left"), &bars, language),
        budgets: Sheet {
            caption: language.text("menu-gifts"),
            columns: texts(
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
        },
        requested: waiting("gifts-requested", requested, &names, &staff),
        missing: waiting("gifts-missing", missing, &names, &staff),
        inspects,
        shell: Shell::staff(&staff),
    })
}

/// Where in the ledger to go on.
#[derive(Deserialize)]
pub struct StatementQuery {
    voor: Option<i64>,
}

#[derive(Template)]
#[template(path = "gifts/statement.html")]
struct StatementPage {
    shell: Shell,
    id: BudgetId,
    name: String,
    mandate: String,
    figures: Vec<(String, String)>,
    head: (i64, String),
    chart: Chart,
    kinds: Sheet,
    moves: Sheet,
    grades: Vec<(String, String)>,
    entries: Sheet,
    older: Option<i64>,
}

fn grade(grades: Option<Grades>, language: Language) -> String {
    match grades {
        None => language.text("grades-few"),
        Some(grades) => {
            let mark = if language == Language::Dutch {
                ','
            } else {
                '.'
            };
            format!(
                "{}{mark}{} (n = {})",
                grades.tenths / 10,
                grades.tenths % 10,
                grades.count
            )
        }
    }
}

/// The year statement of a budget: every total leads to its entries, each entry to its attention with reason and receipt.
///
/// # Errors
/// When the reader may not inspect, or there is no such budget.
pub async fn statement(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Ask<StatementQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let statement = gifts::statement(&tx, id.0).await?;
    let entries = gifts::entries(&tx, id.0, query.0.voor, LINES).await?;
    let names: HashMap<_, _> = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let older = entries
        .last()
        .map(|entry| entry.sequence)
        .filter(|sequence| *sequence > 1);
    let entry_text =
        |kind: gifts::EntryKind| language.text(&format!("gift-entry-{}", dashed(kind.as_str())));
    let bars: Vec<_> = statement
        .kinds
        .iter()
        .map(|total| (kind_text(total.kind, language), total.cents))
        .collect();
    let name = format!("{} {}", statement.budget.name, statement.budget.year);
    html::ok(&StatementPage {
        id: id.0,
        mandate: statement.budget.mandate,
        figures: [
            ("account-allocated", -statement.balance.allocated),
            ("account-spent", statement.balance.spent),
            ("account-reserved", statement.balance.reserved),
            ("account-available", statement.balance.available),
        ]
        .map(|(key, cents)| (language.text(key), language.euros(cents)))
        .into(),
        head: statement.head,
        chart: Chart::of("soorten", language.text("chart-kinds"), &bars, language),
        kinds: Sheet {
            caption: language.text("chart-kinds"),
            columns: texts(
                language,
                &["gift-kind", "column-count", "column-amount", "column-mean"],
            ),
            rows: statement
                .kinds
                .iter()
                .map(|total| Row {
                    link: String::new(),
                    head: kind_text(total.kind, language),
                    cells: vec![
                        total.count.to_string(),
                        language.euros(total.cents),
                        language.euros((total.cents * 2 + total.count) / (total.count * 2).max(1)),
                    ],
                })
                .collect(),
        },
        moves: Sheet {
            caption: language.text("statement-moves"),
            columns: texts(
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
            rows: statement
                .entries
                .iter()
                .map(|(kind, count, sum)| Row {
                    link: String::new(),
                    head: entry_text(*kind),
                    cells: std::iter::once(count.to_string())
                        .chain(
                            [sum.allocated, sum.available, sum.reserved, sum.spent]
                                .map(|cents| language.euros(cents)),
                        )
                        .collect(),
                })
                .collect(),
        },
        grades: vec![
            (
                language.text("grades-with"),
                grade(statement.with_gift, language),
            ),
            (
                language.text("grades-without"),
                grade(statement.without_gift, language),
            ),
        ],
        entries: Sheet {
            caption: language.text_with("ledger-caption", &[("name", &name)]),
            columns: texts(
                language,
                &[
                    "column-number",
                    "column-what",
                    "column-who",
                    "column-when",
                    "account-available",
                    "account-reserved",
                    "account-spent",
                    "column-balance",
                    "column-note",
                ],
            ),
            rows: entries
                .into_iter()
                .map(|entry| Row {
                    link: entry
                        .gift_id
                        .map(|gift| format!("/attenties/{gift}"))
                        .unwrap_or_default(),
                    head: entry.sequence.to_string(),
                    cells: vec![
                        entry_text(entry.kind),
                        entry
                            .actor_id
                            .and_then(|id| names.get(&id).cloned())
                            .unwrap_or_default(),
                        language.instant(entry.at, zone),
                        language.euros(entry.available_cents),
                        language.euros(entry.reserved_cents),
                        language.euros(entry.spent_cents),
                        language.euros(entry.available_after),
                        entry.note,
                    ],
                })
                .collect(),
        },
        older,
        name,
        shell: Shell::staff(&staff),
    })
}

#[derive(Template)]
#[template(path = "gifts/proof.html")]
struct ProofPage {
    shell: Shell,
    back: String,
    name: String,
    entries: String,
    head: String,
    findings: Sheet,
}

/// The proof that nothing was changed, or where it was.
///
/// # Errors
/// As [`statement`].
pub async fn proof(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let checked = gifts::check(&tx, id.0).await?;
    html::ok(&ProofPage {
        shell: Shell::staff(&staff),
        back: format!("/beheer/attenties/{}", id.0),
        name: format!("{} {}", checked.budget.name, checked.budget.year),
        entries: language.count("proof-entries", checked.entries),
        head: checked.head,
        findings: Sheet {
            caption: language.text("proof-title"),
            columns: texts(language, &["column-number", "column-finding"]),
            rows: checked
                .findings
                .iter()
                .map(|finding| Row {
                    link: finding
                        .gift
                        .map(|gift| format!("/attenties/{gift}"))
                        .unwrap_or_default(),
                    head: finding.sequence.to_string(),
                    cells: vec![language.text(&format!("broken-{}", finding.broken))],
                })
                .collect(),
        },
    })
}

/// The whole ledger as CSV or XLSX.
///
/// # Errors
/// As [`statement`].
pub async fn export(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = word(&request, "form")?;
    let tx = staff.read().await?;
    let name = format!("attachment; filename=\"kasboek-{}.{form}\"", id.0);
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, name));
    match form.as_str() {
        "csv" => {
            let ledger = CsvLedger::open(&tx, id.0).await?;
            let pieces = stream::try_unfold((ledger, tx), |(mut ledger, tx)| async move {
                let piece = ledger.piece(&tx).await?;
                Ok::<_, Error>(piece.map(|piece| (web::Bytes::from(piece), (ledger, tx))))
            });
            Ok(response
                .content_type("text/csv; charset=utf-8")
                .streaming(pieces))
        }
        "xlsx" => Ok(response
            .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .body(gifts::xlsx(&tx, id.0).await?)),
        _ => Err(Error::NotFound.into()),
    }
}

/// A receipt, to whoever gave the attention or may inspect. It is handed out as a file, never shown as a page of ours.
///
/// # Errors
/// When there is none, or it is another colleague's.
pub async fn receipt(
    staff: Staff<may::ReadGifts>,
    id: Id<ReceiptId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let receipt = gifts::receipt(&tx, id.0).await?;
    visible(&staff, &tx, receipt.gift_id).await?;
    let bytes = staff
        .site
        .house
        .cabinet
        .get(&receipt.place)
        .await
        .map_err(Error::bug)?;
    if tenants::secret::hash_bytes(&bytes) != receipt.content_hash {
        return Err(Error::bug("a receipt is not the one that was booked").into());
    }
    let ending = match receipt.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/heif" => "heic",
        _ => "jpg",
    };
    Ok(HttpResponse::Ok()
        .content_type(receipt.media_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"bon-{}.{ending}\"", receipt.id),
        ))
        .insert_header(("content-security-policy", "default-src 'none'; sandbox"))
        .body(bytes))
}
