//! What who adopts a bundle fills in: typed, with a default where one is safe.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::text_enum;

use super::{
    check::{Faults, PLACEHOLDER, escaped},
    content::Content,
    format::Bundle,
    sound::twice,
};
use crate::{
    FieldErrors, Language,
    forms::is_key,
    gift_ledger::{GiftKind, amount},
    input::Number,
    text,
};

/// Placeholders that a mail fills in itself.
pub(super) const MAIL_PLACEHOLDERS: [&str; 6] = [
    "kenmerk",
    "naam",
    "datum",
    "gemeente",
    "medewerker",
    "belofte",
];

/// Longest answer, in characters.
const ANSWER_MAX: usize = 500;

text_enum! {
    /// What kind of answer an input takes.
    Selector {
        /// A whole number.
        Number = "number",
        /// An amount, in cents.
        Money = "money",
        /// A line.
        Line = "line",
        /// A longer text.
        LongText = "longText",
        /// The public telephone number of the municipality.
        Phone = "phone",
        /// The name of a team.
        Team = "team",
        /// Kinds of gifts that are not given.
        GiftKinds = "giftKinds",
    }
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Input {
    /// Its name; a text names it as `{name}`.
    pub key: String,
    /// The question, in Dutch.
    pub label: String,
    /// What helps to answer it.
    #[serde(default)]
    pub help: String,
    /// What kind of answer.
    pub selector: Selector,
    /// The answer when nobody gives one; none when there is no safe one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Whether it has to be answered.
    #[serde(default)]
    pub required: bool,
    /// The places in parts that it sets.
    #[serde(default)]
    pub sets: Vec<Target>,
}

/// A place in a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Target {
    /// Key of the part.
    pub part: String,
    /// Pointer in it.
    pub at: String,
}

/// The answers, by key of the input.
pub type Answers = BTreeMap<String, Value>;

impl Input {
    /// Whether who adopts has to answer it, because nothing is safe to assume.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.required && self.default.is_none()
    }

    /// An answer as it is kept; nothing once an error is noted, or when it may be left open.
    fn answer(
        &self,
        given: Option<&Value>,
        field: &str,
        errors: &mut FieldErrors,
    ) -> Option<Value> {
        let is_blank = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            _ => false,
        };
        let Some(given) = given.filter(|value| !is_blank(value)) else {
            if self.required && self.default.is_none() {
                errors.add(field, "required");
            }
            return self.default.clone();
        };
        let number = || match given {
            Value::Number(number) => number.as_i64().map_or(Number::Missing, Number::Whole),
            Value::String(typed) => Number::Typed(typed.clone()),
            _ => Number::Missing,
        };
        match self.selector {
            Selector::Number => {
                let whole: i64 = number().whole(field, errors)?;
                self.within(whole, field, errors)
            }
            Selector::Money => {
                let mut own = FieldErrors::default();
                let cents = amount::read(&number(), field, &mut own);
                if !own.is_empty() {
                    errors.extend(own);
                    return None;
                }
                self.within(cents, field, errors)
            }
            Selector::GiftKinds => {
                let words: Vec<String> = match given {
                    Value::Array(words) => words.iter().map(word).collect(),
                    other => word(other)
                        .split(',')
                        .map(|one| one.trim().to_owned())
                        .collect(),
                };
                let words: Vec<String> = words.into_iter().filter(|one| one != "-").collect();
                if words.iter().any(|word| word.parse::<GiftKind>().is_err()) {
                    errors.add(field, "not_an_option");
                    return None;
                }
                Some(json!(words))
            }
            Selector::Line | Selector::LongText | Selector::Phone | Selector::Team => {
                let Value::String(typed) = given else {
                    errors.add(field, "bundle_malformed");
                    return None;
                };
                let line = match self.selector {
                    Selector::LongText => typed.trim().to_owned(),
                    _ => text::clean_line(typed),
                };
                if line.chars().count() > ANSWER_MAX {
                    errors.add_with(field, "too_long", "max", ANSWER_MAX);
                    return None;
                }
                let dials = line.bytes().all(|sign| b"0123456789 -+()".contains(&sign));
                if self.selector == Selector::Phone && !dials {
                    errors.add_with(field, "phone_refused", "value", &line);
                    return None;
                }
                if line.contains(['{', '}', '<', '>']) {
                    errors.add(field, "bundle_answer_signs");
                    return None;
                }
                Some(Value::String(line))
            }
        }
    }

    fn within(&self, number: i64, field: &str, errors: &mut FieldErrors) -> Option<Value> {
        let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(i64::MAX));
        if (min..=max).contains(&number) {
            return Some(json!(number));
        }
        let shown = |number: i64| match self.selector {
            Selector::Money => Language::Dutch.euros(number),
            _ => number.to_string(),
        };
        errors.push(crate::FieldProblem {
            field: field.to_owned(),
            code: "out_of_range".to_owned(),
            parameters: [
                ("min".to_owned(), shown(min)),
                ("max".to_owned(), shown(max)),
            ]
            .into(),
        });
        None
    }

    /// How a text shows an answer.
    fn words(&self, value: &Value) -> String {
        match (self.selector, value) {
            (Selector::Money, Value::Number(cents)) => {
                Language::Dutch.euros(cents.as_i64().unwrap_or_default())
            }
            (_, Value::Array(words)) => words.iter().map(word).collect::<Vec<_>>().join(", "),
            (_, value) => word(value),
        }
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The answers that were given, completed with what is safe to assume; everything that is wrong is noted at `answers.<key>`.
pub(super) fn complete(bundle: &Bundle, given: &Answers, errors: &mut FieldErrors) -> Answers {
    for key in given.keys() {
        if bundle.manifest.inputs.iter().all(|input| input.key != *key) {
            errors.add(&format!("answers.{key}"), "unknown_field");
        }
    }
    let answers = bundle.manifest.inputs.iter().filter_map(|input| {
        let field = format!("answers.{}", input.key);
        let answer = input.answer(given.get(&input.key), &field, errors)?;
        Some((input.key.clone(), answer))
    });
    answers.collect()
}

/// The parts with the answers in their places.
pub(super) fn resolve(bundle: &Bundle, answers: &Answers) -> BTreeMap<String, Value> {
    let mut parts = bundle.parts.clone();
    for input in &bundle.manifest.inputs {
        let Some(answer) = answers.get(&input.key) else {
            continue;
        };
        for target in &input.sets {
            if let Some(place) = parts
                .get_mut(&target.part)
                .and_then(|part| part.pointer_mut(&target.at))
            {
                set(place, input.selector, answer);
            }
        }
    }
    let words: BTreeMap<&str, String> = (bundle.manifest.inputs.iter())
        .filter_map(|input| Some((input.key.as_str(), input.words(answers.get(&input.key)?))))
        .collect();
    for part in parts.values_mut() {
        fill(part, &words);
    }
    parts
}

fn set(place: &mut Value, selector: Selector, answer: &Value) {
    match (selector, place, answer) {
        // What is excluded is said of each kind; what asks for approval stays so.
        (Selector::GiftKinds, Value::Object(kinds), Value::Array(excluded)) => {
            kinds.retain(|_, rule| rule != "excluded");
            for kind in excluded {
                kinds.insert(word(kind), json!("excluded"));
            }
        }
        (_, place, answer) => *place = answer.clone(),
    }
}

/// Fills the placeholders of every text.
fn fill(value: &mut Value, words: &BTreeMap<&str, String>) {
    match value {
        Value::String(text) if text.contains('{') => {
            if let Some(pattern) = &*PLACEHOLDER {
                let filled = pattern.replace_all(text, |place: &regex::Captures<'_>| {
                    let name = place.get(1).map_or("", |name| name.as_str());
                    let kept = place.get(0).map_or("", |whole| whole.as_str());
                    words.get(name).cloned().unwrap_or_else(|| kept.to_owned())
                });
                *text = filled.into_owned();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, words)),
        Value::Object(items) => items.values_mut().for_each(|item| fill(item, words)),
        _ => {}
    }
}

/// Every input can be answered, and whatever is answered gives a bundle that can be read: tried with its default and both its ends.
pub(super) fn check(bundle: &Bundle, faults: &mut Faults) {
    let inputs = &bundle.manifest.inputs;
    twice(
        inputs.iter().map(|input| input.key.as_str()),
        "/manifest/inputs",
        faults,
    );
    for (number, input) in inputs.iter().enumerate() {
        let at = format!("/manifest/inputs/{number}");
        if !is_key(&input.key) || input.label.trim().is_empty() {
            faults.add(&at, "bundle_input", &input.key);
        }
        for (place, target) in input.sets.iter().enumerate() {
            let found = bundle
                .parts
                .get(&target.part)
                .and_then(|part| part.pointer(&target.at));
            if found.is_none() {
                faults.add(&format!("{at}/sets/{place}"), "bundle_input", &input.key);
            }
        }
        let ends = [input.min, input.max].map(|end| end.map(|end| json!(end)));
        for given in ends.into_iter().flatten().chain(input.default.clone()) {
            let mut errors = FieldErrors::default();
            let Some(answer) = input.answer(Some(&given), "answer", &mut errors) else {
                faults.add(&at, "bundle_input", &input.key);
                continue;
            };
            let parts = resolve(bundle, &Answers::from([(input.key.clone(), answer)]));
            let touched = |key: &str| input.sets.iter().any(|target| target.part == key);
            for head in bundle
                .manifest
                .parts
                .iter()
                .filter(|head| touched(&head.key))
            {
                if let Some(part) = parts.get(&head.key) {
                    let mut own = Faults::default();
                    let place = format!("/parts/{}", escaped(&head.key));
                    Content::read(head.kind, part, &place, &mut own);
                    if !own.is_clean() {
                        faults.add(&at, "bundle_input", &input.key);
                    }
                }
            }
        }
    }
}
