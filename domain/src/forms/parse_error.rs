//! Why a document is not a form: the place, and what the parser says of it.

use serde::{Deserialize, de::IgnoredAny};

use super::definition::{DEFINITION_MAX, SCHEMA};
use crate::FieldProblem;

/// Deepest nesting of brackets that a document with the deepest condition has, with room for one level that the checks can still name.
const NESTING_MAX: usize = 20;

/// A document that is not a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {failure}")]
pub struct ParseError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong there.
    pub failure: ParseFailure,
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseFailure {
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
    #[error("not JSON")]
    NotJson,
    /// JSON that ends in the middle.
    #[error("not JSON: it ends too early")]
    CutOff,
    /// JSON, and no form.
    #[error("{path}: {message}")]
    Refused {
        /// Where, such as `$.steps[0].key`.
        path: String,
        /// What the parser says, in English.
        message: String,
    },
}

impl ParseError {
    fn whole(failure: ParseFailure) -> Self {
        Self {
            line: 1,
            column: 1,
            failure,
        }
    }

    fn at(error: &serde_json::Error, failure: ParseFailure) -> Self {
        Self {
            line: error.line(),
            column: error.column(),
            failure,
        }
    }

    /// As a problem of the field that the document was sent in.
    #[must_use]
    pub fn problem(&self, field: &str) -> FieldProblem {
        let mut parameters = vec![
            ("line", self.line.to_string()),
            ("column", self.column.to_string()),
        ];
        let code = match &self.failure {
            ParseFailure::TooLarge => {
                parameters.push(("max", (DEFINITION_MAX / 1024).to_string()));
                "form_file_too_large"
            }
            ParseFailure::TooDeep => "form_too_deep",
            ParseFailure::OtherSchema(schema) => {
                parameters.push(("value", schema.to_string()));
                parameters.push(("other", SCHEMA.to_string()));
                "form_other_schema"
            }
            ParseFailure::NotJson => "form_not_json",
            ParseFailure::CutOff => "form_cut_off",
            ParseFailure::Refused { path, message } => {
                parameters.push(("path", path.clone()));
                parameters.push(("value", quoted(message).unwrap_or("none").to_owned()));
                "form_refused"
            }
        };
        FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters: parameters
                .into_iter()
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

/// Reads a document into `T`.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(document: &str) -> Result<T, ParseError> {
    if document.len() > DEFINITION_MAX {
        return Err(ParseError::whole(ParseFailure::TooLarge));
    }
    if let Some(at) = too_deep(document) {
        let before = document.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        return Err(ParseError {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            failure: ParseFailure::TooDeep,
        });
    }
    // Apart from what a form is: the parser calls some values that are no form's "not JSON".
    serde_json::from_str::<IgnoredAny>(document).map_err(|error| {
        let failure = if error.is_eof() {
            ParseFailure::CutOff
        } else {
            ParseFailure::NotJson
        };
        ParseError::at(&error, failure)
    })?;
    // First of all: the keys of another version of the format would only be refused as unknown.
    let Schema { schema } = parse_with_path(document)?;
    if schema != SCHEMA {
        return Err(ParseError::whole(ParseFailure::OtherSchema(schema)));
    }
    parse_with_path(document)
}

fn parse_with_path<T: for<'de> Deserialize<'de>>(document: &str) -> Result<T, ParseError> {
    let mut reader = serde_json::Deserializer::from_str(document);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = match error.path().to_string().as_str() {
            "." => "$".to_owned(),
            path => format!("$.{path}"),
        };
        let error = error.into_inner();
        let message = error.to_string();
        // The place is in the error already.
        let message = match message.rsplit_once(" at line ") {
            Some((message, _)) => message.to_owned(),
            None => message,
        };
        ParseError::at(&error, ParseFailure::Refused { path, message })
    })
}

/// What the parser's message quotes first: the name or value it is about. The rest is English, and for people who read the log.
fn quoted(message: &str) -> Option<&str> {
    let mark = message.find(['`', '"'])?;
    let (sign, rest) = message.get(mark..)?.split_at(1);
    rest.split(sign).next().filter(|name| !name.is_empty())
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
    use super::{super::Definition, *};
    use crate::form_editor::KLACHT_TIP_COMPLIMENT;

    fn refused(from: &str, to: &str) -> ParseError {
        assert!(KLACHT_TIP_COMPLIMENT.contains(from), "{from}");
        Definition::parse(&KLACHT_TIP_COMPLIMENT.replacen(from, to, 1)).unwrap_err()
    }

    #[test]
    fn every_way_of_being_no_form_is_named_with_its_path() {
        for (from, to, path, word) in [
            (
                "\"draft_hours\":24",
                "\"draft_hours\":\"een dag\"",
                "$.privacy.draft_hours",
                "string",
            ),
            (
                "\"draft_hours\":24",
                "\"draft_hours\":null",
                "$.privacy.draft_hours",
                "null",
            ),
            (
                "\"draft_hours\":24",
                "\"draft_hours\":-1",
                "$.privacy.draft_hours",
                "-1",
            ),
            (
                "\"draft_hours\":24",
                "\"draft_hours\":1.5",
                "$.privacy.draft_hours",
                "1.5",
            ),
            (
                "\"purpose\":\"bericht_behandelen\"",
                "\"purpose\":7",
                "$.privacy.purpose",
                "7",
            ),
            (
                "\"languages\":[\"nl\",\"en\"]",
                "\"languages\":\"nl\"",
                "$.languages",
                "nl",
            ),
            ("\"schema\":1", "\"schema\":true", "$.schema", "true"),
            (
                "\"type\":\"choice\"",
                "\"type\":\"keuze\"",
                "$.steps[0].fields[0].type",
                "keuze",
            ),
            // A number is no kind of question, and the document is JSON all the same.
            (
                "\"type\":\"choice\"",
                "\"type\":3",
                "$.steps[0].fields[0].type",
                "",
            ),
            ("\"schema\":1", "\"schema\":1,\"kleur\":1", "$", "kleur"),
            ("\"schema\":1", "\"schema\":1,\"key\":\"x\"", "$", "key"),
        ] {
            let failure = refused(from, to).failure;
            let ParseFailure::Refused { path: at, message } = &failure else {
                panic!("{to}: {failure}");
            };
            assert!(at.starts_with(path), "{to}: {failure}");
            assert!(message.contains(word), "{to}: {failure}");
        }
        let newer = refused("\"schema\":1", "\"schema\":2");
        assert_eq!(newer.failure, ParseFailure::OtherSchema(2));
        let other = Definition::parse("<form>").unwrap_err();
        assert_eq!(other.failure, ParseFailure::NotJson);
        let half = &KLACHT_TIP_COMPLIMENT[..500];
        let cut = Definition::parse(half).unwrap_err();
        assert_eq!(cut.failure, ParseFailure::CutOff);
    }

    #[test]
    fn a_place_is_said_once_and_is_the_right_one() {
        let document = "{\n  \"schema\": 1,\n  \"key\": 7\n}";
        let refused = Definition::parse(document).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "line 3, column 10: $.key: invalid type: integer `7`, expected a string"
        );
        let deep = format!("{{\n\"schema\": {}", "[".repeat(30));
        let refused = Definition::parse(&deep).unwrap_err();
        assert_eq!((refused.line, refused.column), (2, 11 + NESTING_MAX - 1));
        assert_eq!(refused.failure, ParseFailure::TooDeep);
    }
}
