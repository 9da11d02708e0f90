//! Reads the fields of a form by serde, into the input that a program's JSON is read into as well.

use std::collections::BTreeSet;

use domain::input::NUMBER;
use serde::{
    de::{
        self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::Fields;
use crate::{extract, limits, problem::Problem};

impl Fields {
    /// The fields as an input: texts, ticks, repeated values for lists, and points in names for what lies deeper (`rules.capCents`, `pauses.0.from`). Fields that
    /// the input does not know are left alone.
    ///
    /// # Errors
    /// [`domain::Error::Invalid`] for a value that no page of ours sends.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let whole = Value {
            fields: self,
            path: String::new(),
        };
        serde_path_to_error::deserialize(whole).map_err(|error| {
            extract::reading_problem(error.path(), &error.inner().to_string(), "form")
        })
    }
}

/// What the form holds under a name, and below it.
struct Value<'a> {
    fields: &'a Fields,
    path: String,
}

impl<'a> Value<'a> {
    fn text(&self) -> &'a str {
        self.fields.text(&self.path)
    }

    fn below(&self, name: &str) -> Self {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        Self {
            fields: self.fields,
            path,
        }
    }

    /// The names of what lies below, each once.
    fn names(&self) -> BTreeSet<&'a str> {
        let below = |field: &'a str| {
            let rest = field.strip_prefix(self.path.as_str())?;
            if self.path.is_empty() {
                Some(rest)
            } else {
                rest.strip_prefix('.')
            }
        };
        self.fields
            .iter()
            .filter_map(|(field, _)| below(field)?.split('.').next())
            .collect()
    }

    /// The entries of a list whose names are numbers (`pauses.0.from`), up to the last that was sent.
    fn entries(&self) -> impl Iterator<Item = Self> {
        let numbers = self.names().into_iter();
        let last = numbers
            .filter_map(|name| name.parse::<usize>().ok())
            .filter(|number| *number < limits::ENTRIES)
            .max();
        let count = last.map_or(0, |last| last + 1);
        (0..count).map(|number| self.below(&number.to_string()))
    }

    fn is_sent(&self) -> bool {
        self.fields.get(&self.path).is_some() || !self.names().is_empty()
    }
}

impl IntoDeserializer<'_, Error> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(matches!(self.text(), "ja" | "true"))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number = self.text().trim().parse().map_err(de::Error::custom)?;
        visitor.visit_i64(number)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == NUMBER {
            visitor.visit_str(self.text())
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.fields.get(&self.path).is_none() {
            return visitor.visit_seq(SeqDeserializer::new(self.entries()));
        }
        visitor.visit_seq(SeqDeserializer::new(self.fields.all(&self.path)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let names = self.names().into_iter();
        visitor.visit_map(MapDeserializer::new(
            names.map(|name| (name, self.below(name))),
        ))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let known = names.iter().map(|name| (*name, self.below(name)));
        visitor.visit_map(MapDeserializer::new(
            known.filter(|(_, value)| value.is_sent()),
        ))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.text().into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::input::Number;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
    struct Sample {
        name: String,
        amount_cents: Number,
        agreed: bool,
        days: Vec<String>,
        note: Option<String>,
        rules: Rules,
        pauses: Vec<Pause>,
    }

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Pause {
        from: String,
    }

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
    struct Rules {
        cap_cents: Number,
        kinds: BTreeMap<String, String>,
    }

    #[test]
    fn a_form_is_read_into_what_a_program_sends_as_json() {
        let form = "name=Zo%C3%AB&amountCents=12%2C50&agreed=ja&days=mon&days=tue&rules.capCents=5&rules.kinds.card=allowed&pauses.1.from=9&pauses.99999999999.from=9&pauses.x.from=9&other=x&_csrf=y";
        let read: Sample = Fields::parse(form.as_bytes()).unwrap().read().unwrap();
        let typed = |text: &str| Number::Typed(text.to_owned());
        let expected = Sample {
            name: "Zoë".to_owned(),
            amount_cents: typed("12,50"),
            agreed: true,
            days: vec!["mon".to_owned(), "tue".to_owned()],
            note: None,
            rules: Rules {
                cap_cents: typed("5"),
                kinds: [("card".to_owned(), "allowed".to_owned())].into(),
            },
            pauses: vec![
                Pause::default(),
                Pause {
                    from: "9".to_owned(),
                },
            ],
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn a_program_sends_numbers_and_never_text_for_them() {
        let read = |json: &str| serde_json::from_str::<Sample>(json).map(|read| read.amount_cents);
        assert_eq!(
            read(r#"{"amountCents": 1250}"#).unwrap(),
            Number::Whole(1_250)
        );
        assert_eq!(read(r#"{"amountCents": null}"#).unwrap(), Number::Missing);
        assert!(read(r#"{"amountCents": "1250"}"#).is_err());
    }
}
