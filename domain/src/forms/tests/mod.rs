//! What people type and what editors write, hostile input first. A row or a test with a number answers that case of the list in
//! `tests/it/hostile_input_list.rs`, which is complete or fails.

mod editors;
mod life;
mod numbers;
mod people;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::form_editor::*;
use crate::text::{clean_line, clean_text};

/// The day on which residents answer here.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

fn klacht() -> Form {
    Form::compile(Definition::parse(KLACHT_TIP_COMPLIMENT).unwrap()).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (key, value) in pairs {
        raw.0
            .entry((*key).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    raw
}

/// A resident who wants to be called, with something else in one field.
fn resident(field: &str, value: &str) -> RawAnswers {
    let mut raw = typed(&[
        ("soort", "klacht"),
        ("kort", "De lantaarn doet het niet"),
        ("reactie", "bellen"),
        ("telefoon", "06 12 34 56 78"),
    ]);
    raw.0.insert(field.to_owned(), vec![value.to_owned()]);
    raw
}

fn errors(raw: &RawAnswers) -> Vec<(String, &'static str)> {
    klacht()
        .check(raw, TODAY)
        .errors
        .into_iter()
        .map(|error| (error.field, &*error.code.leak()))
        .collect()
}

fn kept(field: &str, value: &str) -> Option<String> {
    klacht()
        .check(&resident(field, value), TODAY)
        .answers
        .get(field)
        .map(Answer::as_text)
}

#[test]
fn a_resident_who_wants_a_call_can_send() {
    let form = klacht();
    let checked = form.check(&resident("verhaal", "Al drie weken."), TODAY);
    assert_eq!(checked.errors, []);
    assert_eq!(checked.visible_steps, [0, 1, 2]);
    assert_eq!(
        checked.advised,
        ["naam"],
        "a complaint without a name is possible, and better with one"
    );
    assert_eq!(
        checked
            .answers
            .with_role(&form, Role::CaseStory)
            .map(Answer::as_text),
        Some("Al drie weken.".to_owned())
    );
}

#[test]
fn everything_that_is_missing_is_told_at_once_and_in_order() {
    assert_eq!(
        errors(&RawAnswers::default()),
        [
            ("soort".to_owned(), "required_choice"),
            ("kort".to_owned(), "required"),
            ("reactie".to_owned(), "required_choice"),
        ]
    );
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
        let once = clean_text(&text);
        prop_assert_eq!(clean_text(&once), once.clone());
        prop_assert!(!once.contains('\0'));
        let line = clean_line(&text);
        prop_assert_eq!(clean_line(&line), line.clone());
        prop_assert!(!line.contains('\n'));
    }

    #[test]
    fn whatever_is_typed_only_shown_fields_are_answered(
        values in proptest::collection::vec(any::<String>(), 11),
        options in proptest::collection::vec(0..4_usize, 3),
    ) {
        let form = klacht();
        let mut raw = RawAnswers::default();
        for ((_, field), value) in form.fields().zip(values) {
            raw.0.insert(field.key.clone(), vec![value]);
        }
        for (key, at) in ["soort", "reactie", "wanneer"].iter().zip(options) {
            if let Some(word) = form.field(key).and_then(|field| field.options.get(at)) {
                raw.0.insert((*key).to_owned(), vec![word.clone()]);
            }
        }
        let checked = form.check(&raw, TODAY);
        for key in checked.answers.0.keys() {
            prop_assert!(checked.visible.contains(key), "{} was hidden", key);
        }
        for error in &checked.errors {
            prop_assert!(checked.visible.contains(&error.field));
            prop_assert!(checked.answers.get(&error.field).is_none());
        }
    }
}
