//! The questions of a bundle, as a form asks them.

use std::collections::BTreeSet;

use domain::{
    Language,
    bundles::{Answers, Input, Selector},
    gift_ledger::GiftKind,
};
use serde_json::Value;

use super::adopt::ANSWER;
use crate::html::{FormState, values::Choice};

/// A question.
pub(super) struct Question {
    pub name: String,
    pub label: String,
    pub help: String,
    pub kind: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
}

fn shown(value: &Value, selector: Selector, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match (selector, number.as_i64()) {
            (Selector::Money, Some(cents)) => {
                language.euros(cents).replace(['€', '\u{a0}', ' '], "")
            }
            _ => number.to_string(),
        },
        Value::Array(words) => {
            let words = words.iter().filter_map(Value::as_str);
            words.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

pub(super) fn question(
    input: &Input,
    known: &Answers,
    form: &FormState,
    language: Language,
) -> Question {
    let name = format!("{ANSWER}{}", input.key);
    let start = known.get(&input.key).or(input.default.as_ref());
    let value = start
        .map(|value| shown(value, input.selector, language))
        .unwrap_or_default();
    let chosen: BTreeSet<String> = if form.fields().get(&name).is_some() {
        form.fields().all(&name).map(str::to_owned).collect()
    } else {
        value.split(',').map(str::to_owned).collect()
    };
    let choices = if input.selector == Selector::GiftKinds {
        let kinds = GiftKind::ALL.iter().map(|kind| {
            let word = kind.as_str();
            Choice::new(
                word,
                language.term("bundle-place", kind),
                chosen.contains(word),
            )
        });
        kinds.collect()
    } else {
        Vec::new()
    };
    Question {
        name,
        label: input.label.clone(),
        help: input.help.clone(),
        kind: match input.selector {
            Selector::GiftKinds => "kinds",
            Selector::LongText => "long",
            Selector::Phone => "tel",
            _ => "text",
        },
        value,
        choices,
    }
}
