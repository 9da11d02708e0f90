//! What may be about a person in a text that everybody will read: marked for an editor, who changes it or confirms.

use std::{cell::RefCell, sync::LazyLock};

use regex::Regex;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PracticeContent, masking::MASK};

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// Its text.
    pub text: String,
    /// Whether it may be about a person.
    pub doubtful: bool,
}

/// What is masked, streets with a number, postal codes, account numbers, long numbers, words of address with a name, and two or more words with a
/// capital beside each other that do not begin a sentence.
static DOUBTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        •••
        | [^\s@]+@[^\s@]+
        | \p{L}*(?:straat|laan|weg|plein|dijk|kade|gracht|hof|pad|steeg|singel|dreef|markt|park|hoek|baan|wal)\s\d+(?:\s?\p{L}\b)?
        | \b[1-9]\d{3}\s?[A-Z]{2}\b
        | \b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d){10}
        | \b\d(?:[\s.\-/]?\d){7,}
        | \b(?:mevrouw|mevr\.|mw\.|meneer|de\sheer|dhr\.)\s\p{Lu}[\p{L}\-’']+(?:\s\p{Lu}[\p{L}\-’']+)*
        | \p{Lu}[\p{L}\-’']+(?:\s(?:van|de|den|der|ten|ter|te|van\sde|van\sder|van\sden|in\s't|'t))?(?:\s\p{Lu}[\p{L}\-’']+)+",
    )
    .ok()
});

/// First words of names that are no persons'.
const NO_PERSON: [&str; 22] = [
    "Gemeente",
    "GemeenteDelers",
    "Provincie",
    "Stichting",
    "Vereniging",
    "Dorpsraad",
    "Wijkraad",
    "Nationale",
    "Rode",
    "Tweede",
    "Eerste",
    "Nieuwe",
    "Noord",
    "Zuid",
    "Den",
    "Sint",
    "Klant",
    "Koninklijke",
    "Vereniging",
    "VNG",
    "Europese",
    "Algemene",
];

/// The text in pieces, with every piece that may be about a person marked.
#[must_use]
pub fn passages(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut at = 0;
    let mut next = 0;
    while let Some(found) = (DOUBTS.as_ref()).and_then(|doubts| doubts.find_at(text, next)) {
        next = found.end();
        let before = text.get(..found.start()).unwrap_or_default().trim_end();
        let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '“']);
        let words = found.as_str().split_whitespace().count();
        let first = found.as_str().split_whitespace().next().unwrap_or_default();
        let is_name = found.as_str().starts_with(char::is_uppercase);
        // The first word of a sentence has a capital in any case: of two the first may be none of a name.
        let second = (found.as_str().split_whitespace().skip(1))
            .find(|word| word.starts_with(char::is_uppercase))
            .filter(|_| begins);
        let is_none = is_name
            && (NO_PERSON.contains(&first)
                || second.is_some_and(|second| NO_PERSON.contains(&second))
                || (begins && words < 2));
        if is_none {
            continue;
        }
        // "Bij Dorpsstraat 12": the street is no second word of a name.
        let street = (DOUBTS.as_ref())
            .filter(|_| begins && is_name)
            .and_then(|doubts| doubts.find_at(text, found.start() + first.len()))
            .filter(|inner| inner.start() < found.end() && inner.end() > found.end());
        let found = street.unwrap_or(found);
        next = found.end();
        push(&mut passages, text.get(at..found.start()), false);
        push(&mut passages, Some(found.as_str()), true);
        at = found.end();
    }
    push(&mut passages, text.get(at..), false);
    passages
}

fn push(passages: &mut Vec<Passage>, text: Option<&str>, doubtful: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        passages.push(Passage {
            text: text.to_owned(),
            doubtful,
        });
    }
}

/// The passages of a practice that may be about a person, each once. What is unreadable already is none.
#[must_use]
pub fn doubtful(content: &PracticeContent) -> Vec<String> {
    let found = RefCell::new(Vec::new());
    let _ = content.clone().with_texts(&|text| {
        for passage in passages(text) {
            let mut found = found.borrow_mut();
            if passage.doubtful && passage.text != MASK && !found.contains(&passage.text) {
                found.push(passage.text);
            }
        }
        text.to_owned()
    });
    found.into_inner()
}

/// Whether anything in a text may be about a person.
#[must_use]
pub fn is_doubtful(text: &str) -> bool {
    text.contains(MASK) || passages(text).iter().any(|passage| passage.doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        let passages = passages(text);
        let whole: String = passages.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(whole, text, "nothing is lost");
        let doubtful = passages.into_iter().filter(|one| one.doubtful);
        doubtful.map(|one| one.text).collect()
    }

    #[test]
    fn what_may_be_a_person_is_marked_and_a_municipality_is_not() {
        for (text, expected) in [
            (
                "Wij belden Jan de Vries en dat hielp.",
                vec!["Jan de Vries"],
            ),
            (
                "Bij Dorpsstraat 12 te 1234 AB stond een boom.",
                vec!["Dorpsstraat 12", "1234 AB"],
            ),
            (
                "Op rekening NL91 ABNA 0417164300 kwam het.",
                vec!["NL91 ABNA 0417164300"],
            ),
            ("Nummer 123456782 is van iemand.", vec!["123456782"]),
            ("Dit deed mevrouw Smit.", vec!["mevrouw Smit"]),
            ("Bel ••• op •••.", vec!["•••", "•••"]),
            (
                "In de Gemeente Waterdam belt het team binnen 2 dagen.",
                vec![],
            ),
            ("In 2024 waren er 1.250 meldingen.", vec![]),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }
}
