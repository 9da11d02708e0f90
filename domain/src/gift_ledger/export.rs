//! The whole ledger of a budget as a file for people: CSV (RFC 4180, as a Dutch spreadsheet opens it) and XLSX. Programs read the same
//! entries over the API, in cents, codes and UTC.
//!
//! Amounts are in euros, moments in the municipality's own time, kinds and statuses in words of the reader's language. What was set aside is
//! above zero here, as an accountant writes it, though in the chain it is the source of the money and below zero: in each line, what was set
//! aside is what became available, reserved and spent together. What people typed cannot become a formula in either file.

mod xlsx;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use tenants::{StaffId, TenantTx, staff};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub use self::xlsx::{Spreadsheet, xlsx};
use super::{
    Budget, BudgetId, Entry, Gift, GiftStatus, budgets, chain::entries_after, gifts_of_entries,
};
use crate::{
    Error, Language,
    cases::{self, CaseId, Viewer},
    text::spreadsheet_safe,
};

/// The columns, as keys of their headings.
const COLUMNS: [&str; 21] = [
    "number",
    "at",
    "entry",
    "by",
    "description",
    "kind",
    "reason",
    "recipient",
    "case",
    "status",
    "allocated",
    "available",
    "reserved",
    "spent",
    "left",
    "other",
    "note",
    "gift",
    "receipt",
    "previous",
    "hash",
];

/// For whom a file is made.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The language of headings and words.
    pub language: Language,
    /// The zone in which moments are written: the municipality's.
    pub zone: Tz,
    /// Whoever reads, when the reader may know in which message a gift was given.
    pub reads_cases: Option<Viewer>,
}

enum Cell {
    Text(String),
    Number(i64),
    /// Cents.
    Money(i64),
    /// Local time.
    Moment(NaiveDateTime),
}

/// An amount in euros with a comma and no thousands: "12,50", "-0,05". A Dutch spreadsheet reads it as a number, whatever language the
/// reader of the headings chose.
fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{},{:02}", cents / 100, cents % 100)
}

/// Name of the file of a budget without its ending: name and year in plain letters, such as `cadeaupot-balie-2026`.
#[must_use]
pub fn file_name(budget: &Budget) -> String {
    let mut name = String::new();
    for letter in budget
        .name
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
    {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= 60 {
            break;
        }
    }
    let year = budget.year.to_string();
    let name = name.trim_end_matches('-');
    let name = name
        .strip_suffix(&year)
        .unwrap_or(name)
        .trim_end_matches('-');
    let name = if name.is_empty() { "kasboek" } else { name };
    format!("{name}-{year}")
}

/// Entries read at once.
const BATCH: u64 = 1_000;

/// The lines of a ledger, read in pieces: a hundred thousand entries take no more memory than a thousand.
struct Lines {
    budget: BudgetId,
    reader: Reader,
    names: HashMap<StaffId, String>,
    others: HashMap<BudgetId, String>,
    reached: i64,
}

impl Lines {
    async fn of(tx: &TenantTx, budget: BudgetId, reader: Reader) -> Result<Self, Error> {
        super::budget(tx, budget).await?;
        let names = staff::all(tx, None).await?.into_iter();
        let others = budgets(tx).await?.into_iter();
        Ok(Self {
            budget,
            reader,
            names: names.map(|member| (member.id, member.name)).collect(),
            others: others
                .map(|budget| (budget.id, format!("{} {}", budget.name, budget.year)))
                .collect(),
            reached: 0,
        })
    }

    fn headings(&self) -> impl Iterator<Item = String> {
        let language = self.reader.language;
        COLUMNS
            .iter()
            .map(move |column| language.text(&format!("export-{column}")))
    }

    /// The next lines; none at the end.
    async fn piece(&mut self, tx: &TenantTx) -> Result<Vec<Vec<Cell>>, Error> {
        let entries = entries_after(tx, self.budget, self.reached, BATCH).await?;
        let Some(last) = entries.last() else {
            return Ok(Vec::new());
        };
        self.reached = last.sequence;
        let gifts = gifts_of_entries(tx, &entries).await?;
        let within: HashSet<CaseId> = gifts.values().filter_map(|gift| gift.case_id).collect();
        let references = match self.reader.reads_cases {
            Some(viewer) if !within.is_empty() => {
                cases::references(tx, viewer, within.into_iter()).await?
            }
            _ => HashMap::new(),
        };
        Ok(entries
            .into_iter()
            .map(|entry| {
                let gift = entry.gift_id.and_then(|id| gifts.get(&id));
                let case = gift
                    .and_then(|gift| gift.case_id)
                    .and_then(|case| references.get(&case));
                self.line(entry, gift, case.cloned())
            })
            .collect())
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.reader.zone).naive_local()
    }

    fn line(&self, entry: Entry, gift: Option<&Gift>, case: Option<String>) -> Vec<Cell> {
        let text = |value: Option<String>| {
            Cell::Text(spreadsheet_safe(&value.unwrap_or_default()).into_owned())
        };
        let term = |list, value: &str| self.reader.language.term(list, value);
        let status = |gift: &Gift| match gift.status {
            GiftStatus::Cancelled if gift.spent_cents.is_some() => term("gift-status", "reversed"),
            status => term("gift-status", status.as_str()),
        };
        vec![
            Cell::Number(entry.sequence),
            Cell::Moment(self.local(entry.at)),
            text(Some(term("gift-entry", entry.kind.as_str()))),
            text(entry.actor_id.and_then(|id| self.names.get(&id).cloned())),
            text(gift.map(|gift| gift.description.clone())),
            text(gift.map(|gift| term("gift-kind", gift.kind.as_str()))),
            text(gift.map(|gift| gift.reason.clone())),
            text(gift.and_then(|gift| gift.recipient.clone())),
            text(case),
            text(gift.map(status)),
            Cell::Money(-entry.allocated_cents),
            Cell::Money(entry.available_cents),
            Cell::Money(entry.reserved_cents),
            Cell::Money(entry.spent_cents),
            Cell::Money(entry.available_after),
            text(
                entry
                    .other_budget_id
                    .and_then(|id| self.others.get(&id).cloned()),
            ),
            text(Some(entry.note)),
            text(entry.gift_id.map(|id| id.to_string())),
            text(entry.receipt_id.map(|id| id.to_string())),
            text(Some(entry.previous_hash)),
            text(Some(entry.hash)),
        ]
    }
}

/// The ledger as CSV, piece by piece: semicolons between cells, because in Dutch the comma stands in the amounts, and a byte order mark, so
/// that a spreadsheet reads it as UTF-8.
pub struct CsvLedger {
    lines: Lines,
    begun: bool,
}

impl CsvLedger {
    /// Opens the file of a budget.
    pub async fn open(tx: &TenantTx, budget: BudgetId, reader: Reader) -> Result<Self, Error> {
        Ok(Self {
            lines: Lines::of(tx, budget, reader).await?,
            begun: false,
        })
    }

    /// The next bytes of the file; none at its end.
    pub async fn piece(&mut self, tx: &TenantTx) -> Result<Option<Vec<u8>>, Error> {
        let lines = self.lines.piece(tx).await?;
        if lines.is_empty() && self.begun {
            return Ok(None);
        }
        let mark = if self.begun { "" } else { "\u{feff}" };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(mark.as_bytes().to_vec());
        if !self.begun {
            writer
                .write_record(self.lines.headings())
                .map_err(Error::bug)?;
            self.begun = true;
        }
        for line in lines {
            let record = line.into_iter().map(|cell| match cell {
                Cell::Text(text) => text,
                Cell::Number(number) => number.to_string(),
                Cell::Money(cents) => euros(cents),
                Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
            });
            writer.write_record(record).map_err(Error::bug)?;
        }
        writer.into_inner().map(Some).map_err(Error::bug)
    }
}

#[cfg(test)]
mod tests {
    use tenants::{TenantId, uuid::Uuid};

    use super::*;

    #[test]
    fn an_amount_is_a_number_for_a_dutch_spreadsheet() {
        for (cents, text) in [
            (1_250, "12,50"),
            (0, "0,00"),
            (-5, "-0,05"),
            (123_456_789, "1234567,89"),
        ] {
            assert_eq!(euros(cents), text);
        }
    }

    #[test]
    fn a_file_is_named_after_its_budget() {
        let budget = |name: &str| Budget {
            tenant_id: TenantId(Uuid::nil()),
            id: BudgetId(Uuid::nil()),
            name: name.to_owned(),
            team: String::new(),
            year: 2026,
            cap_cents: None,
            mandate: String::new(),
            holder_id: None,
            created_at: DateTime::UNIX_EPOCH,
            closed_at: None,
            forgotten_at: None,
        };
        for (name, file) in [
            ("Cadeaupot balie", "cadeaupot-balie-2026"),
            ("Attenties 2026", "attenties-2026"),
            ("Ideeën & één \"groet\"\r\n", "ideeen-een-groet-2026"),
            ("../../etc", "etc-2026"),
            ("2026", "kasboek-2026"),
            ("花", "kasboek-2026"),
        ] {
            assert_eq!(file_name(&budget(name)), file);
        }
    }
}
