//! JSON in which a name stands once in each object: of two values for one name readers take different ones (RFC 8259, section 4), so that what
//! was reviewed would not be what is adopted.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

use super::check::{escaped, pointer};

/// Why a text was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no JSON.
    NoJson,
    /// A name stands twice: its place as a pointer, and the name.
    Twice(String, String),
}

const TWICE: &str = "twice ";

/// Reads JSON.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Unread> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read: Result<Strict, _> = serde_path_to_error::deserialize(&mut reader);
    match read {
        Ok(read) => reader.end().map(|()| read.0).map_err(|_| Unread::NoJson),
        Err(error) => {
            let message = error.inner().to_string();
            let name = message.strip_prefix(TWICE);
            // What serde_json adds behind the message.
            let name = name.and_then(|rest| rest.rsplit_once(" at line "));
            Err(match name {
                Some((name, _)) => {
                    let place = format!("{}/{}", pointer(error.path()), escaped(name));
                    Unread::Twice(place, name.to_owned())
                }
                None => Unread::NoJson,
            })
        }
    }
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Strict;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Strict, E> {
        Ok(Strict(
            Number::from_f64(value).map_or(Value::Null, Value::Number),
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Strict(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Strict(Value::Array(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Strict, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format!("{TWICE}{name}")));
            }
            let Strict(value) = entries.next_value()?;
            map.insert(name, value);
        }
        Ok(Strict(Value::Object(map)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_told_with_its_place_and_the_rest_is_read_as_it_stands() {
        let written = json!({ "a": [1, -2, 1.5, null, true], "b": { "a": "é`" } });
        assert_eq!(read(written.to_string().as_bytes()), Ok(written));
        let twice = |at: &str, name: &str| Err(Unread::Twice(at.to_owned(), name.to_owned()));
        assert_eq!(read(b"{\"a\":1,\"a\":2}"), twice("/a", "a"));
        let deep = b"{\"p\":[0,{\"x/y\":1,\"z\":2,\"x/y\":3}]}";
        assert_eq!(read(deep), twice("/p/1/x~1y", "x/y"));
        for wrong in ["{", "{}{}", "{\"a\":1,}", ""] {
            assert_eq!(read(wrong.as_bytes()), Err(Unread::NoJson), "{wrong}");
        }
    }
}
