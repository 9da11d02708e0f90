//! A ledger, whole or the entries behind one total, and its verification.

pub(super) mod samples;

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono_tz::Tz;
use domain::{
    Error, Language,
    files::FileStore,
    gift_ledger::{
        self, Account, Accounts, BudgetId, Entry, EntryFilter, EntryKind, Finding, Gift, GiftId,
        GiftKind, Verification,
    },
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::{
    my_gifts::kind_text,
    view::{Names, entry_text},
};
use crate::{
    extract::{Id, Query, Staff},
    html::{
        self, Page, dashed,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Entries on one page.
const LINES: usize = 100;

/// Which entries, and where to go on.
#[derive(Clone, Copy, Default, Deserialize)]
pub struct LedgerQuery {
    rekening: Option<Account>,
    boeking: Option<EntryKind>,
    soort: Option<GiftKind>,
    voor: Option<i64>,
}

impl LedgerQuery {
    fn address(self, budget: BudgetId, before: Option<i64>) -> String {
        let parts: Vec<String> = [
            self.rekening.map(|account| format!("rekening={account}")),
            self.boeking.map(|entry| format!("boeking={entry}")),
            self.soort.map(|kind| format!("soort={kind}")),
            before.map(|before| format!("voor={before}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("/beheer/attenties/{budget}/kasboek?{}", parts.join("&"))
    }
}

/// The entries behind what happened to an account.
pub(super) fn behind_account(budget: BudgetId, account: Account) -> String {
    let query = LedgerQuery {
        rekening: Some(account),
        ..LedgerQuery::default()
    };
    query.address(budget, None)
}

/// The entries of a kind.
pub(super) fn behind_entries(budget: BudgetId, entry: EntryKind) -> String {
    let query = LedgerQuery {
        boeking: Some(entry),
        ..LedgerQuery::default()
    };
    query.address(budget, None)
}

/// The entries about gifts of a kind.
pub(super) fn behind_kind(budget: BudgetId, kind: GiftKind) -> String {
    let query = LedgerQuery {
        soort: Some(kind),
        ..LedgerQuery::default()
    };
    query.address(budget, None)
}

pub(super) fn account_text(account: Account, language: Language) -> String {
    language.text(&format!("account-{account}"))
}

/// The kind of entry that stands in the other budget for money that was moved.
const fn other_side(kind: EntryKind) -> EntryKind {
    match kind {
        EntryKind::TransferOut => EntryKind::TransferIn,
        EntryKind::TransferIn => EntryKind::TransferOut,
        same => same,
    }
}

/// Entries as a table.
pub(super) async fn table(
    tx: &TenantTx,
    staff: &Staff<may::InspectGifts>,
    name: &str,
    entries: Vec<Entry>,
) -> Result<Table, Problem> {
    let behind = Behind {
        names: Names::read(tx).await?,
        budgets: gift_ledger::budgets(tx)
            .await?
            .into_iter()
            .map(|budget| (budget.id, budget.title()))
            .collect(),
        gifts: gift_ledger::gifts_of_entries(tx, &entries).await?,
    };
    let context = (staff.site.language, staff.site.tenant.zone);
    Ok(entries_table(name, entries, &behind, context))
}

/// Who and what entries are about.
struct Behind {
    names: Names,
    /// Titles of budgets.
    budgets: HashMap<BudgetId, String>,
    gifts: HashMap<GiftId, Gift>,
}

/// Entries as a table: the number leads to the gift and its reason, or to the other side of moved money, the last cell to the receipt.
fn entries_table(
    name: &str,
    entries: Vec<Entry>,
    behind: &Behind,
    (language, zone): (Language, Tz),
) -> Table {
    let row = |entry: Entry| {
        let gift = entry.gift_id.and_then(|id| behind.gifts.get(&id));
        let note = match (
            entry.kind,
            entry.other_budget_id.and_then(|id| behind.budgets.get(&id)),
            gift,
        ) {
            (_, Some(other), _) => format!("{}: {}", other, entry.note),
            (EntryKind::Reservation, _, Some(gift)) => {
                format!("{}. {}", gift.description, gift.reason)
            }
            (_, _, Some(gift)) if entry.note.is_empty() => gift.description.clone(),
            _ => entry.note,
        };
        Row {
            head: Cell::to(
                entry.sequence.to_string(),
                match (entry.gift_id, entry.other_budget_id) {
                    (Some(gift), _) => format!("/attenties/{gift}#boeking-{}", entry.sequence),
                    (None, Some(other)) => behind_entries(other, other_side(entry.kind)),
                    (None, None) => String::new(),
                },
            ),
            cells: vec![
                entry_text(entry.kind, language).into(),
                behind.names.of(entry.actor_id).into(),
                language.instant(entry.at, zone).into(),
                language.euros(entry.available_cents).into(),
                language.euros(entry.reserved_cents).into(),
                language.euros(entry.spent_cents).into(),
                language.euros(entry.available_after).into(),
                note.into(),
                entry.receipt_id.map_or_else(
                    || String::new().into(),
                    |receipt| {
                        Cell::to(
                            language.text("gift-receipt"),
                            format!("/attenties/bonnen/{receipt}"),
                        )
                    },
                ),
            ],
        }
    };
    Table {
        caption: language.text_with("ledger-caption", &[("name", name)]),
        columns: headings(
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
                "gift-receipt",
            ],
        ),
        rows: entries.into_iter().map(row).collect(),
    }
}

#[derive(Template)]
#[template(path = "gifts/ledger.html")]
pub(super) struct LedgerPage {
    page: Page,
    id: BudgetId,
    name: String,
    /// What the entries have in common; nothing for the whole ledger.
    about: Vec<String>,
    count: String,
    sums: Vec<(String, String)>,
    entries: Table,
    older: Option<String>,
}

/// What entries changed in every account, in words.
fn sums(sum: Accounts, language: Language) -> Vec<(String, String)> {
    [
        (Account::Allocated, -sum.allocated),
        (Account::Available, sum.available),
        (Account::Reserved, sum.reserved),
        (Account::Spent, sum.spent),
    ]
    .map(|(account, cents)| (account_text(account, language), language.euros(cents)))
    .into()
}

/// The ledger of a budget, or the entries behind one total with their sum.
///
/// # Errors
/// When the reader may not inspect, or there is no such budget.
pub async fn ledger(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let query = query.0;
    let tx = staff.read().await?;
    let budget = gift_ledger::budget(&tx, id.0).await?;
    let name = budget.title();
    let filter = EntryFilter {
        account: query.rekening,
        entry: query.boeking,
        gift: query.soort,
    };
    let limit = u64::try_from(LINES).unwrap_or(100) + 1;
    let mut entries = filter.entries(&tx, id.0, query.voor, limit).await?;
    let more = entries.len() > LINES;
    entries.truncate(LINES);
    let older = entries
        .last()
        .filter(|_| more)
        .map(|entry| query.address(id.0, Some(entry.sequence)));
    let (count, sum) = filter.sum(&tx, id.0).await?;
    let about = [
        query.rekening.map(|account| {
            language.text_with(
                "ledger-about-account",
                &[("account", &account_text(account, language))],
            )
        }),
        query.boeking.map(|entry| {
            language.text_with(
                "ledger-about-entry",
                &[("entry", &entry_text(entry, language))],
            )
        }),
        query.soort.map(|kind| {
            language.text_with("ledger-about-kind", &[("kind", &kind_text(kind, language))])
        }),
    ];
    html::ok(&LedgerPage {
        id: id.0,
        about: about.into_iter().flatten().collect(),
        count: language.count("ledger-count", count),
        sums: sums(sum, language),
        entries: table(&tx, &staff, &name, entries).await?,
        older,
        name,
        page: Page::staff(&staff),
    })
}

#[derive(Template)]
#[template(path = "gifts/verification.html")]
pub(super) struct ProofPage {
    page: Page,
    back: String,
    name: String,
    entries: String,
    head: String,
    /// What was read of the receipts, in words.
    receipts: String,
    /// A hash that was kept, as typed, and where it stands, in words.
    kept: String,
    found: Option<String>,
    is_there: bool,
    findings: Table,
}

/// A hash that was kept.
#[derive(Deserialize)]
pub struct ProofQuery {
    hash: Option<String>,
}

/// Most bytes of receipts that one request reads; beyond it the command line does.
const READ_MAX: i64 = 100 * 1024 * 1024;

/// Counts a chain again, and reads its receipts when they are not too many bytes for one request. How many were read.
pub(super) async fn proven(
    tx: &TenantTx,
    file_store: &FileStore,
    id: BudgetId,
) -> Result<(Verification, Option<i64>), Error> {
    let mut checked = gift_ledger::verify(tx, id).await?;
    let (count, bytes) = gift_ledger::receipt_files(tx, id).await?;
    if bytes > READ_MAX {
        return Ok((checked, None));
    }
    checked
        .findings
        .extend(gift_ledger::verify_receipt_files(tx, file_store, id).await?);
    Ok((checked, Some(count)))
}

/// What does not hold, as a table.
fn findings(findings: &[Finding], language: Language) -> Table {
    let row = |finding: &Finding| Row {
        head: Cell::to(
            finding.sequence.to_string(),
            finding
                .gift
                .map_or_else(String::new, |gift| format!("/attenties/{gift}")),
        ),
        cells: vec![
            language
                .text(&format!("defect-{}", dashed(finding.defect.as_str())))
                .into(),
        ],
    };
    Table {
        caption: language.text("proof-title"),
        columns: headings(language, &["column-number", "column-finding"]),
        rows: findings.iter().map(row).collect(),
    }
}

/// The verification: that nothing was changed, or where it was.
pub async fn proof(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<ProofQuery>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let (checked, receipts) = proven(&tx, &staff.site.app.file_store, id.0).await?;
    let kept = query.0.hash.unwrap_or_default();
    let entry = if kept.trim().is_empty() {
        None
    } else {
        Some(gift_ledger::entry_with_hash(&tx, id.0, &kept).await?)
    };
    html::ok(&ProofPage {
        receipts: match receipts {
            Some(count) => language.count("proof-receipts", count),
            None => language.text("proof-receipts-many"),
        },
        is_there: matches!(entry, Some(Some(_))),
        found: entry.map(|entry| match entry {
            Some(entry) => {
                language.text_with("proof-kept", &[("number", &entry.sequence.to_string())])
            }
            None => language.text("proof-kept-not"),
        }),
        kept,
        page: Page::staff(&staff),
        back: format!("/beheer/attenties/{}", id.0),
        name: checked.budget.title(),
        entries: language.count("proof-entries", checked.entries),
        head: checked.head,
        findings: findings(&checked.findings, language),
    })
}
