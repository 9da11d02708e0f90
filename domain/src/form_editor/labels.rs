//! Pieces of a definition in words that an editor knows: questions by their text, conditions as sentences.

use crate::{
    Language,
    forms::{Condition, Definition, Leaf, Op, Operand},
};

/// Longest piece of an editor's text inside a sentence, in characters.
const TEXT_LENGTH: usize = 80;

/// A text cut to what fits into a sentence.
pub(super) fn shorten(text: &str) -> String {
    let mut letters = text.chars();
    let mut cut: String = letters.by_ref().take(TEXT_LENGTH).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// A step, question or option by its text; by its key as long as it has none.
#[must_use]
pub fn label_of(definition: &Definition, key: &str, language: Language) -> String {
    shorten(definition.text(language.as_str(), key).unwrap_or(key))
}

/// What a text is to the step or question that has it, as locale keys write it.
#[must_use]
pub fn text_kind(key: &str) -> &'static str {
    match key.split('.').skip(1).last() {
        None => "label",
        Some("hint") => "hint",
        Some("advise") => "advise",
        Some("signpost") => "signpost",
        Some("signpost_link") => "signpost-link",
        Some(_) => "option",
    }
}

/// A condition as a sentence: “Mag ik u bellen?” is “Ja, bel mij” of “Ik wil meedenken” is ingevuld.
#[must_use]
pub fn describe_condition(
    definition: &Definition,
    condition: &Condition,
    language: Language,
) -> String {
    match condition {
        Condition::All { all } => join(definition, all, "form-condition-and", language),
        Condition::Any { any } => join(definition, any, "form-condition-or", language),
        Condition::Not { not } => match not.as_ref() {
            Condition::Leaf(leaf) => describe_leaf(definition, leaf, true, language),
            other => {
                let part = describe_condition(definition, other, language);
                language.text_with("form-condition-not", &[("part", &part)])
            }
        },
        Condition::Leaf(leaf) => describe_leaf(definition, leaf, false, language),
    }
}

fn join(definition: &Definition, parts: &[Condition], word: &str, language: Language) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| {
            let sentence = describe_condition(definition, part, language);
            match part {
                Condition::All { .. } | Condition::Any { .. } => format!("({sentence})"),
                _ => sentence,
            }
        })
        .collect();
    parts.join(&format!(" {} ", language.text(word)))
}

fn describe_leaf(definition: &Definition, leaf: &Leaf, not: bool, language: Language) -> String {
    let field = label_of(definition, &leaf.field, language);
    let option = |word: &String| {
        let key = format!("{}.{word}", leaf.field);
        let text = definition.text(language.as_str(), &key).unwrap_or(word);
        format!("“{}”", shorten(text))
    };
    let value = match (&leaf.value, leaf.op) {
        (None, _) => String::new(),
        (Some(Operand::One(word)), Op::Is | Op::Has) => option(word),
        (Some(Operand::One(word)), _) => shorten(word),
        (Some(Operand::Many(words)), _) => words
            .iter()
            .take(20)
            .map(option)
            .collect::<Vec<_>>()
            .join(", "),
    };
    let sign = if not { "not-" } else { "" };
    let key = format!("form-condition-{sign}{}", leaf.op.as_str());
    language.text_with(&key, &[("field", &field), ("value", &value)])
}
