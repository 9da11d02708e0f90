//! The texts of a form as one table, out and in, for whoever translates outside of the builder.
//!
//! Cells that a spreadsheet would run as a formula leave with an apostrophe in front and lose it when they come back, so nothing that
//! somebody typed is ever run, and nothing changes on the way.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    forms::{Definition, TEXT_MAX, TextKey, text_keys},
    text,
};

/// Name of the column with the keys.
const KEY: &str = "key";

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Why, as a word that the locale files put into a sentence.
    pub code: &'static str,
    /// The value it is about.
    pub value: String,
}

/// All texts of a form: a line per text, a column per language, separated by semicolons as spreadsheets here expect, in UTF-8 with the
/// mark that makes them see it.
#[must_use]
pub fn write_translations(definition: &Definition) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let header = std::iter::once(KEY.to_owned()).chain(definition.languages.iter().cloned());
    // Writing into memory cannot fail.
    let _ = writer.write_record(header);
    for TextKey { key, .. } in text_keys(definition) {
        let mut record = vec![key.clone()];
        for language in &definition.languages {
            let text = definition.exact_text(language, &key).unwrap_or_default();
            record.push(text::spreadsheet_safe(text).into_owned());
        }
        let _ = writer.write_record(record);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8(bytes).unwrap_or_default())
}

fn bad(line: u64, code: &'static str, value: &str) -> BadRow {
    BadRow {
        line,
        code,
        value: value.chars().take(80).collect(),
    }
}

/// A table of texts as it was sent: its header, and its rows with their lines. A row that cannot be read has no cells.
#[derive(Clone, Debug)]
pub struct TranslationTable {
    header: Vec<String>,
    rows: Vec<(u64, Option<csv::StringRecord>)>,
}

/// Reads a table of texts. A table of a stranger takes its time: read it where that keeps nobody waiting.
///
/// # Errors
/// The line at which it is no text, or that its header cannot be read.
pub fn read_table(table: &[u8]) -> Result<TranslationTable, Vec<BadRow>> {
    let text = text::decode(table).map_err(|valid| {
        let valid = table.get(..valid).unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        vec![bad(u64::try_from(line).unwrap_or(1), "table-not-text", "")]
    })?;
    // Excel reads and writes a line in front that names the sign between cells.
    let (named, text) = match text.split_once('\n') {
        Some((first, rest)) if first.to_lowercase().starts_with("sep=") => {
            (first.as_bytes().get(4).copied(), rest)
        }
        _ => (None, text.as_str()),
    };
    let skipped = u64::from(named.is_some());
    let first = text.lines().next().unwrap_or_default();
    let delimiter = named.or_else(|| {
        [b';', b',', b'\t']
            .into_iter()
            .max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count())
    });
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b';'))
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut header: Vec<String> = reader
        .headers()
        .map_err(|_| vec![bad(1 + skipped, "table-header", "")])?
        .iter()
        .map(|cell| cell.trim().to_lowercase())
        .collect();
    let used = header.iter().rposition(|cell| !cell.is_empty());
    header.truncate(used.map_or(0, |last| last + 1));
    let is_unnamed = header.iter().any(String::is_empty);
    if header.first().map(String::as_str) != Some(KEY) || header.len() < 2 || is_unnamed {
        return Err(vec![bad(1 + skipped, "table-header", first)]);
    }
    let line_of = |at: Option<&csv::Position>| at.map_or(0, csv::Position::line) + skipped;
    let rows = reader.records().map(|record| match record {
        Ok(record) => (line_of(record.position()), Some(record)),
        Err(error) => (line_of(error.position()), None),
    });
    let rows = rows.map(|(line, record)| (line, record.map(|record| fit(record, header.len()))));
    let is_written = |record: &csv::StringRecord| record.iter().any(|cell| !cell.trim().is_empty());
    let rows = rows.filter(|(_, record)| record.as_ref().is_none_or(is_written));
    Ok(TranslationTable {
        rows: rows.collect(),
        header,
    })
}

/// A row without the empty cells that a spreadsheet adds at its end.
fn fit(mut row: csv::StringRecord, cells: usize) -> csv::StringRecord {
    while row.len() > cells
        && row
            .get(row.len() - 1)
            .is_some_and(|cell| cell.trim().is_empty())
    {
        row.truncate(row.len() - 1);
    }
    row
}

/// Puts the texts of a table into a form. Keys that the table does not have stay as they are; an empty cell takes a text away.
///
/// # Errors
/// Every row that cannot be used, with its line; then nothing is changed.
pub fn apply_table(
    definition: &mut Definition,
    table: &TranslationTable,
) -> Result<usize, Vec<BadRow>> {
    let header = &table.header;
    let mut problems = Vec::new();
    let mut columns = BTreeSet::new();
    for language in header.iter().skip(1) {
        if !definition.languages.contains(language) || !columns.insert(language) {
            problems.push(bad(1, "table-language", language));
        }
    }
    let known: BTreeMap<String, bool> = text_keys(definition)
        .into_iter()
        .map(|text| (text.key, text.needed))
        .collect();
    let source = definition.languages.first().cloned().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut texts = Vec::new();
    for (line, record) in &table.rows {
        let line = *line;
        let Some(record) = record else {
            problems.push(bad(line, "table-row", ""));
            continue;
        };
        let key = record.get(0).unwrap_or_default().trim().to_owned();
        let needed = known.get(&key);
        let refused = match needed {
            _ if record.len() != header.len() => Some("table-columns"),
            None => Some("table-key"),
            Some(_) => (!seen.insert(key.clone())).then_some("table-key-twice"),
        };
        if let Some(code) = refused {
            problems.push(bad(line, code, &key));
            continue;
        }
        for (language, cell) in header.iter().zip(record.iter()).skip(1) {
            let text = text::clean_text(text::from_spreadsheet(cell));
            if text.chars().count() > TEXT_MAX {
                problems.push(bad(line, "text-too-long", &key));
            } else if text.is_empty() && needed == Some(&true) && *language == source {
                problems.push(bad(line, "text-missing", &key));
            } else {
                texts.push((language.clone(), key.clone(), text));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut changed = 0;
    for (language, key, text) in texts {
        if definition.exact_text(&language, &key).unwrap_or_default() != text {
            definition.set_text(&language, &key, &text);
            changed += 1;
        }
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::{super::Template, *};

    #[test]
    fn a_table_is_read_as_a_spreadsheet_saves_it() {
        let before = Template::Complaint.definition("proef", "").unwrap();
        let read = |table: &[u8]| {
            let mut after = before.clone();
            let table = read_table(table)?;
            apply_table(&mut after, &table).map(|count| {
                let text = |key| after.exact_text("en", key).unwrap_or_default().to_owned();
                (count, text("kort"))
            })
        };
        for (why, table) in [
            ("ours", &b"key;nl;en\r\nkort;Kort;Caf\xc3\xa9\r\n"[..]),
            (
                "empty columns at the end",
                b"key;nl;en;;\r\nkort;Kort;Caf\xc3\xa9;;\r\n;;;;\r\n",
            ),
            (
                "a sign named in front",
                b"sep=;\r\nkey;nl;en\r\nkort;Kort;Caf\xc3\xa9\r\n",
            ),
            (
                "another sign named in front",
                b"SEP=|\r\nkey|nl|en\r\nkort|Kort|Caf\xc3\xa9\r\n",
            ),
            (
                "a mark and a sign in front",
                b"\xef\xbb\xbfsep=,\nkey,nl,en\nkort,Kort,Caf\xc3\xa9\n",
            ),
            (
                "the code page of Windows",
                b"key;nl;en\r\nkort;Kort;Caf\xe9\r\n",
            ),
        ] {
            let read = read(table);
            let found = read.as_ref().map(|(_, text)| text.as_str());
            assert_eq!(found, Ok("Café"), "{why}");
        }
        let unicode: Vec<u8> = "\u{feff}key\tnl\ten\r\nkort\tKort\tCafé\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&unicode).unwrap().1, "Café", "Unicode text");
        for (why, table, line, code) in [
            (
                "a photo",
                &b"\xff\xd8\xff\xe0\0\x10JFIF"[..],
                1,
                "table-not-text",
            ),
            ("a workbook", b"PK\x03\x04\x14\0\x06\0", 1, "table-header"),
            (
                "a broken letter",
                b"key;nl;en\nkort;\xc3\xa9;\xe9\n",
                2,
                "table-not-text",
            ),
            (
                "a column without a name",
                b"sep=;\nkey;;en\n",
                2,
                "table-header",
            ),
            (
                "an unknown language",
                b"key;nl;fr\nkort;Kort;Caf\n",
                1,
                "table-language",
            ),
            (
                "a cell too many",
                b"sep=;\nkey;nl;en\nkort;Kort;Caf;x\n",
                3,
                "table-columns",
            ),
        ] {
            let refused = read(table).unwrap_err();
            assert_eq!((refused[0].line, refused[0].code), (line, code), "{why}");
        }
    }
}
