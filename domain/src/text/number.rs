//! Numbers as people write them.

use std::collections::BTreeMap;

use super::ascii_digits;
use crate::FieldProblem;

/// A decimal number, exactly as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Whether it is below zero.
    pub is_negative: bool,
    /// Digits before the comma.
    pub whole: String,
    /// Digits behind it.
    pub part: String,
}

impl Written {
    /// The number with a point, as programs write it.
    #[must_use]
    pub fn exact(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let point = if self.part.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{}", self.whole, self.part)
    }
}

/// A number with a point as people here write it: with a comma, and so that [`parse_number`] reads it back.
#[must_use]
pub fn written_number(exact: &str) -> String {
    match exact.split_once('.') {
        // Three digits behind a comma can be read in two ways.
        Some((whole, part)) if part.len() == 3 => format!("{whole},{part}0"),
        Some((whole, part)) => format!("{whole},{part}"),
        None => exact.to_owned(),
    }
}

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// None at all.
    NotANumber,
    /// One of two, each written so that it cannot be taken for the other.
    Ambiguous {
        /// With the sign between thousands.
        grouped: String,
        /// With the sign before what is less than one.
        decimal: String,
    },
}

impl NumberProblem {
    /// The problem of a field.
    #[must_use]
    pub fn of_field(self, field: &str) -> FieldProblem {
        let (code, parameters) = match self {
            Self::NotANumber => ("not_a_number", BTreeMap::new()),
            Self::Ambiguous { grouped, decimal } => (
                "number_ambiguous",
                BTreeMap::from([("value".to_owned(), grouped), ("other".to_owned(), decimal)]),
            ),
        };
        FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters,
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number as people write it: `1,5`, `1.5`, `1.000` for a thousand as is the custom here, `12.345,60`, and `12,345.60` as elsewhere.
///
/// # Errors
/// [`NumberProblem`]: a single comma before three digits (`1,000`) and a space before one or two (`12 50`) can be read in two ways.
pub fn parse_number(typed: &str) -> Result<Written, NumberProblem> {
    let typed = ascii_digits(typed);
    let (is_negative, digits) = match typed.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, typed.as_str()),
    };
    let written = |whole: &str, part: &str| {
        let is_number = is_digits(whole) && (part.is_empty() || is_digits(part));
        let (whole, part) = (whole.to_owned(), part.to_owned());
        is_number
            .then_some(Written {
                is_negative,
                whole,
                part,
            })
            .ok_or(NumberProblem::NotANumber)
    };
    let either = |first: &str, last: &str| {
        let sign = if is_negative { "-" } else { "" };
        let part = match last.trim_end_matches('0') {
            "" => String::new(),
            // Three digits behind a comma would be asked about again.
            part if part.len() == 3 => format!(",{part}0"),
            part => format!(",{part}"),
        };
        Err(NumberProblem::Ambiguous {
            grouped: format!("{sign}{first}{last}"),
            decimal: format!("{sign}{first}{part}"),
        })
    };
    let spaced = without_spaces(digits);
    let digits = match &spaced {
        Spaced::Plain(digits) => digits.as_str(),
        Spaced::Two(first, last) => return either(first, last),
        Spaced::Nonsense => return Err(NumberProblem::NotANumber),
    };
    let Some(at) = digits.rfind(['.', ',']) else {
        return written(digits, "");
    };
    let (before, sign) = digits.split_at(at);
    let after = sign.get(1..).unwrap_or_default();
    let sign = sign.chars().next().unwrap_or_default();
    let between = before.chars().find(|sign| matches!(sign, '.' | ','));
    let grouped = |text: &str, sign: char| {
        let mut groups = text.split(sign);
        let first = groups.next().unwrap_or_default();
        let is_plain = (1..=3).contains(&first.len()) && !first.starts_with('0');
        let is_grouped = is_plain
            && is_digits(first)
            && groups.all(|group| group.len() == 3 && is_digits(group));
        is_grouped.then(|| text.replace(sign, ""))
    };
    match between {
        // "1.234,56": one sign between thousands, the other one before what is less than one.
        Some(other) if other != sign => {
            let whole = grouped(before, other).ok_or(NumberProblem::NotANumber)?;
            written(&whole, after)
        }
        // "1.234.567".
        Some(_) => {
            let whole = grouped(digits, sign).ok_or(NumberProblem::NotANumber)?;
            written(&whole, "")
        }
        None if grouped(digits, sign).is_some() && sign == ',' => either(before, after),
        None => match grouped(digits, sign) {
            Some(whole) => written(&whole, ""),
            None => written(before, after),
        },
    }
}

/// Digits with spaces between them.
enum Spaced {
    Plain(String),
    /// Two numbers, or one with a space for the comma.
    Two(String, String),
    Nonsense,
}

/// Leaves out spaces between thousands and beside other signs.
fn without_spaces(digits: &str) -> Spaced {
    let words: Vec<&str> = digits.split(' ').collect();
    let mut plain = String::new();
    for word in &words {
        let stands_apart = plain.ends_with(|sign: char| sign.is_ascii_digit())
            && word.starts_with(|sign: char| sign.is_ascii_digit());
        let group = word.split(['.', ',']).next().unwrap_or_default();
        let first = words
            .first()
            .is_some_and(|first| (1..=3).contains(&first.len()));
        if stands_apart && (group.len() != 3 || !first || plain.contains(['.', ','])) {
            return match words.as_slice() {
                [first, last] if is_digits(first) && is_digits(last) && last.len() <= 2 => {
                    Spaced::Two((*first).to_owned(), (*last).to_owned())
                }
                _ => Spaced::Nonsense,
            };
        }
        plain.push_str(word);
    }
    Spaced::Plain(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_can_be_read_in_two_ways_is_asked_about() {
        for (typed, grouped, decimal) in [
            ("1,000", "1000", "1"),
            ("1,125", "1125", "1,1250"),
            ("12,500", "12500", "12,5"),
            ("-999,120", "-999120", "-999,12"),
            ("12 50", "1250", "12,5"),
            ("1 25", "125", "1,25"),
            ("１ ５", "15", "1,5"),
        ] {
            let problem = NumberProblem::Ambiguous {
                grouped: grouped.to_owned(),
                decimal: decimal.to_owned(),
            };
            assert_eq!(parse_number(typed), Err(problem), "{typed}");
            for answer in [grouped, decimal] {
                let exact = parse_number(answer).unwrap().exact();
                let again = parse_number(&written_number(&exact)).unwrap().exact();
                assert_eq!(again.trim_end_matches('0'), exact.trim_end_matches('0'));
            }
        }
    }
}
