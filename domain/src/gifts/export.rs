//! The whole ledger of a budget as a file: CSV (RFC 4180) and XLSX. What people typed cannot become a formula in either.

use std::collections::HashMap;

use rust_xlsxwriter::Workbook;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::{TenantTx, staff};

use super::{
    BudgetId, Entry, Gift,
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

async fn rows(tx: &TenantTx, budget: BudgetId) -> Result<Vec<Vec<Cell>>, Error> {
    super::budget(tx, budget).await?;
    let names: HashMap<_, _> = staff::all(tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let gifts: HashMap<_, Gift> = tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(budget))
        .all(tx)
        .await?
        .into_iter()
        .map(|gift| (gift.id, gift))
        .collect();
    let entries = tx
        .find::<gift_ledger::Entity>()
        .filter(gift_ledger::Column::BudgetId.eq(budget))
        .order_by_asc(gift_ledger::Column::Sequence)
        .all(tx)
        .await?;
    let row = |entry: Entry| {
        let gift = entry.gift_id.and_then(|id| gifts.get(&id));
        let text = |value: Option<String>| Cell::Text(guarded(&value.unwrap_or_default()));
        vec![
            Cell::Number(entry.sequence),
            text(Some(
                entry
                    .at
                    .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            )),
            text(Some(entry.kind.to_string())),
            text(entry.actor_id.and_then(|id| names.get(&id).cloned())),
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
    };
    Ok(entries.into_iter().map(row).collect())
}

/// The ledger as CSV, with a byte order mark so that a spreadsheet reads it as UTF-8.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn csv(tx: &TenantTx, budget: BudgetId) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS).map_err(Error::bug)?;
    for row in rows(tx, budget).await? {
        let record = row.into_iter().map(|cell| match cell {
            Cell::Text(text) => text,
            Cell::Number(number) => number.to_string(),
        });
        writer.write_record(record).map_err(Error::bug)?;
    }
    writer.into_inner().map_err(Error::bug)
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
    for (line, row) in (1..).zip(rows(tx, budget).await?) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(line, column, text).map_err(Error::bug)?,
                Cell::Number(number) => sheet
                    .write_number(line, column, i32::try_from(number).map_err(Error::bug)?)
                    .map_err(Error::bug)?,
            };
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
