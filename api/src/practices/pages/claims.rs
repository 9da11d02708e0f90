//! The rows of results in the form of a practice.

use domain::{
    Language,
    evidence::{CLAIMS_MAX, Metric, Mode, Moment, Population, Sampling, Stage},
};

use super::edit::words;
use crate::html::{FormState, values::Choice};

/// Rows to add something in.
const SPARE: usize = 2;

/// A choice among words.
pub(super) struct Select {
    pub name: String,
    pub label: &'static str,
    pub options: Vec<Choice>,
    pub empty: String,
}

/// A line to type in.
pub(super) struct Input {
    pub name: String,
    pub label: &'static str,
}

/// A number with what is known of it.
pub(super) struct Row {
    pub title: String,
    pub selects: Vec<Select>,
    pub inputs: Vec<Input>,
    /// Name of the tick for a comparison group.
    pub group: String,
    pub has_group: bool,
}

/// The rows that are filled, and some to add to.
pub(super) fn rows(form: &FormState, language: Language) -> Vec<Row> {
    let is_filled = |place: &usize| {
        let names = ["mean", "metric", "answered", "from"];
        let name = |name| format!("claims.{place}.{name}");
        names
            .into_iter()
            .any(|one| !form.value(&name(one)).is_empty())
    };
    let last = (0..CLAIMS_MAX).rfind(is_filled);
    let count = last.map_or(0, |last| last + 1) + SPARE;
    (0..count.min(CLAIMS_MAX))
        .map(|place| row(form, language, place))
        .collect()
}

fn row(form: &FormState, language: Language, place: usize) -> Row {
    let name = |field: &str| format!("claims.{place}.{field}");
    let select = |(label, key, words): (&'static str, &str, Vec<String>)| Select {
        name: name(label),
        label,
        options: Choice::all(&words, key, language, |word| form.chose(&name(label), word)),
        empty: language.text("claim-unknown"),
    };
    let yes_or_no = || words(&["yes", "no"]);
    let number = (place + 1).to_string();
    Row {
        title: language.text_with("claims-row", &[("number", &number)]),
        selects: [
            ("stage", "evidence-stage", words(Stage::ALL)),
            ("metric", "evidence-metric", words(Metric::ALL)),
            ("population", "evidence-population", words(Population::ALL)),
            ("sampling", "evidence-sampling", words(Sampling::ALL)),
            ("mode", "evidence-mode", words(Mode::ALL)),
            ("moment", "evidence-moment", words(Moment::ALL)),
            ("giftBefore", "claim", yes_or_no()),
            ("fixedBeforehand", "claim", yes_or_no()),
        ]
        .map(select)
        .into(),
        inputs: [
            "mean",
            "version",
            "from",
            "until",
            "asked",
            "answered",
            "deviation",
            "low",
            "middle",
            "high",
            "months",
            "evaluation",
        ]
        .map(|label| Input {
            name: name(label),
            label,
        })
        .into(),
        group: name("comparisonGroup"),
        has_group: form.value(&name("comparisonGroup")) == "true",
    }
}
