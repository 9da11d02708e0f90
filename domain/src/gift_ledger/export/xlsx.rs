//! The ledger as a spreadsheet.

use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use tenants::TenantTx;

use super::{Cell, Lines, Reader, euros};
use crate::{Error, gift_ledger::BudgetId};

/// Most cents that a spreadsheet shows as euros to the cent: it has fifteen digits of every number.
const EXACT_MAX: u64 = 999_999_999_999_999;

/// How cells look.
struct Formats {
    money: Format,
    moment: Format,
}

/// Writes a cell. An amount that a spreadsheet would round is written as a text, so that every cent is there.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text),
        Cell::Number(number) => sheet.write(row, column, number),
        Cell::Money(cents) if cents.unsigned_abs() <= EXACT_MAX => {
            #[expect(
                clippy::as_conversions,
                clippy::cast_precision_loss,
                reason = "fifteen digits fit into the fifty-three bits of a float"
            )]
            let euros = cents as f64 / 100.0;
            sheet.write_number_with_format(row, column, euros, &formats.money)
        }
        Cell::Money(cents) => sheet.write_string(row, column, euros(cents)),
        Cell::Moment(at) => {
            let whole = |part: u32| u8::try_from(part).unwrap_or_default();
            let moment = ExcelDateTime::from_ymd(
                u16::try_from(at.year()).unwrap_or_default(),
                whole(at.month()),
                whole(at.day()),
            )?
            .and_hms(u16::from(whole(at.hour())), whole(at.minute()), at.second())?;
            sheet.write_datetime_with_format(row, column, &moment, &formats.moment)
        }
    }
    .map(|_| ())
}

/// A ledger as XLSX, not yet written.
pub struct Spreadsheet(Workbook);

impl Spreadsheet {
    /// Its bytes. A large one takes seconds to compress: write it where that keeps nobody waiting.
    ///
    /// # Errors
    /// [`Error::Bug`] when it cannot be written.
    pub fn into_bytes(mut self) -> Result<Vec<u8>, Error> {
        self.0.save_to_buffer().map_err(Error::bug)
    }
}

/// The ledger as XLSX: texts as texts, amounts as numbers of euros, moments as moments.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Bug`] when there are more rows than a sheet holds (1,048,576).
pub async fn xlsx(tx: &TenantTx, budget: BudgetId, reader: Reader) -> Result<Spreadsheet, Error> {
    let mut lines = Lines::of(tx, budget, reader).await?;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let heading = Format::new().set_bold();
    for (column, name) in (0..).zip(lines.headings()) {
        sheet
            .write_string_with_format(0, column, name, &heading)
            .and_then(|sheet| sheet.set_column_width(column, 16))
            .map_err(Error::bug)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(Error::bug)?;
    let formats = Formats {
        money: Format::new().set_num_format("\"€\" #,##0.00"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    };
    let mut line = 1;
    loop {
        let piece = lines.piece(tx).await?;
        if piece.is_empty() {
            break;
        }
        for row in piece {
            for (column, cell) in (0..).zip(row) {
                write(sheet, (line, column), cell, &formats).map_err(Error::bug)?;
            }
            line += 1;
        }
    }
    Ok(Spreadsheet(workbook))
}
