//! What is searched for, in normal form.

use crate::text;

/// Longest text that is searched for, in characters; the rest is left out.
const TYPED_MAX: usize = 200;
/// Most words that are searched for.
const WORDS_MAX: usize = 8;
/// Most words of a name by which somebody is found with a wrong letter.
const NAME_WORDS_MAX: usize = 8;
/// Longest word that is compared, in characters.
const WORD_MAX: usize = 40;
/// Shortest word of which a wrong letter is forgiven, in characters.
const NEAR_MIN: usize = 4;
/// Digits of a telephone number that are the same in every notation, at home and abroad.
const PHONE_DIGITS: usize = 9;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    phone: Option<String>,
}

impl Phrase {
    /// What somebody typed: words, or a telephone number in any notation.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(TYPED_MAX).collect();
        let phone = is_phone(&typed).then(|| phone_digits(&typed)).flatten();
        let words = words(&typed);
        Self {
            words: (words.split(' ').filter(|word| !word.is_empty()))
                .take(WORDS_MAX)
                .map(|word| word.chars().take(WORD_MAX).collect())
                .collect(),
            phone,
        }
    }

    /// The words, in small letters without accents; letters and digits only.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// The last nine digits, when it is a telephone number.
    #[must_use]
    pub fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }
}

/// A text as its words: small letters without accents, digits, and a space between.
pub(super) fn words(text: &str) -> String {
    let text = text::searchable(text);
    let parts = text.split(|sign: char| !sign.is_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Whether a text can be nothing but a telephone number.
fn is_phone(typed: &str) -> bool {
    let typed = text::ascii_digits(typed);
    let number = typed.trim().strip_prefix("tel:").unwrap_or(typed.trim());
    number
        .chars()
        .all(|sign| sign.is_ascii_digit() || "+-()./ ".contains(sign))
}

/// What a telephone number is found by: its last nine digits, which `06 12345678`, `+31 (0)6-12 34 56 78` and `0031612345678` share.
pub(super) fn phone_digits(number: &str) -> Option<String> {
    let digits: Vec<char> = (text::ascii_digits(number).chars())
        .filter(char::is_ascii_digit)
        .collect();
    let first = digits.len().checked_sub(PHONE_DIGITS)?;
    Some(digits.iter().skip(first).collect())
}

/// A word, and the same with each of its letters left out. Two words that differ in one letter (another one, one too many, one too few, or two
/// that changed places) share one of these.
pub(super) fn near(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(WORD_MAX).collect();
    let mut found = vec![letters.iter().collect()];
    if letters.len() >= NEAR_MIN {
        for left_out in 0..letters.len() {
            let mut rest = letters.clone();
            rest.remove(left_out);
            found.push(rest.into_iter().collect());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a name is found by although a letter is wrong.
pub(super) fn near_words(name: &str) -> Vec<String> {
    let name = words(name);
    let words = name
        .split(' ')
        .filter(|word| word.chars().count() >= NEAR_MIN);
    words.take(NAME_WORDS_MAX).flat_map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_the_same_in_every_notation() {
        for typed in [
            "06 12 34 56 78",
            "0612345678",
            "+31612345678",
            "0031 6 12345678",
            "+31 (0)6-1234.5678",
            "tel:+31612345678",
            "٠٦ ١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(Phrase::new(typed).phone(), Some("612345678"), "{typed}");
        }
        for other in ["7K4H-9XTR", "2345-6789", "14 0123", "lift", "06 lift", ""] {
            assert_eq!(Phrase::new(other).phone(), None, "{other}");
        }
    }

    #[test]
    fn words_are_compared_without_accents_and_signs() {
        assert_eq!(
            words("Één  lamp, fiets_pad (O’Neill)"),
            "een lamp fiets pad o neill"
        );
        assert_eq!(words("%_\\ \u{200b}"), "");
    }

    #[test]
    fn names_that_differ_in_one_letter_share_a_word() {
        for (name, typed, same) in [
            ("bakema", "bakema", true),
            ("bakema", "bakima", true),
            ("bakema", "bakma", true),
            ("bakema", "bakkema", true),
            ("bakema", "bakmea", true),
            ("janssen", "jansen", true),
            ("bakema", "bokimo", false),
            ("smit", "visser", false),
            ("bos", "bas", false),
        ] {
            let known = near_words(name);
            let shared = near(typed).iter().any(|word| known.contains(word));
            assert_eq!(shared, same, "{name} {typed}");
        }
    }
}
