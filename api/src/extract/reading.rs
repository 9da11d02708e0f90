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
    ] {
        if error.starts_with(beginning) {
            return here(code);
        }
    }
    here("malformed")
}

/// The problem with an input that serde could not read. `whole` is what the input is called when the problem is with all of it.
pub(crate) fn problem(path: &serde_path_to_error::Path, error: &str, whole: &str) -> Problem {
    let (field, code) = place(&path.to_string(), error);
    let mut errors = FieldErrors::default();
    errors.add(if field.is_empty() { whole } else { &field }, code);
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
            ("day", "input is out of range", ("day", "malformed")),
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
}
