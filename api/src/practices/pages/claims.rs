//! The rows of results in the form of a practice.

use domain::{
    Language,
    evidence::{CLAIMS_MAX, Metric, Mode, Moment, Population, Sampling, Stage},
};

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

fn all<T: ToString>(values: &[T], key: &str, chosen: &str, language: Language) -> Vec<Choice> {
    Choice::all(values, key, language, |word| word == chosen)
}

fn row(form: &FormState, language: Language, place: usize) -> Row {
    let name = |field: &str| format!("claims.{place}.{field}");
    let select = |label: &'static str, options: Vec<Choice>| Select {
        name: name(label),
        label,
        options,
        empty: language.text("claim-unknown"),
    };
    let typed = |field: &str| form.value(&name(field)).to_owned();
    let yes_or_no = |field: &str| {
        let chosen = typed(field);
        ["yes", "no"]
            .map(|word| {
                let text = language.text(&format!("claim-{word}"));
                Choice::new(word, text, chosen == word)
            })
            .into()
    };
    let number = (place + 1).to_string();
    Row {
        title: language.text_with("claims-row", &[("number", &number)]),
        selects: vec![
            select(
                "stage",
                all(Stage::ALL, "evidence-stage", &typed("stage"), language),
            ),
            select(
                "metric",
                all(Metric::ALL, "evidence-metric", &typed("metric"), language),
            ),
            select(
                "population",
                all(
                    Population::ALL,
                    "evidence-population",
                    &typed("population"),
                    language,
                ),
            ),
            select(
                "sampling",
                all(
                    Sampling::ALL,
                    "evidence-sampling",
                    &typed("sampling"),
                    language,
                ),
            ),
            select(
                "mode",
                all(Mode::ALL, "evidence-mode", &typed("mode"), language),
            ),
            select(
                "moment",
                all(Moment::ALL, "evidence-moment", &typed("moment"), language),
            ),
            select("giftBefore", yes_or_no("giftBefore")),
            select("fixedBeforehand", yes_or_no("fixedBeforehand")),
        ],
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
        has_group: typed("comparisonGroup") == "true",
    }
}
