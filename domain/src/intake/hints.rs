//! What staff are told about a message before they read it.

use crate::forms::{Answer, Answers, Form};

/// A number in an answer that may be a burgerservicenummer. The number itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BsnHint {
    /// Key of the field.
    pub field: String,
    /// The number with all but its last two digits covered.
    pub masked: String,
}

/// Nine digits that pass the eleven test (Besluit burgerservicenummer art. 2), or are of the range for tests (9999…).
fn is_bsn_like(digits: &[u32]) -> bool {
    if digits.len() != 9 || digits.iter().all(|digit| *digit == 0) {
        return false;
    }
    let sum: i64 = digits
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(digit, weight)| i64::from(*digit) * weight)
        .sum();
    sum % 11 == 0 || digits.starts_with(&[9, 9, 9, 9])
}

/// The first number in a text that may be a burgerservicenummer, covered. Points, spaces and dashes between digits are how people write it.
fn find(text: &str) -> Option<String> {
    let mut digits: Vec<u32> = Vec::new();
    let mut loose = false;
    for sign in text.chars().chain(['\n']) {
        if let Some(digit) = sign.to_digit(10) {
            digits.push(digit);
            loose = false;
        } else if !digits.is_empty() && !loose && matches!(sign, ' ' | '.' | '-') {
            loose = true;
        } else {
            if is_bsn_like(&digits)
                && let [.., tens, ones] = digits.as_slice()
            {
                return Some(format!("•••••••{tens}{ones}"));
            }
            digits.clear();
            loose = false;
        }
    }
    None
}

/// Free texts of a message in which a burgerservicenummer may stand. It is a hint, not a finding: one in eleven numbers passes the test.
#[must_use]
pub fn bsn_hints(form: &Form, answers: &Answers) -> Vec<BsnHint> {
    form.fields()
        .filter_map(|(_, field)| match answers.get(&field.key) {
            Some(Answer::Text { value }) => find(value).map(|masked| BsnHint {
                field: field.key.clone(),
                masked,
            }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_may_be_a_bsn_is_noticed_and_never_repeated() {
        for text in [
            "Mijn BSN is 111222333.",
            "bsn:111.222.333",
            "111 222 333 is van mijn moeder",
            "999999999",
        ] {
            let hint = find(text).unwrap();
            assert!(hint.starts_with('•') && !hint.contains("111"), "{hint}");
        }
    }

    #[test]
    fn phone_numbers_dates_and_amounts_are_not_taken_for_one() {
        for text in [
            "06 12 34 56 78",
            "24-11-2026",
            "123456789",
            "000000000",
            "NL91 ABNA 0417 1643 00",
            "1112223334",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
