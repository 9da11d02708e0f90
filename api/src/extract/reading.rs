//! What serde says about an input that it cannot read, as codes and fields of ours: its sentences are English, and for programmers.

use domain::{Error, FieldErrors};

use crate::problem::Problem;

/// The name between the first pair of backquotes.
fn quoted(text: &str) -> &str {
    text.split('`').nth(1).unwrap_or_default()
}

/// A field below another one, once: for a field that is not known serde's path ends with it already.
fn below(path: &str, name: &str) -> String {
    let is_there = path == name || path.ends_with(&format!(".{name}"));
    match path {
        _ if is_there => path.to_owned(),
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

/// The beginnings of what chrono says of a text that is no day or no instant.
const CHRONO: [&str; 5] = [
    "input is ",
    "input contains ",
    "premature end of input",
    "trailing input",
    "no possible date",
];

/// The field that an error is about and its code.
fn place(path: &str, error: &str) -> (String, &'static str) {
    let path = if path == "." { "" } else { path };
    let named = |code| (below(path, quoted(error)), code);
    let here = |code| (path.to_owned(), code);
    // The beginnings of the messages of `serde::de::Error`; the last ones are how numbers and yes or no are read from text.
    for (beginning, code) in [
        ("missing field `", "required"),
        ("unknown field `", "unknown_field"),
        ("duplicate field `", "sent_twice"),
        ("duplicate key `", "sent_twice"),
    ] {
        if error.starts_with(beginning) {
            return named(code);
        }
    }
    for (beginning, code) in [
        ("unknown variant `", "not_an_option"),
        ("invalid type: ", "wrong_type"),
        ("invalid value: ", "wrong_type"),
        ("invalid digit found in string", "wrong_type"),
        ("cannot parse integer from empty string", "wrong_type"),
        ("number too ", "wrong_type"),
        ("provided string was not `true` or `false`", "wrong_type"),
        ("a text or a list of texts", "wrong_type"),
    ] {
        if error.starts_with(beginning) {
            return here(code);
        }
    }
    if CHRONO.iter().any(|beginning| error.starts_with(beginning)) {
        // Names of instants end so.
        let is_instant = path == "at" || path.ends_with("At");
        return here(if is_instant {
            "not_a_moment"
        } else {
            "not_a_date"
        });
    }
    here("malformed")
}

/// What kind of value belongs there, as `field-wrong-type` in the locale files knows it, by what serde expected or could not read.
fn expected(error: &str) -> &'static str {
    let wanted = error.rsplit_once("expected ").map_or(error, |(_, it)| it);
    for (kind, words) in [
        ("object", &["struct ", "map", "object"][..]),
        ("texts", &["a text or a list of texts"]),
        ("moment", &["date and time"]),
        ("day", &["date"]),
        (
            "number",
            &["i64", "u64", "i32", "u32", "number", "integer", "digit"],
        ),
        ("yes-no", &["bool", "`true` or `false`"]),
        ("list", &["sequence", "list", "array"]),
        ("text", &["string", "text", "UUID", "variant"]),
    ] {
        if words.iter().any(|word| wanted.contains(word)) {
            return kind;
        }
    }
    "other"
}

/// The problem with an input that serde could not read. `whole` is what the input is called when the problem is with all of it.
pub(crate) fn problem(path: &serde_path_to_error::Path, error: &str, whole: &str) -> Problem {
    let (field, code) = place(&path.to_string(), error);
    let mut errors = FieldErrors::default();
    let field = if field.is_empty() { whole } else { &field };
    errors.add_with(field, code, "expected", expected(error));
    Error::Invalid(errors).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_serde_names_its_field_and_why() {
        for (path, error, expected) in [
            (
                ".",
                "missing field `reason` at line 1",
                ("reason", "required"),
            ),
            ("rules", "missing field `cap`", ("rules.cap", "required")),
            (
                "a[0]",
                "unknown field `x`, expected `y`",
                ("a[0].x", "unknown_field"),
            ),
            (
                "a.x",
                "unknown field `x`, expected `y`",
                ("a.x", "unknown_field"),
            ),
            (
                "x",
                "unknown field `x`, there are no fields",
                ("x", "unknown_field"),
            ),
            (
                "kind",
                "unknown variant `q`, expected `a`",
                ("kind", "not_an_option"),
            ),
            ("day", "input is out of range", ("day", "not_a_date")),
            (
                "opensAt",
                "premature end of input",
                ("opensAt", "not_a_moment"),
            ),
            (
                "answers",
                "duplicate key `soort`",
                ("answers.soort", "sent_twice"),
            ),
            (
                ".",
                "invalid type: sequence, expected struct X",
                ("", "wrong_type"),
            ),
        ] {
            let (field, code) = place(path, error);
            assert_eq!((field.as_str(), code), expected, "{path}: {error}");
        }
    }
    #[test]
    fn what_kind_of_value_belongs_there_is_told_in_both_languages() {
        for (error, kind) in [
            (
                "invalid type: string \"12\", expected i64 at line 1",
                "number",
            ),
            ("invalid value: integer `-1`, expected u32", "number"),
            (
                "invalid type: integer `5`, expected a whole number",
                "number",
            ),
            ("invalid digit found in string", "number"),
            ("invalid type: string \"ja\", expected a boolean", "yes-no"),
            ("provided string was not `true` or `false`", "yes-no"),
            ("invalid type: integer `5`, expected a string", "text"),
            ("a text or a list of texts", "texts"),
            ("invalid type: map, expected a sequence", "list"),
            ("invalid type: sequence, expected struct Numbers", "object"),
            (
                "invalid type: string \"expected i64\", expected a map",
                "object",
            ),
            (
                "invalid type: integer `5`, expected a formatted date string",
                "day",
            ),
            (
                "invalid type: integer `5`, expected an RFC 3339 formatted date and time string",
                "moment",
            ),
            ("invalid type: unit, expected something new", "other"),
        ] {
            assert_eq!(expected(error), kind, "{error}");
            for language in [domain::Language::Dutch, domain::Language::English] {
                let told = language.text_with("field-wrong-type", &[("expected", kind)]);
                let other = language.text_with("field-wrong-type", &[("expected", "other")]);
                assert_eq!(told == other, kind == "other", "{told}");
            }
        }
    }
}
