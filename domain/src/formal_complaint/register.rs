//! The register of complaints of a year and its report (Awb art. 9:12a): counts from which nobody can tell about whom they are.
//!
//! It counts every complaint that came in, whether it was settled informally or by the procedure. A count below five is hidden, and with it
//! as many others as are needed so that no sum gives it away (Hundepool et al., Statistical Disclosure Control, 2012, §4). The dimensions share
//! no row, so that one table does not tell what another hides. The same lines are the page, the files and the API.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Format, Workbook};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Serialize, Serializer};
use tenants::{TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    entity::{self, Column},
    input::StepFacts,
    kinds::{Body, Judgement, StepKind},
};
use crate::{
    Error, Language,
    cases::{self, CaseId, Kind, entity::case_file},
    clocks::{self, ComplaintResult, LegalEnd},
    text,
};

/// The smallest count that is shown.
pub const COUNT_MIN: u64 = 5;
/// The first year of a register.
const FIRST_YEAR: i32 = 2000;

/// A count, or that it is hidden because it is below five or would tell one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(Option<u64>);

impl Cell {
    /// The count, when it may be seen.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        self.0
    }

    /// As a page and a file show it.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        self.0.map_or_else(
            || language.text("complaint-register-hidden"),
            |count| count.to_string(),
        )
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

text_enum! {
    /// By what the register counts.
    Dimension {
        /// What it is about: the category of the municipality.
        Kind = "kind",
        /// The body whose conduct it is about; of the procedure only.
        Body = "body",
        /// How it ended.
        Judgement = "judgement",
        /// Whether the term was kept (Awb art. 9:11).
        Term = "term",
    }
}

/// A count of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ComplaintRegisterLine)]
pub struct Line {
    /// By what it counts.
    pub dimension: Dimension,
    /// Which value, as a word.
    pub value: String,
    /// The value in words of the reader's language.
    pub label: String,
    /// How many; none when it is hidden.
    #[schema(value_type = Option<u64>)]
    pub count: Cell,
}

/// The register of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ComplaintRegister)]
pub struct Register {
    /// The year in which the complaints came in.
    pub year: i32,
    /// The smallest count that is shown.
    pub smallest: u64,
    /// How many came in; none when it is hidden.
    #[schema(value_type = Option<u64>)]
    pub total: Cell,
    /// The counts, by dimension.
    pub lines: Vec<Line>,
}

impl Register {
    /// A register with these counts of outcomes, for pages that show how it looks.
    #[must_use]
    pub fn sample(year: i32, counts: &[Option<u64>], language: Language) -> Self {
        let lines = OUTCOMES.iter().zip(counts).map(|(value, count)| Line {
            dimension: Dimension::Judgement,
            value: (*value).to_owned(),
            label: language.term("complaint-register-outcome", value),
            count: Cell(*count),
        });
        Self {
            year,
            smallest: COUNT_MIN,
            total: Cell(Some(counts.iter().flatten().sum())),
            lines: lines.collect(),
        }
    }
}

/// Hides what is below five and what would tell it. Two hidden counts at least, and together five at least: then what is hidden can be more than
/// one thing. Whether a count was too small or hides another one is not told.
fn hidden(counts: &[u64]) -> Vec<Cell> {
    let total: u64 = counts.iter().sum();
    if total < COUNT_MIN {
        return counts.iter().map(|_| Cell(None)).collect();
    }
    let mut hides: Vec<bool> = counts
        .iter()
        .map(|count| (1..COUNT_MIN).contains(count))
        .collect();
    loop {
        let (mut number, mut sum) = (0, 0);
        for (count, _) in counts.iter().zip(&hides).filter(|(_, hides)| **hides) {
            number += 1;
            sum += count;
        }
        if number == 0 || (number >= 2 && sum >= COUNT_MIN) {
            break;
        }
        // The smallest of the others; of none at all only when nothing else is left.
        let next = counts
            .iter()
            .enumerate()
            .filter(|(place, _)| hides.get(*place) == Some(&false))
            .min_by_key(|(_, count)| (**count == 0, **count))
            .map(|(place, _)| place);
        match next.and_then(|place| hides.get_mut(place)) {
            Some(hide) => *hide = true,
            None => break,
        }
    }
    (counts.iter().zip(hides))
        .map(|(count, hides)| Cell((!hides).then_some(*count)))
        .collect()
}

/// Counts by value, in the order in which they are shown.
struct Tally {
    dimension: Dimension,
    values: Vec<(String, String, u64)>,
}

impl Tally {
    fn new(dimension: Dimension, values: impl IntoIterator<Item = (String, String)>) -> Self {
        let values = values.into_iter().map(|(value, label)| (value, label, 0));
        Self {
            dimension,
            values: values.collect(),
        }
    }

    fn words(dimension: Dimension, values: &[&str], key: &str, language: Language) -> Self {
        let values = values.iter().copied();
        let labelled = values.map(|value| (value.to_owned(), language.term(key, value)));
        Self::new(dimension, labelled)
    }

    fn add(&mut self, value: &str) {
        match self.values.iter_mut().find(|(known, _, _)| known == value) {
            Some((_, _, count)) => *count += 1,
            None => self.values.push((value.to_owned(), value.to_owned(), 1)),
        }
    }

    fn lines(self) -> Vec<Line> {
        let counts: Vec<u64> = self.values.iter().map(|(_, _, count)| *count).collect();
        let dimension = self.dimension;
        (self.values.into_iter().zip(hidden(&counts)))
            .map(|((value, label, _), count)| Line {
                dimension,
                value,
                label,
                count,
            })
            .collect()
    }
}

/// How complaints end, in the order of the register.
const OUTCOMES: [&str; 9] = [
    "founded",
    "partlyFounded",
    "unfounded",
    "none",
    "letter",
    "satisfied",
    "withdrawn",
    "notDealtWith",
    "running",
];

/// One judgement of all parts: they agree, or the complaint is partly founded; a part without a judgement does not count beside others.
fn whole(judgements: &[Judgement]) -> Option<Judgement> {
    let mut judged = judgements.iter().filter(|one| **one != Judgement::None);
    let Some(first) = judged.next() else {
        return judgements.first().copied();
    };
    if judged.all(|one| one == first) {
        Some(*first)
    } else {
        Some(Judgement::PartlyFounded)
    }
}

fn outcome(result: Option<&ComplaintResult>, judgements: &[Judgement]) -> &'static str {
    match result.and_then(|result| result.ended) {
        None => "running",
        Some(LegalEnd::Letter) => whole(judgements).map_or("letter", Judgement::as_str),
        Some(end) => end.as_str(),
    }
}

/// The register of a year of the municipality, in its zone. Five statements, however many complaints there are.
///
/// # Errors
/// [`Error::Invalid`] for a year that no register can have.
pub async fn register(
    tx: &TenantTx,
    year: i32,
    zone: chrono_tz::Tz,
    language: Language,
) -> Result<Register, Error> {
    let this_year = tx.now().with_timezone(&zone).year();
    if !(FIRST_YEAR..=this_year).contains(&year) {
        let mut errors = crate::FieldErrors::default();
        errors.add_with("year", "register_year", "max", this_year);
        return Err(Error::Invalid(errors));
    }
    let begins = |year| {
        let day = NaiveDate::from_ymd_opt(year, 1, 1)?;
        text::parse_instant(&format!("{day}T00:00"), zone)
    };
    let unknown = || Error::bug("a year begins");
    let (from, until) = (
        begins(year).ok_or_else(unknown)?,
        begins(year + 1).ok_or_else(unknown)?,
    );
    let received = || {
        tx.find::<case_file::Entity>()
            .select_only()
            .column(case_file::Column::Id)
            .filter(case_file::Column::Kind.eq(Kind::Complaint))
            .filter(case_file::Column::ReceivedAt.gte(from))
            .filter(case_file::Column::ReceivedAt.lt(until))
    };
    let complaints: Vec<(CaseId, Option<String>)> = received()
        .column(case_file::Column::Category)
        .into_tuple()
        .all(tx)
        .await?;
    let results = clocks::complaint_results(tx, received().into_query()).await?;
    let steps = tx
        .find::<entity::Entity>()
        .filter(Column::Kind.is_in([StepKind::Check, StepKind::Conclude]))
        .filter(Column::CaseId.in_subquery(received().into_query()))
        .order_by_asc(Column::Number)
        .all(tx)
        .await?;
    let mut bodies: HashMap<CaseId, Body> = HashMap::new();
    let mut judged: HashMap<CaseId, Vec<Judgement>> = HashMap::new();
    for step in steps {
        let facts: StepFacts = serde_json::from_value(step.facts).map_err(Error::bug)?;
        if let Some(body) = facts.body {
            bodies.insert(step.case_id, body);
        }
        if !facts.judgements.is_empty() {
            judged.insert(step.case_id, facts.judgements);
        }
    }
    let categories = cases::categories(tx, None).await?;
    let labels: BTreeMap<String, String> = (categories.iter())
        .map(|category| (category.key.clone(), category.label(language).to_owned()))
        .collect();
    let uncategorised = (String::new(), language.text("category-none"));
    let mut kinds = Tally::new(Dimension::Kind, labels.into_iter().chain([uncategorised]));
    let of_bodies: Vec<&str> = (Body::ALL.iter().map(|body| body.as_str()))
        .chain(["informal"])
        .collect();
    let mut by_body = Tally::words(Dimension::Body, &of_bodies, "formal-body", language);
    let key = "complaint-register-outcome";
    let mut outcomes = Tally::words(Dimension::Judgement, &OUTCOMES, key, language);
    let key = "complaint-register-term";
    let mut terms = Tally::words(Dimension::Term, &["inTime", "late"], key, language);
    for (case, category) in &complaints {
        kinds.add(category.as_deref().unwrap_or_default());
        by_body.add(bodies.get(case).map_or("informal", |body| body.as_str()));
        let result = results.get(case);
        let judgements = judged.get(case).map(Vec::as_slice).unwrap_or_default();
        outcomes.add(outcome(result, judgements));
        let late = result.is_some_and(|result| result.late);
        terms.add(if late { "late" } else { "inTime" });
    }
    let total = u64::try_from(complaints.len()).map_err(Error::bug)?;
    Ok(Register {
        year,
        smallest: COUNT_MIN,
        total: Cell((total == 0 || total >= COUNT_MIN).then_some(total)),
        lines: [kinds, by_body, outcomes, terms]
            .into_iter()
            .flat_map(Tally::lines)
            .collect(),
    })
}

/// The rows of the files: headings, then a row for each count.
fn rows(register: &Register, language: Language) -> Vec<[String; 3]> {
    let heading = |key: &str| language.text(&format!("complaint-register-{key}"));
    let mut rows = vec![
        [heading("dimension"), heading("value"), heading("count")],
        [
            heading("total"),
            register.year.to_string(),
            register.total.text(language),
        ],
    ];
    rows.extend(register.lines.iter().map(|line| {
        [
            language.term("complaint-register", line.dimension),
            line.label.clone(),
            line.count.text(language),
        ]
    }));
    rows
}

/// The register as CSV.
///
/// # Errors
/// [`Error::Bug`] when it cannot be written.
pub fn csv(register: &Register, language: Language) -> Result<Vec<u8>, Error> {
    text::csv(rows(register, language).into_iter().map(Vec::from))
}

/// The register as XLSX: counts as numbers, all else as texts that cannot become a formula.
///
/// # Errors
/// [`Error::Bug`] when it cannot be written.
pub fn xlsx(register: &Register, language: Language) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    for (line, row) in (0..).zip(rows(register, language)) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<u32>() {
                Ok(count) if column == 2 => sheet.write_number(line, column, count),
                _ if line == 0 => sheet.write_string_with_format(line, column, cell, &bold),
                _ => sheet.write_string(line, column, cell),
            }
            .map_err(Error::bug)?;
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(Error::bug)?;
    sheet.autofit();
    workbook.save_to_buffer().map_err(Error::bug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_count_below_five_can_be_read_or_worked_out() {
        for (counts, expected) in [
            (vec![10, 20, 0], vec![Some(10), Some(20), Some(0)]),
            (vec![], vec![]),
            // Everything is too little.
            (vec![3, 1], vec![None, None]),
            // One is hidden, and the smallest other with it.
            (vec![3, 20, 7], vec![None, Some(20), None]),
            // Two that are four together would be known nearly: a third goes with them.
            (vec![1, 1, 9, 30], vec![None, None, None, Some(30)]),
            (vec![4, 4, 30], vec![None, None, Some(30)]),
            // Nothing but zeroes beside it.
            (vec![30, 2, 0], vec![None, None, Some(0)]),
        ] {
            let shown: Vec<Option<u64>> = hidden(&counts).into_iter().map(Cell::shown).collect();
            assert_eq!(shown, expected, "{counts:?}");
        }
    }

    #[test]
    fn whatever_the_counts_are_something_hidden_has_more_than_one_explanation() {
        for seed in 0_u64..5_000 {
            let counts: Vec<u64> = (0..5)
                .map(|place| (seed / 6_u64.pow(place)) % 6 * 2)
                .collect();
            let cells = hidden(&counts);
            let gone: Vec<u64> = (counts.iter().zip(&cells))
                .filter(|(_, cell)| cell.shown().is_none())
                .map(|(count, _)| *count)
                .collect();
            let total: u64 = counts.iter().sum();
            let is_safe = gone.is_empty()
                || total < COUNT_MIN
                || (gone.len() >= 2 && gone.iter().sum::<u64>() >= COUNT_MIN);
            assert!(is_safe, "{counts:?}");
            let tells = (cells.iter().filter_map(|cell| cell.shown()))
                .any(|count| (1..COUNT_MIN).contains(&count));
            assert!(!tells, "{counts:?}");
        }
    }

    #[test]
    fn parts_that_differ_make_a_complaint_partly_founded() {
        use Judgement::{Founded, None as No, PartlyFounded, Unfounded};
        for (parts, expected) in [
            (vec![Founded, Founded], Some(Founded)),
            (vec![Founded, Unfounded], Some(PartlyFounded)),
            (vec![No, Unfounded], Some(Unfounded)),
            (vec![No], Some(No)),
            (vec![], None),
        ] {
            assert_eq!(whole(&parts), expected, "{parts:?}");
        }
    }
}
