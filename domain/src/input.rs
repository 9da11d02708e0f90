//! What a form or a program sends, before it is checked. Each verb has one input, read by serde from both; its `parse` has all checks and
//! names the fields as the API does.

use std::fmt;

use crate::FieldErrors;
use serde::{
    Deserialize, Deserializer,
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
            Self::Typed(text) => text.trim().parse().ok(),
        };
        let number = number.and_then(|number| number.try_into().ok());
        if number.is_none() {
            errors.add(field, "not_a_number");
        }
        number
    }
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
