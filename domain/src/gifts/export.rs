//! The whole ledger of a budget as a file: CSV (RFC 4180) and XLSX. What people typed cannot become a formula in either.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{StaffId, TenantTx, staff};

use super::{
    BudgetId, Entry, Gift, GiftId,
    entity::{gift, gift_ledger},
};
use crate::Error;

const COLUMNS: [&str; 18] = [
    "sequence",
    "at",
    "kind",
    "by",
    "gift",
    "giftKind",
    "description",
    "reason",
    "case",
    "allocatedCents",
    "availableCents",
    "reservedCents",
    "spentCents",
    "availableAfterCents",
    "note",
    "receipt",
    "previousHash",
    "hash",
];

enum Cell {
    Text(String),
    Number(i64),
}

/// A text that a spreadsheet would calculate gets an apostrophe in front (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Entries read at once.
const PIECE: u64 = 1_000;

/// The lines of a ledger, read in pieces: a hundred thousand entries take no more memory than a thousand.
struct Lines {
    budget: BudgetId,
    names: HashMap<StaffId, String>,
    reached: i64,
}

impl Lines {
    async fn of(tx: &TenantTx, budget: BudgetId) -> Result<Self, Error> {
        super::budget(tx, budget).await?;
        let names = staff::all(tx).await?.into_iter();
        Ok(Self {
            budget,
            names: names.map(|member| (member.id, member.name)).collect(),
            reached: 0,
        })
    }

    /// The next lines; none at the end.
    async fn piece(&mut self, tx: &TenantTx) -> Result<Vec<Vec<Cell>>, Error> {
        let entries = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(self.budget))
            .filter(gift_ledger::Column::Sequence.gt(self.reached))
            .order_by_asc(gift_ledger::Column::Sequence)
            .limit(PIECE)
            .all(tx)
            .await?;
        let Some(last) = entries.last() else {
            return Ok(Vec::new());
        };
        self.reached = last.sequence;
        let ids: HashSet<GiftId> = entries.iter().filter_map(|entry| entry.gift_id).collect();
        let gifts: HashMap<GiftId, Gift> = tx
            .find::<gift::Entity>()
            .filter(gift::Column::Id.is_in(ids))
            .all(tx)
            .await?
            .into_iter()
            .map(|gift| (gift.id, gift))
            .collect();
        Ok(entries
            .into_iter()
            .map(|entry| {
                let gift = entry.gift_id.and_then(|id| gifts.get(&id));
                self.line(entry, gift)
            })
            .collect())
    }

    fn line(&self, entry: Entry, gift: Option<&Gift>) -> Vec<Cell> {
        let text = |value: Option<String>| Cell::Text(guarded(&value.unwrap_or_default()));
        vec![
            Cell::Number(entry.sequence),
            text(Some(
                entry
                    .at
                    .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            )),
            text(Some(entry.kind.to_string())),
            text(entry.actor_id.and_then(|id| self.names.get(&id).cloned())),
            text(entry.gift_id.map(|id| id.to_string())),
            text(gift.map(|gift| gift.kind.to_string())),
            text(gift.map(|gift| gift.description.clone())),
            text(gift.map(|gift| gift.reason.clone())),
            text(gift.and_then(|gift| gift.case_id).map(|id| id.to_string())),
            Cell::Number(entry.allocated_cents),
            Cell::Number(entry.available_cents),
            Cell::Number(entry.reserved_cents),
            Cell::Number(entry.spent_cents),
            Cell::Number(entry.available_after),
            text(Some(entry.note)),
            text(entry.receipt_id.map(|id| id.to_string())),
            text(Some(entry.previous_hash)),
            text(Some(entry.hash)),
        ]
    }
}

/// The ledger as CSV, piece by piece, with a byte order mark so that a spreadsheet reads it as UTF-8.
pub struct CsvLedger {
    lines: Lines,
    begun: bool,
}

impl CsvLedger {
    /// Opens the file of a budget.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn open(tx: &TenantTx, budget: BudgetId) -> Result<Self, Error> {
        Ok(Self {
            lines: Lines::of(tx, budget).await?,
            begun: false,
        })
    }

    /// The next bytes of the file; none at its end.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn piece(&mut self, tx: &TenantTx) -> Result<Option<Vec<u8>>, Error> {
        let lines = self.lines.piece(tx).await?;
        if lines.is_empty() && self.begun {
            return Ok(None);
        }
        let mark = if self.begun { "" } else { "\u{feff}" };
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(mark.as_bytes().to_vec());
        if !self.begun {
            writer.write_record(COLUMNS).map_err(Error::bug)?;
            self.begun = true;
        }
        for line in lines {
            let record = line.into_iter().map(|cell| match cell {
                Cell::Text(text) => text,
                Cell::Number(number) => number.to_string(),
            });
            writer.write_record(record).map_err(Error::bug)?;
        }
        writer.into_inner().map(Some).map_err(Error::bug)
    }
}

/// Up to here a spreadsheet, which keeps every number as a 64-bit float, has every whole number exactly: 2 to the power 53, about 90
/// trillion euro in cents (IEEE 754).
const EXACT_MAX: u64 = 1 << 53;

/// Writes a cell. A number that a spreadsheet would round is written as a text, so that every cent is there.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text),
        Cell::Number(number) if number.unsigned_abs() <= EXACT_MAX => {
            sheet.write(row, column, number)
        }
        Cell::Number(number) => sheet.write_string(row, column, number.to_string()),
    }
    .map(|_| ())
}

/// The ledger as XLSX; texts are written as texts, amounts as numbers of cents.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Bug`] when there are more rows than a sheet holds (1,048,576).
pub async fn xlsx(tx: &TenantTx, budget: BudgetId) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, name).map_err(Error::bug)?;
    }
    let mut lines = Lines::of(tx, budget).await?;
    let mut line = 1;
    loop {
        let piece = lines.piece(tx).await?;
        if piece.is_empty() {
            break;
        }
        for row in piece {
            for (column, cell) in (0..).zip(row) {
                write(sheet, (line, column), cell).map_err(Error::bug)?;
            }
            line += 1;
        }
    }
    workbook.save_to_buffer().map_err(Error::bug)
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn what_somebody_typed_does_not_calculate() {
        for (typed, kept) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5", "'-5"),
            ("Bos bloemen", "Bos bloemen"),
            ("", ""),
        ] {
            assert_eq!(guarded(typed), kept);
        }
    }
}
