//! What a form or a program sends, before it is checked. Each verb has one input, read by serde from both; its `parse` has all checks and
//! names the fields as the API does.

use std::fmt;

use crate::{
    FieldErrors,
    text::{NumberProblem, parse_number},
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// Name under which a [`Number`] asks a form for the text of a field.
pub const NUMBER: &str = "gehoord::Number";

/// A number as it was sent: a whole number by a program, text by a form. A program cannot send text, so that "1250" never becomes 1250 euros.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// Nothing was sent.
    #[default]
    Missing,
    /// A program sent a number.
    Whole(i64),
    /// A person typed text.
    Typed(String),
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl Serialize for Number {
    /// As a form shows it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_str(""),
            Self::Whole(number) => serializer.collect_str(number),
            Self::Typed(typed) => serializer.serialize_str(typed),
        }
    }
}

impl Number {
    /// Whether nothing was sent, or only spaces.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Whole(_) => false,
            Self::Typed(text) => text.trim().is_empty(),
        }
    }

    /// A whole number that may be left out; nothing as well once an error is noted.
    pub fn optional<T: TryFrom<i64>>(&self, field: &str, errors: &mut FieldErrors) -> Option<T> {
        if self.is_missing() {
            return None;
        }
        self.whole(field, errors)
    }

    /// A whole number; nothing once an error is noted.
    pub fn whole<T: TryFrom<i64>>(&self, field: &str, errors: &mut FieldErrors) -> Option<T> {
        let number = match self {
            Self::Missing => None,
            Self::Whole(number) => Some(*number),
            Self::Typed(text) => match typed_whole(text) {
                Ok(number) => Some(number),
                Err(WholeProblem::Unread(problem)) => {
                    errors.push(problem.of_field(field));
                    return None;
                }
                Err(WholeProblem::Broken) => {
                    errors.add(field, "not_whole");
                    return None;
                }
            },
        };
        let Some(number) = number else {
            errors.add(field, "not_a_number");
            return None;
        };
        let whole = number.try_into().ok();
        if whole.is_none() {
            let code = if number < 0 {
                "below_zero"
            } else {
                "number_too_large"
            };
            errors.add(field, code);
        }
        whole
    }
}

/// Why a text is no whole number.
enum WholeProblem {
    Unread(NumberProblem),
    /// Something stands behind the comma.
    Broken,
}

fn typed_whole(text: &str) -> Result<i64, WholeProblem> {
    let written = parse_number(text).map_err(WholeProblem::Unread)?;
    if written.part.bytes().any(|digit| digit != b'0') {
        return Err(WholeProblem::Broken);
    }
    let sign = if written.is_negative { "-" } else { "" };
    let number = format!("{sign}{}", written.whole).parse();
    // More than fits is far above every bound.
    Ok(number.unwrap_or(if written.is_negative {
        i64::MIN
    } else {
        i64::MAX
    }))
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NUMBER, NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Number, D::Error> {
        Option::<i64>::deserialize(deserializer)
            .map(|number| number.map_or(Number::Missing, Number::Whole))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        Ok(Number::Typed(text.to_owned()))
    }
}

/// A value that has to be sent, if only as `null`: to leave a field out of what replaces a whole is a mistake, not a wish to clear it.
///
/// # Errors
/// Those of the value.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// A text in normal form that has to be there, of at most `max` characters.
pub fn required(text: String, max: usize, field: &str, errors: &mut FieldErrors) -> String {
    if text.is_empty() {
        errors.add(field, "required");
    }
    optional(text, max, field, errors)
}

/// A text in normal form of at most `max` characters.
pub fn optional(text: String, max: usize, field: &str, errors: &mut FieldErrors) -> String {
    if text.chars().count() > max {
        errors.add_with(field, "too_long", "max", max);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_read_as_people_write_it_or_the_reason_is_told() {
        for (typed, expected) in [
            ("12", Ok(12)),
            (" 12 ", Ok(12)),
            ("1.000", Ok(1_000)),
            ("1 000", Ok(1_000)),
            ("12,00", Ok(12)),
            ("٣", Ok(3)),
            ("-0", Ok(0)),
            ("-2", Err("below_zero")),
            ("2,5", Err("not_whole")),
            ("1,000", Err("number_ambiguous")),
            ("5000000000", Err("number_too_large")),
            ("99999999999999999999", Err("number_too_large")),
            ("twee", Err("not_a_number")),
            ("", Err("not_a_number")),
        ] {
            let mut errors = FieldErrors::default();
            let read = Number::Typed(typed.to_owned()).whole::<u32>("weeks", &mut errors);
            let code = errors
                .problems()
                .first()
                .map(|problem| problem.code.as_str());
            assert_eq!(read.ok_or(code.unwrap_or_default()), expected, "{typed}");
        }
    }
}
