//! Why a document is not a form: what is wrong and where, so that a page can say it in the language of whoever reads it.

use serde::{Deserialize, de::IgnoredAny};

use super::definition::{DEFINITION_MAX, SCHEMA};
use crate::FieldProblem;

/// Deepest nesting of brackets that a document with the deepest condition has, with room for one level that the checks can still name.
const NESTING_MAX: usize = 20;

/// A document that is not a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct Unreadable {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More bytes than a form may have.
    #[error("more than {max} bytes", max = DEFINITION_MAX)]
    TooLarge,
    /// Brackets within brackets, deeper than any form has them.
    #[error("nested deeper than {max}", max = NESTING_MAX)]
    TooDeep,
    /// Another version of the format.
    #[error("schema {0} is not known, only {known}", known = SCHEMA)]
    OtherSchema(u32),
    /// Not JSON at all.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// JSON that ends in the middle.
    #[error("not JSON: it ends too early")]
    CutOff,
    /// A key that stands twice.
    #[error("duplicate key `{0}`")]
    KeyTwice(String),
    /// A key that no form has there.
    #[error("unknown key `{0}`")]
    KeyUnknown(String),
    /// A key that every form has there.
    #[error("missing key `{0}`")]
    KeyMissing(String),
    /// A word that is not in the list of what can stand there.
    #[error("unknown word `{0}`")]
    WordUnknown(String),
    /// Another kind of value than belongs there.
    #[error("a {} where a {} belongs", found.as_str(), wanted.as_str())]
    OtherKind {
        /// What stands there.
        found: Kind,
        /// What belongs there.
        wanted: Kind,
    },
    /// The right kind of value, and still none that can stand there.
    #[error("{0}")]
    ValueUnfit(String),
}

/// Kinds of values in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `"…"`
    Text,
    /// `1`
    Number,
    /// `true`
    YesNo,
    /// `null`
    Nothing,
    /// `[…]`
    List,
    /// `{…}`
    Group,
}

impl Kind {
    /// The word under which the locale files know it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesNo => "yesno",
            Self::Nothing => "nothing",
            Self::List => "list",
            Self::Group => "group",
        }
    }

    /// What the parser calls it, which it says in English only.
    fn named(words: &str) -> Option<Self> {
        [
            ("string", Self::Text),
            ("a string", Self::Text),
            ("a formatted date", Self::Text),
            ("integer", Self::Number),
            ("floating point", Self::Number),
            ("number", Self::Number),
            ("u32", Self::Number),
            ("boolean", Self::YesNo),
            ("a boolean", Self::YesNo),
            ("null", Self::Nothing),
            ("sequence", Self::List),
            ("a sequence", Self::List),
            ("map", Self::Group),
            ("a map", Self::Group),
            ("struct", Self::Group),
            ("an object", Self::Group),
        ]
        .into_iter()
        .find_map(|(name, kind)| words.starts_with(name).then_some(kind))
    }
}

impl Unreadable {
    fn whole(fault: Fault) -> Self {
        Self {
            line: 1,
            column: 1,
            fault,
        }
    }

    /// As a problem of the field that the document was sent in.
    #[must_use]
    pub fn problem(&self, field: &str) -> FieldProblem {
        let kilobytes = (DEFINITION_MAX / 1024).to_string();
        let (code, own): (_, Vec<(&str, String)>) = match &self.fault {
            Fault::TooLarge => ("form_file_too_large", vec![("max", kilobytes)]),
            Fault::TooDeep => ("form_too_deep", Vec::new()),
            Fault::OtherSchema(schema) => (
                "form_other_schema",
                vec![("value", schema.to_string()), ("other", SCHEMA.to_string())],
            ),
            Fault::NotJson(_) => ("form_not_json", Vec::new()),
            Fault::CutOff => ("form_cut_off", Vec::new()),
            Fault::KeyTwice(key) => ("form_key_twice", vec![("value", key.clone())]),
            Fault::KeyUnknown(key) => ("form_key_unknown", vec![("value", key.clone())]),
            Fault::KeyMissing(key) => ("form_key_missing", vec![("value", key.clone())]),
            Fault::WordUnknown(word) => ("form_word_unknown", vec![("value", word.clone())]),
            Fault::OtherKind { found, wanted } => (
                "form_other_kind",
                vec![
                    ("value", found.as_str().to_owned()),
                    ("other", wanted.as_str().to_owned()),
                ],
            ),
            Fault::ValueUnfit(_) => ("form_value_unfit", Vec::new()),
        };
        let place = [
            ("line", self.line.to_string()),
            ("column", self.column.to_string()),
        ];
        FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters: own
                .into_iter()
                .chain(place)
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        }
    }
}

/// The version of a document's format, whatever else is in it.
#[derive(Deserialize)]
struct Schema {
    schema: u32,
}

/// Reads a document into `T`, everything that can be wrong with it told apart.
pub(super) fn read<T: for<'de> Deserialize<'de>>(document: &str) -> Result<T, Unreadable> {
    if document.len() > DEFINITION_MAX {
        return Err(Unreadable::whole(Fault::TooLarge));
    }
    if let Some(at) = too_deep(document) {
        let before = document.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        return Err(Unreadable {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            fault: Fault::TooDeep,
        });
    }
    // Apart from what a form is: the parser calls some values that are no form's "not JSON".
    serde_json::from_str::<IgnoredAny>(document).map_err(|error| Unreadable {
        line: error.line(),
        column: error.column(),
        fault: if error.is_eof() {
            Fault::CutOff
        } else {
            Fault::NotJson(words_of(&error))
        },
    })?;
    let told = |error: serde_json::Error| Unreadable {
        line: error.line(),
        column: error.column(),
        fault: fault_of(words_of(&error)),
    };
    // First of all: the keys of another version of the format would only be told as unknown.
    let Schema { schema } = serde_json::from_str(document).map_err(told)?;
    if schema != SCHEMA {
        return Err(Unreadable::whole(Fault::OtherSchema(schema)));
    }
    serde_json::from_str(document).map_err(told)
}

/// What the parser says, without the place that it adds.
fn words_of(error: &serde_json::Error) -> String {
    let words = error.to_string();
    match words.rsplit_once(" at line ") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}

fn fault_of(words: String) -> Fault {
    let named = |start: &str| Some(words.strip_prefix(start)?.split('`').next()?.to_owned());
    if let Some(key) = named("duplicate field `").or_else(|| named("duplicate key `")) {
        return Fault::KeyTwice(key);
    }
    if let Some(key) = named("unknown field `") {
        return Fault::KeyUnknown(key);
    }
    if let Some(key) = named("missing field `") {
        return Fault::KeyMissing(key);
    }
    if let Some(word) = named("unknown variant `") {
        return Fault::WordUnknown(word);
    }
    let kinds = words
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.rsplit_once(", expected "))
        .and_then(|(found, wanted)| Some((Kind::named(found)?, Kind::named(wanted)?)));
    match kinds {
        // A number with a point where a whole one belongs is no other kind.
        Some((found, wanted)) if found != wanted => Fault::OtherKind { found, wanted },
        _ => Fault::ValueUnfit(words),
    }
}

/// Where brackets are first nested deeper than any form has them, outside of strings; in bytes.
fn too_deep(document: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in document.bytes().enumerate() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => {
                depth += 1;
                if depth > NESTING_MAX {
                    return Some(at);
                }
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Definition, KLACHT_TIP_COMPLIMENT},
        *,
    };

    fn refused(from: &str, to: &str) -> Unreadable {
        assert!(KLACHT_TIP_COMPLIMENT.contains(from), "{from}");
        Definition::parse(&KLACHT_TIP_COMPLIMENT.replacen(from, to, 1)).unwrap_err()
    }

    #[test]
    fn every_way_of_being_no_form_is_told_apart() {
        let kind = |found, wanted| Fault::OtherKind { found, wanted };
        for (from, to, fault) in [
            (
                "\"draft_hours\":24",
                "\"draft_hours\":\"een dag\"",
                kind(Kind::Text, Kind::Number),
            ),
            (
                "\"draft_hours\":24",
                "\"draft_hours\":null",
                kind(Kind::Nothing, Kind::Number),
            ),
            (
                "\"purpose\":\"bericht_behandelen\"",
                "\"purpose\":7",
                kind(Kind::Number, Kind::Text),
            ),
            (
                "\"max_mb\":10",
                "\"max_mb\":[10]",
                kind(Kind::List, Kind::Number),
            ),
            (
                "\"languages\":[\"nl\",\"en\"]",
                "\"languages\":\"nl\"",
                kind(Kind::Text, Kind::List),
            ),
            (
                "\"schema\":1",
                "\"schema\":true",
                kind(Kind::YesNo, Kind::Number),
            ),
            (
                "\"texts\":{",
                "\"texts\":[],\"niets\":{",
                kind(Kind::List, Kind::Group),
            ),
            ("\"schema\":1", "\"schema\":2", Fault::OtherSchema(2)),
            (
                "\"type\":\"choice\"",
                "\"type\":\"keuze\"",
                Fault::WordUnknown("keuze".to_owned()),
            ),
            (
                "\"schema\":1",
                "\"schema\":1,\"kleur\":1",
                Fault::KeyUnknown("kleur".to_owned()),
            ),
            (
                "\"schema\":1",
                "\"schema\":1,\"key\":\"x\"",
                Fault::KeyTwice("key".to_owned()),
            ),
        ] {
            assert_eq!(refused(from, to).fault, fault, "{to}");
        }
        for to in ["\"draft_hours\":-1", "\"draft_hours\":1.5"] {
            let told = refused("\"draft_hours\":24", to);
            assert!(matches!(told.fault, Fault::ValueUnfit(_)), "{told}");
        }
        // A number is no kind of question, and the document is JSON all the same.
        let told = refused("\"type\":\"choice\"", "\"type\":3");
        assert!(matches!(told.fault, Fault::ValueUnfit(_)), "{told}");
        let told = Definition::parse("<form>").unwrap_err();
        assert!(matches!(told.fault, Fault::NotJson(_)), "{told}");
        let half = &KLACHT_TIP_COMPLIMENT[..500];
        assert_eq!(Definition::parse(half).unwrap_err().fault, Fault::CutOff);
    }

    #[test]
    fn a_place_is_told_once_and_is_the_right_one() {
        let document = "{\n  \"schema\": 1,\n  \"key\": 7\n}";
        let told = Definition::parse(document).unwrap_err();
        assert_eq!(
            told.to_string(),
            "line 3, column 10: a number where a text belongs"
        );
        let deep = format!("{{\n\"schema\": {}", "[".repeat(30));
        let told = Definition::parse(&deep).unwrap_err();
        assert_eq!((told.line, told.column), (2, 11 + NESTING_MAX - 1));
        assert_eq!(told.fault, Fault::TooDeep);
    }
}
