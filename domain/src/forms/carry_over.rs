//! Answers that still fit another version of a form.

use super::{answers::RawAnswers, compile::Form};

/// Answers of one version as far as they fit another: the same key, the same type, options that still exist.
#[must_use]
pub fn carry_over(from: &Form, to: &Form, raw: &RawAnswers) -> RawAnswers {
    let mut carried = RawAnswers::default();
    for (_, field) in to.fields() {
        let same = from
            .field(&field.key)
            .is_some_and(|before| before.r#type == field.r#type);
        if !same {
            continue;
        }
        let values: Vec<String> = raw
            .all(&field.key)
            .iter()
            .filter(|value| !field.r#type.has_options() || field.options.contains(value))
            .cloned()
            .collect();
        if !values.is_empty() {
            carried.0.insert(field.key.clone(), values);
        }
    }
    carried
}
