//! Personal data in texts that everybody may read is made unreadable, however it is written.
//!
//! The patterns read a plain copy of the text in which each letter is one ASCII sign, so a place in the copy is a place in the text.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::text;

/// What stands where something was made unreadable.
pub(super) const MASK: &str = "•••";

/// Fewest digits of a telephone number with its area (numbering plan for telephony, 2023: nine behind the zero, thirteen for machines).
const DIGITS_MIN: usize = 9;
/// Fewest digits of what stands behind a word such as "tel.": a number without its area.
const LOCAL_DIGITS_MIN: usize = 6;

/// A pattern of this file; it is tested, so it is one.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// An address with its sign as it is, or written out in brackets, or as a word between spaces.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?x)
        [a-z0-9._%+'-]*[a-z0-9_]
        (?: \s{0,3}@\s{0,3} | \s{0,3}[\[({<]\s?(?:at|@|apenstaart(?:je)?)\s?[\])}>]\s{0,3} | \s(?:at|apenstaart(?:je)?)\s )
        [a-z0-9-]+ (?: (?: \. | \s{0,3}[\[({<]\s?(?:dot|punt|\.)\s?[\])}>]\s{0,3} | \s(?:dot|punt|\.)\s ) [a-z0-9-]+ )+
        | [a-z0-9._%+'-]*[a-z0-9_] (?: @ | \s?[\[({<]\s?(?:at|@|apenstaart(?:je)?)\s?[\])}>]\s? ) [a-z0-9-]+
        | @[a-z0-9_][a-z0-9_.]+",
    )
});

/// Digits with whatever people write between them.
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:[+(\[]{0,3}[0-9]|\bo[1-9])(?:[\s\-./()\[\]_*'~:|\\\x7f]{0,4}[0-9])*")
});

/// Groups of digits with commas between them that begin as a number does.
static COMMAS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b0[1-9][0-9]{0,2}(?:[,;]\s?[0-9]{2,4}){2,}"));

/// Years, days, times of day and amounts, one or several.
static DAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let one = r"(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:[01]?\d|2[0-3])[.:][0-5]\d|(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+)";
    pattern(&format!(r"^{one}(?:[\s\-/():|]{{1,4}}{one})*$"))
});

/// A word that says that a number follows.
static CUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:tel(?:efoon)?(?:nummer)?|mob(?:iel)?|bel(?:len)?|doorkiesnummer|gsm|whatsapp|app|sms|fax|t|m)|nummer)\s?[.:]?\s?(?:op|naar|via|is)?\s?$",
    )
});

/// A letter as one ASCII sign: its base letter, digit, dash or space. What is none of these is a sign of its own.
fn plain(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{30fb}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        _ if letter.is_whitespace() => ' ',
        _ => {
            let digit = text::ascii_digits(letter.encode_utf8(&mut [0; 4]));
            let base = digit.nfkd().next().filter(char::is_ascii);
            let other = if letter.is_alphabetic() {
                'x'
            } else {
                '\u{7f}'
            };
            base.unwrap_or(other).to_ascii_lowercase()
        }
    }
}

/// The plain copy of some letters.
fn plain_copy(letters: &[char]) -> String {
    letters.iter().copied().map(plain).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a run of digits is a number to dial: long enough and no days, or behind a word that says so.
fn is_number(run: &str, before: &str) -> bool {
    let count = digits(run).len() + usize::from(run.starts_with('o'));
    let is_days = DAYS.as_ref().is_some_and(|days| days.is_match(run));
    let enough = if CUE.as_ref().is_some_and(|cue| cue.is_match(before)) {
        LOCAL_DIGITS_MIN
    } else {
        DIGITS_MIN
    };
    count >= enough && !is_days
}

/// Where addresses stand in a plain copy.
fn addresses(copy: &str) -> Vec<Range<usize>> {
    let found = ADDRESS.iter().flat_map(|pattern| pattern.find_iter(copy));
    found.map(|one| one.range()).collect()
}

/// Where addresses and numbers stand in a plain copy, by place; `known` are the digits of a number that is looked for as well.
fn places(copy: &str, known: &str) -> Vec<Range<usize>> {
    let mut places = addresses(copy);
    for run in DIGITS.iter().flat_map(|pattern| pattern.find_iter(copy)) {
        let before = copy.get(..run.start()).unwrap_or_default();
        let own = digits(run.as_str());
        let is_known = own.len() >= LOCAL_DIGITS_MIN && known.ends_with(&own);
        if is_known || is_number(run.as_str(), before) {
            places.push(run.range());
        }
    }
    for run in COMMAS.iter().flat_map(|pattern| pattern.find_iter(copy)) {
        if digits(run.as_str()).len() >= DIGITS_MIN {
            places.push(run.range());
        }
    }
    places.sort_by_key(|place| place.start);
    places
}

/// A text with mail addresses and telephone numbers made unreadable, for every page that anybody may see. `known` is a number that is
/// looked for without its area as well.
#[must_use]
pub fn masked(text: &str, known: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let copy = plain_copy(&letters);
    let mut cleaned = String::with_capacity(text.len());
    let mut at = 0;
    for place in places(&copy, &digits(known)) {
        if place.start >= at {
            cleaned.extend(letters.get(at..place.start).unwrap_or_default());
            cleaned.push_str(MASK);
        }
        at = at.max(place.end);
    }
    cleaned.extend(letters.get(at..).unwrap_or_default());
    cleaned
}

/// The names before the sign of the addresses in a text, in small letters.
pub(super) fn mailboxes(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let copy = plain_copy(&letters);
    addresses(&copy)
        .into_iter()
        .filter_map(|place| {
            let whole = copy.get(place)?;
            let end = whole.find(|sign: char| "@[({< ".contains(sign))?;
            whole.get(..end).map(str::to_owned)
        })
        .collect()
}

/// A word as names are compared: its base letters, small.
pub(super) fn folded(word: &str) -> String {
    word.nfkd()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .flat_map(|letter| {
            let pair = match letter {
                'ø' => "o",
                'ł' => "l",
                'đ' | 'ð' => "d",
                'ı' => "i",
                'æ' => "ae",
                'œ' => "oe",
                'ß' => "ss",
                _ => "",
            };
            let kept = pair.is_empty().then_some(letter);
            pair.chars().chain(kept)
        })
        .collect()
}
