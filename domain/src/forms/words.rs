//! Pieces of a definition in words that an editor knows: questions by their text, conditions as sentences.

use super::{
    condition::{Condition, Leaf, Op, Operand},
    definition::Definition,
};
use crate::Language;

/// Longest piece of an editor's text inside a sentence, in characters.
const PIECE: usize = 80;

impl Definition {
    /// A text in `language`, or in the source language when it is missing there.
    #[must_use]
    pub fn text(&self, language: &str, key: &str) -> Option<&str> {
        [Some(language), self.languages.first().map(String::as_str)]
            .into_iter()
            .flatten()
            .find_map(|language| self.own_text(language, key))
    }

    /// A text in exactly this language.
    #[must_use]
    pub fn own_text(&self, language: &str, key: &str) -> Option<&str> {
        let text = self.texts.0.get(language)?.0.get(key)?;
        (!text.is_empty()).then_some(text.as_str())
    }
}

/// A text cut to what fits into a sentence.
pub(super) fn piece(text: &str) -> String {
    let mut letters = text.chars();
    let mut cut: String = letters.by_ref().take(PIECE).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// A step, question or option by its text; by its key as long as it has none.
#[must_use]
pub fn field_in_words(definition: &Definition, key: &str, language: Language) -> String {
    piece(definition.text(language.as_str(), key).unwrap_or(key))
}

/// A condition as a sentence: “Mag ik u bellen?” is “Ja, bel mij” of “Ik wil meedenken” is ingevuld.
#[must_use]
pub fn condition_in_words(
    definition: &Definition,
    condition: &Condition,
    language: Language,
) -> String {
    match condition {
        Condition::All { all } => join(definition, all, "form-words-and", language),
        Condition::Any { any } => join(definition, any, "form-words-or", language),
        Condition::Not { not } => match not.as_ref() {
            Condition::Leaf(leaf) => leaf_in_words(definition, leaf, true, language),
            other => {
                let part = condition_in_words(definition, other, language);
                language.text_with("form-words-not", &[("part", &part)])
            }
        },
        Condition::Leaf(leaf) => leaf_in_words(definition, leaf, false, language),
    }
}

fn join(definition: &Definition, parts: &[Condition], word: &str, language: Language) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| {
            let sentence = condition_in_words(definition, part, language);
            match part {
                Condition::All { .. } | Condition::Any { .. } => format!("({sentence})"),
                _ => sentence,
            }
        })
        .collect();
    parts.join(&format!(" {} ", language.text(word)))
}

fn leaf_in_words(definition: &Definition, leaf: &Leaf, not: bool, language: Language) -> String {
    let field = field_in_words(definition, &leaf.field, language);
    let option = |word: &String| {
        let key = format!("{}.{word}", leaf.field);
        let text = definition.text(language.as_str(), &key).unwrap_or(word);
        format!("“{}”", piece(text))
    };
    let value = match (&leaf.value, leaf.op) {
        (None, _) => String::new(),
        (Some(Operand::One(word)), Op::Is | Op::Has) => option(word),
        (Some(Operand::One(word)), _) => piece(word),
        (Some(Operand::Many(words)), _) => words
            .iter()
            .take(20)
            .map(option)
            .collect::<Vec<_>>()
            .join(", "),
    };
    let sign = if not { "not-" } else { "" };
    let key = format!("form-words-{sign}{}", leaf.op.as_str());
    language.text_with(&key, &[("field", &field), ("value", &value)])
}
