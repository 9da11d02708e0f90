//! Whether two addresses are one, however they are written.

use crate::text;

/// Words that announce what comes behind a house number.
const ANNOUNCES: [&str; 11] = [
    "app",
    "apt",
    "appartement",
    "apartment",
    "flat",
    "kamer",
    "kmr",
    "toevoeging",
    "toev",
    "unit",
    "woning",
];

/// Words that stand behind a house number as a part of it.
const ADDITIONS: [&str; 12] = [
    "bis", "hs", "huis", "ii", "iii", "iv", "rd", "rood", "zw", "zwart", "bg", "boven",
];

/// A word, and what stands between it and the one before.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    gap: &'t str,
}

impl Word<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|sign: char| sign.is_ascii_digit())
    }

    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// In the Netherlands a postal code and a house number with what stands behind it are an address, however the street and the town are
/// written: "Dorpsstr. 01-A, 1742AA" and "dorpsstraat 1a 1742 aa Schagen" are one, "12-3", "12, app. 3" and "12 3hoog" too; "12" and "12-3"
/// are two. Without both, its letters and digits.
pub(super) fn normal_address(typed: &str) -> String {
    let typed = text::ascii_digits(typed).to_lowercase();
    let words = words(&typed);
    postal_code(&words)
        .and_then(|(code, before, after)| {
            // A street may begin with a number or hold a year: the house number stands last before the code, or first behind it.
            let number = last_number(before).or_else(|| first_number(after))?;
            Some(format!("{code} {number}"))
        })
        .unwrap_or_else(|| words.iter().map(|word| word.text).collect())
}

fn words(typed: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = typed;
    while let Some(begin) = rest.find(char::is_alphanumeric) {
        let (gap, behind) = rest.split_at(begin);
        let end = behind.find(|sign: char| !sign.is_alphanumeric());
        let (text, left) = behind.split_at(end.unwrap_or(behind.len()));
        words.push(Word { text, gap });
        rest = left;
    }
    words
}

/// The last postal code among words ("1742aa", or "1742" before "aa"), and the words before and behind it. The last, because
/// "Plein 1945 nr. 12" holds what looks like one.
fn postal_code<'t, 'w>(words: &'w [Word<'t>]) -> Option<(String, &'w [Word<'t>], &'w [Word<'t>])> {
    let is_code = |text: &str| {
        text.len() == 6
            && !text.starts_with('0')
            && text.char_indices().all(|(place, sign)| {
                if place < 4 {
                    sign.is_ascii_digit()
                } else {
                    sign.is_ascii_lowercase()
                }
            })
    };
    let (first, count, code) = words.iter().enumerate().rev().find_map(|(place, word)| {
        let next = words.get(place + 1);
        let two = next.map(|next| format!("{}{}", word.text, next.text));
        if is_code(word.text) {
            return Some((place, 1, word.text.to_owned()));
        }
        two.filter(|two| word.text.len() == 4 && is_code(two))
            .map(|two| (place, 2, two))
    })?;
    Some((code, words.get(..first)?, words.get(first + count..)?))
}

/// The house number that stands last among words, with what stands behind it.
fn last_number(words: &[Word]) -> Option<String> {
    let last = words.iter().rposition(Word::is_number)?;
    // What stands behind another number may be a part of that.
    let begin = (0..last)
        .rev()
        .filter(|at| words.get(*at).is_some_and(Word::is_number))
        .take_while(|at| last - at <= 3)
        .find(|at| {
            let behind = words.get(at + 1..=last).unwrap_or_default();
            let is_year = words.get(*at).is_some_and(|word| {
                word.is_digits()
                    && word.text.len() == 4
                    && behind
                        .first()
                        .is_some_and(|next| next.gap.trim().is_empty())
            });
            !is_year
                && !begins_behind_number(words, *at)
                && additions(behind).is_some_and(|(_, count)| count == behind.len())
        });
    let begin = begin.unwrap_or(last);
    house_number(words.get(begin..)?)
}

/// Whether a number is the second of two behind a dash: "Plein 40-45 12" has house number 12.
fn begins_behind_number(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_joined = words
        .get(at)
        .is_some_and(|word| matches!(word.gap.trim(), "-" | "/"));
    is_joined && before.is_some_and(Word::is_number)
}

/// The house number that stands first among words.
fn first_number(words: &[Word]) -> Option<String> {
    let first = words.iter().position(Word::is_number)?;
    house_number(words.get(first..)?)
}

/// A house number at the begin of words, with what stands behind it, in one way of writing: no zeros in front, a letter at the number,
/// another number behind a dash.
fn house_number(words: &[Word]) -> Option<String> {
    let (first, behind) = words.split_first()?;
    let digits = first.text.trim_start_matches('0');
    let digits = if digits.starts_with(|sign: char| sign.is_ascii_digit()) {
        digits.to_owned()
    } else {
        format!("0{digits}")
    };
    let added = additions(behind).map_or_else(String::new, |(added, _)| added);
    Some(format!("{digits}{added}"))
}

/// What stands behind a house number as a part of it, in one way of writing, and how many words that are.
fn additions(words: &[Word]) -> Option<(String, usize)> {
    let mut added = String::new();
    let mut count = 0;
    while let Some(word) = words.get(count) {
        let is_joined = matches!(word.gap.trim(), "-" | "/");
        let is_tight = matches!(word.gap, "-" | "/");
        let is_beside = word.gap.trim().is_empty();
        let next = words.get(count + 1);
        let letters = word.text.chars().count();
        if ANNOUNCES.contains(&word.text)
            && next.is_some_and(|next| next.is_number() || next.text.chars().count() == 1)
        {
            count += 1;
            added.push_str(&addition(next.map_or("", |next| next.text)));
        } else if word.is_number()
            && !added.contains('-')
            && (is_joined || is_beside)
            && is_part(word, next)
        {
            added.push_str(&addition(word.text));
            if next.is_some_and(|next| next.text == "hoog") {
                count += 1;
            }
        } else if letters == 1 && !word.is_number() && (is_joined || is_beside)
            || ADDITIONS.contains(&word.text) && (is_joined || is_beside)
            || letters <= 4 && !word.is_number() && is_tight
        {
            added.push_str(word.text);
        } else {
            break;
        }
        count += 1;
    }
    (count > 0).then_some((added, count))
}

/// Whether a number may be a part of the house number before it: "3", "3hoog" and "3 hoog", not the "2e" of "2e verdieping".
fn is_part(word: &Word, next: Option<&Word>) -> bool {
    let plain = word.text.strip_suffix("hoog").unwrap_or(word.text);
    let is_plain = plain.len() <= 4 && plain.bytes().all(|byte| byte.is_ascii_digit());
    is_plain || next.is_some_and(|next| next.text == "hoog")
}

/// A number behind a house number stands behind a dash, a letter does not.
fn addition(text: &str) -> String {
    let plain = text
        .strip_suffix("hoog")
        .unwrap_or(text)
        .trim_start_matches('0');
    if plain.starts_with(|sign: char| sign.is_ascii_digit()) {
        format!("-{plain}")
    } else {
        plain.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_and_a_number_are_an_address_however_the_rest_is_written() {
        for (typed, key) in [
            ("Dorpsstraat 1, 1742 AA Schagen", "1742aa 1"),
            ("Dorpsstraat 1, 1742 AA", "1742aa 1"),
            ("Dorpsstr. 1, 1742AA Schagen", "1742aa 1"),
            ("1742 AA 1", "1742aa 1"),
            ("Dorpsstraat nr. 1, 1742 aa Schagen Nederland", "1742aa 1"),
            ("Dorpsstraat 01, 1742 AA", "1742aa 1"),
            ("Dorpsstraat 003, 1742 AA", "1742aa 3"),
            ("Dorpsstraat 03a, 1742 AA", "1742aa 3a"),
            ("Dorpsstraat 30, 1742 AA", "1742aa 30"),
            ("Dorpsstraat 1-A, 1742 AA", "1742aa 1a"),
            ("Dorpsstraat 1 a, 1742 AA", "1742aa 1a"),
            ("Dorpsstraat 1a 1742 AA", "1742aa 1a"),
            ("Plein 1945 12, 1742 AA", "1742aa 12"),
            ("Plein 1945 nr. 12, 1742aa Schagen", "1742aa 12"),
            ("Plein 40-45 12, 1742 AA", "1742aa 12"),
            ("2e Dwarsstraat 5, 1742 AA", "1742aa 5"),
            ("1742 AA 5, 2e verdieping", "1742aa 5"),
            ("Dorpsstraat 1, Schagen", "dorpsstraat1schagen"),
            ("1742 AA", "1742aa"),
            ("", ""),
        ] {
            assert_eq!(normal_address(typed), key, "{typed}");
        }
    }

    #[test]
    fn neighbours_in_one_building_are_told_apart_and_each_is_one() {
        for (key, ways) in [
            (
                "1742aa 12-3",
                &[
                    "Dorpsstraat 12-3, 1742 AA",
                    "Dorpsstraat 12 - 3 1742AA Schagen",
                    "Dorpsstraat 12-03, 1742 AA",
                    "Dorpsstraat 12/3, 1742 AA",
                    "Dorpsstraat 12 3, 1742 AA",
                    "Dorpsstraat 12, app. 3, 1742 AA",
                    "Dorpsstraat 12 appartement 3, 1742 AA",
                    "Dorpsstraat 12 3hoog, 1742 AA",
                    "Dorpsstraat 12-3hoog, 1742 AA",
                    "Dorpsstraat 12 3 hoog, 1742 AA",
                    "1742 AA 12-3",
                    "1742AA 12, app 3",
                    "1742 AA 12 3hoog",
                ][..],
            ),
            ("1742aa 12-1", &["Dorpsstraat 12 1hoog, 1742 AA"]),
            (
                "1742aa 12",
                &["Dorpsstraat 12, 1742 AA", "1742 AA 12 Schagen"],
            ),
            ("1742aa 123", &["Dorpsstraat 123, 1742 AA"]),
            ("1742aa 3", &["Dorpsstraat 3, 1742 AA"]),
            (
                "1742aa 12a-3",
                &[
                    "Dorpsstraat 12A-3, 1742 AA",
                    "Dorpsstraat 12 a 3, 1742 AA",
                    "1742 AA 12 A, app. 3",
                ],
            ),
            (
                "1742aa 12b",
                &[
                    "Dorpsstraat 12, app. B, 1742 AA",
                    "Dorpsstraat 12B, 1742 AA",
                ],
            ),
            (
                "1742aa 12bis",
                &[
                    "Dorpsstraat 12bis, 1742 AA",
                    "Dorpsstraat 12 bis, 1742 AA",
                    "Dorpsstraat 12-bis, 1742 AA",
                ],
            ),
            (
                "1742aa 12hs",
                &["Dorpsstraat 12-hs, 1742 AA", "Dorpsstraat 12 HS, 1742 AA"],
            ),
            ("1742aa 3hoog", &["Dorpsstraat 3hoog, 1742 AA"]),
        ] {
            for typed in ways {
                assert_eq!(normal_address(typed), key, "{typed}");
            }
        }
    }
}
