//! Many practices in one file: a table (CSV), a JSON document, or JSON Lines. Each row is read as the text it would be under our labels, so that
//! everything that holds for a text holds for it, and the same row gives the same draft.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx, text_enum};
use utoipa::ToSchema;

use super::{Finding, PracticeId, Source, import, layout::label_of, store::unreadable};
use crate::{Error, FieldErrors, FieldProblem, text};

/// Most practices of one file.
pub const ROWS_MAX: usize = 100;

text_enum! {
    /// How a file is written.
    BatchKind {
        /// One practice as running text.
        Text = "text",
        /// A table with a line of labels.
        Csv = "csv",
        /// A JSON document, or JSON Lines.
        Json = "json",
    }
}

impl BatchKind {
    /// The kind of a file by its name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let name = name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".csv"]) {
            Self::Csv
        } else if ends(&[".json", ".jsonl", ".ndjson"]) {
            Self::Json
        } else {
            Self::Text
        }
    }
}

text_enum! {
    /// What became of a row.
    RowState {
        /// A new draft.
        New = "new",
        /// The same row was here before.
        Known = "known",
        /// It could not be read.
        Refused = "refused",
    }
}

/// What became of a row of a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportedPractice)]
pub struct BatchRow {
    /// Which row, from 1; the line with labels is not counted.
    pub row: usize,
    /// What became of it.
    pub state: RowState,
    /// The draft; none when it could not be read, or was only tried.
    pub id: Option<PracticeId>,
    /// Its title, or a proposal for one.
    pub title: String,
    /// The report, field by field.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
    /// Why it could not be read.
    #[schema(value_type = Vec<Object>)]
    #[serde(serialize_with = "fields_and_codes")]
    pub errors: Vec<FieldProblem>,
}

fn fields_and_codes<S: Serializer>(
    errors: &[FieldProblem],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        (errors.iter()).map(|error| json!({ "field": error.field, "code": error.code })),
    )
}

/// Rows of a file that were read, each with what it gave.
#[derive(Debug)]
pub struct Batch(Vec<Result<Source, FieldErrors>>);

impl Batch {
    /// Reads a file. A file of a stranger takes its time: read it where that keeps nobody waiting.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a file that cannot be read as a whole; what is wrong with a row stands with the row.
    pub fn read(kind: BatchKind, bytes: Vec<u8>) -> Result<Self, Error> {
        let texts = match kind {
            BatchKind::Text => return Ok(Self(vec![read(bytes)])),
            BatchKind::Csv => table(&bytes)?,
            BatchKind::Json => objects(&bytes)?,
        };
        if texts.is_empty() {
            return Err(Error::invalid("source", "required"));
        }
        if texts.len() > ROWS_MAX {
            let mut errors = FieldErrors::default();
            errors.add_with("source", "too_many", "max", ROWS_MAX);
            return Err(Error::Invalid(errors));
        }
        let rows = texts.into_iter().map(|text| read(text.into_bytes()));
        Ok(Self(rows.collect()))
    }
}

fn read(bytes: Vec<u8>) -> Result<Source, FieldErrors> {
    Source::read(bytes).map_err(|error| match error {
        Error::Invalid(errors) => errors,
        _ => FieldErrors::default(),
    })
}

fn decoded(bytes: &[u8]) -> Result<String, Error> {
    text::decode(bytes).map_err(|at| unreadable(&super::ParseError::NotText(at)))
}

/// A practice as text: each value under its label.
fn labelled(cells: impl Iterator<Item = (String, String)>) -> Option<String> {
    let mut text = String::new();
    for (name, value) in cells {
        let value = value.trim();
        if let Some(label) = label_of(&name)
            && !value.is_empty()
        {
            for part in [label, value] {
                text.push_str(part);
                text.push_str("\n\n");
            }
        }
    }
    (!text.is_empty()).then_some(text)
}

fn table(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let broken = || Error::invalid("source", "source_no_table");
    let text = decoded(bytes)?;
    // Excel reads and writes a line in front that names the sign between cells.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.to_lowercase().starts_with("sep=") => rest,
        _ => text.as_str(),
    };
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b';'))
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = (reader.headers().map_err(|_| broken())?.iter())
        .map(str::to_owned)
        .collect();
    if header.iter().all(|name| label_of(name).is_none()) {
        return Err(broken());
    }
    let mut rows = Vec::new();
    for record in reader.records().take(ROWS_MAX + 1) {
        let record = record.map_err(|_| broken())?;
        let cells = header.iter().cloned().zip(record.iter().map(str::to_owned));
        rows.extend(labelled(cells));
    }
    Ok(rows)
}

/// A value of a JSON document as text: a list is a list of lines.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => (items.iter())
            .map(|item| format!("- {}", written(item)))
            .collect::<Vec<_>>()
            .join("\n"),
        _ => String::new(),
    }
}

fn objects(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let broken = || Error::invalid("source", "source_no_json");
    let text = decoded(bytes)?;
    let values: Vec<Value> = match serde_json::from_str(&text) {
        Ok(Value::Array(values)) => values,
        Ok(value) => vec![value],
        Err(_) => (text.lines())
            .filter(|line| !line.trim().is_empty())
            .take(ROWS_MAX + 1)
            .map(|line| serde_json::from_str(line).map_err(|_| broken()))
            .collect::<Result<_, _>>()?,
    };
    (values.iter().take(ROWS_MAX + 1))
        .map(|value| {
            let fields = value.as_object().ok_or_else(broken)?;
            let cells = fields.iter().flat_map(|(name, value)| match value {
                // A person may stand in an object of its own.
                Value::Object(inner) => (inner.iter())
                    .map(|(name, value)| (name.clone(), written(value)))
                    .collect::<Vec<_>>(),
                value => vec![(name.clone(), written(value))],
            });
            labelled(cells).ok_or_else(broken)
        })
        .collect()
}

/// Keeps every row as a draft and tells what became of each. Whoever only tries does not commit.
pub async fn import_batch(
    tx: &TenantTx,
    name: &str,
    batch: Batch,
    author: Option<StaffId>,
) -> Result<Vec<BatchRow>, Error> {
    let mut rows = Vec::new();
    for (place, source) in batch.0.into_iter().enumerate() {
        let row = place + 1;
        rows.push(match source {
            Ok(source) => {
                let imported = import(tx, name, source, author).await?;
                BatchRow {
                    row,
                    state: if imported.fresh {
                        RowState::New
                    } else {
                        RowState::Known
                    },
                    id: Some(imported.practice.id),
                    title: imported.practice.title,
                    findings: imported.parsed.findings,
                    errors: Vec::new(),
                }
            }
            Err(errors) => BatchRow {
                row,
                state: RowState::Refused,
                id: None,
                title: String::new(),
                findings: Vec::new(),
                errors: errors.problems().to_vec(),
            },
        });
    }
    Ok(rows)
}
