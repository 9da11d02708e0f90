//! A ledger, whole or the entries behind one total.

pub(super) mod samples;

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono_tz::Tz;
use domain::{
    Language,
    gift_ledger::{
        self, Account, Budget, BudgetId, Entry, EntryFilter, EntryKind, EntrySum, Gift, GiftId,
        GiftKind,
    },
};
use serde::{Deserialize, Serialize};
use tenants::{TenantTx, permission::may};

use super::view::Names;
use crate::{
    extract::{Id, Query, Staff},
    html::{
        self, Page,
        pagination::PageRequest,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Entries on one page.
const LINES: PageRequest = PageRequest::of(100);

/// Which entries, and where to go on.
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
pub struct LedgerQuery {
    rekening: Option<Account>,
    boeking: Option<EntryKind>,
    soort: Option<GiftKind>,
    voor: Option<i64>,
}

impl LedgerQuery {
    /// The entries that changed an account.
    pub(super) fn of_account(account: Account) -> Self {
        Self {
            rekening: Some(account),
            ..Self::default()
        }
    }

    /// The entries of a kind.
    pub(super) fn of_entry(entry: EntryKind) -> Self {
        Self {
            boeking: Some(entry),
            ..Self::default()
        }
    }

    /// The entries about gifts of a kind.
    pub(super) fn of_kind(kind: GiftKind) -> Self {
        Self {
            soort: Some(kind),
            ..Self::default()
        }
    }

    /// Where these entries of a budget are listed.
    pub(super) fn address(self, budget: BudgetId) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        format!("/beheer/attenties/{budget}/kasboek?{query}")
    }

    /// What the entries have in common; nothing for the whole ledger.
    fn about(self, language: Language) -> Vec<String> {
        let about = |key, name, value: String| language.text_with(key, &[(name, &value)]);
        let account = |account| {
            let account = language.term("account", account);
            about("ledger-about-account", "account", account)
        };
        let entry = |entry| {
            let entry = language.term("gift-entry", entry);
            about("ledger-about-entry", "entry", entry)
        };
        let kind = |kind| {
            about(
                "ledger-about-kind",
                "kind",
                language.term("gift-kind", kind),
            )
        };
        [
            self.rekening.map(account),
            self.boeking.map(entry),
            self.soort.map(kind),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
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
                    (None, Some(other)) => {
                        LedgerQuery::of_entry(other_side(entry.kind)).address(other)
                    }
                    (None, None) => String::new(),
                },
            ),
            cells: vec![
                language.term("gift-entry", entry.kind).into(),
                behind.names.of(&entry.actor_id).into(),
                Cell::with_class(language.record_instant(entry.at, zone), "gh-num"),
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
    budget: Budget,
    about: Vec<String>,
    sum: EntrySum,
    entries: Table,
    older: Option<String>,
}

/// The ledger of a budget, or the entries behind one total with their sum.
pub async fn ledger(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let tx = staff.read().await?;
    let budget = gift_ledger::budget(&tx, id.0).await?;
    let filter = EntryFilter {
        account: query.rekening,
        entry: query.boeking,
        gift: query.soort,
    };
    let entries = filter
        .entries(&tx, id.0, query.voor, LINES.to_read())
        .await?;
    let (entries, older) = LINES.split(entries, |entry| entry.sequence);
    let older = older.map(|before| {
        let voor = Some(before);
        LedgerQuery { voor, ..query }.address(id.0)
    });
    html::ok(&LedgerPage {
        about: query.about(staff.site.language),
        sum: filter.sum(&tx, id.0).await?,
        entries: table(&tx, &staff, &budget.title(), entries).await?,
        older,
        budget,
        page: Page::staff(&staff),
    })
}
