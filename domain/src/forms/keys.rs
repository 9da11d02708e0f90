//! Names of steps, fields and options, and addresses of forms.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Whether a word can be the key of a step, question or option: `[a-z][a-z0-9_]{0,39}`.
#[must_use]
pub fn is_key(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// Whether a word can be the address of a form: small letters, digits and single hyphens inside.
#[must_use]
pub fn is_address(word: &str) -> bool {
    (2..=63).contains(&word.len())
        && word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !word.ends_with('-')
        && !word.contains("--")
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A key from words: "Wat is er gebeurd?" becomes `wat_is_er_gebeurd`, with a number when that is taken.
pub(crate) fn unused_key(words: &str, otherwise: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut key = String::new();
    for letter in words.nfd().filter(|letter| !is_combining_mark(*letter)) {
        let letter = letter.to_ascii_lowercase();
        if letter.is_ascii_alphanumeric() {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
        if key.len() >= 30 {
            break;
        }
    }
    let key = key
        .trim_matches('_')
        .trim_start_matches(|letter: char| !letter.is_ascii_lowercase());
    let key = if is_key(key) { key } else { otherwise };
    if !is_taken(key) {
        return key.to_owned();
    }
    (2..10_000_u32)
        .map(|number| format!("{key}_{number}"))
        .find(|key| !is_taken(key))
        .unwrap_or_default()
}

/// A proposal for the address of a form, made from its title.
#[must_use]
pub fn address_from_title(title: &str) -> String {
    unused_key(title, "formulier", |_| false).replace('_', "-")
}
