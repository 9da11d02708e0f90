//! What the fields of the builder's own pages are called, and what their values say: nobody reads a name of the document.

use domain::{
    FieldErrors, Language,
    form_editor::label_of,
    forms::{Definition, Field},
};

use super::conditions;
use crate::{
    csrf::Fields,
    html::{FormState, dashed},
};

fn base_label(name: &str, language: Language) -> String {
    let base = name.split('.').next().unwrap_or_default();
    language.text(&format!("form-input-{}", base.replace('_', "-")))
}

/// What a field of a page is called. `about` is the question that the page is about, for the names of its answers.
pub(super) fn field_label(
    definition: &Definition,
    about: Option<&Field>,
    name: &str,
    language: Language,
) -> String {
    let plain = base_label(name, language);
    let Some((base, rest)) = name.split_once('.') else {
        return plain;
    };
    match (base, rest.split_once('.'), about) {
        ("text", Some((code, key)), _) => {
            let what = super::texts::describe_key(definition, key, language);
            format!("{what} ({code})")
        }
        ("show" | "required" | "advise", ..) => language.text(&format!("form-input-{base}-{rest}")),
        (_, _, Some(field)) if field.options.iter().any(|option| option == rest) => {
            let option = label_of(definition, &format!("{}.{rest}", field.key), language);
            format!("{plain} ({option})")
        }
        _ => plain,
    }
}

/// What a value says.
pub(super) fn value_label(
    definition: &Definition,
    about: Option<&Field>,
    (name, value): (&str, &str),
    language: Language,
) -> String {
    let text = |key: String| {
        if language.has(&key) {
            language.text(&key)
        } else {
            value.to_owned()
        }
    };
    match name.split_once('.').unwrap_or((name, "")) {
        ("role" | "pii" | "report", "") if !value.is_empty() => text(format!(
            "form-{name}-{}",
            dashed(value).replace(['.', '_'], "-")
        )),
        ("required" | "advise" | "withdraws", "") if value == "on" => {
            language.text("form-input-yes")
        }
        ("today", "") if value.is_empty() => language.text("form-bound-none"),
        ("today", "") => text(format!("form-bound-{value}")),
        ("language", "") => text(format!("form-language-{value}")),
        ("purpose" | "basis", "") => text(format!("form-{name}-{}", value.replace('_', "-"))),
        ("accept", "") => value.to_uppercase(),
        ("option_remove", "") => match about {
            Some(field) => label_of(definition, &format!("{}.{value}", field.key), language),
            None => value.to_owned(),
        },
        (_, "mode") if value == "keep" => language.text("form-mode-keep"),
        (prefix, "mode") => text(format!("form-mode-{prefix}-{value}")),
        (_, "leaf") => conditions::describe_leaf(definition, value, language),
        _ => value.to_owned(),
    }
}

/// A form of the builder that was refused, with its fields called as its pages call them.
pub(super) fn refused(typed: Fields, errors: &FieldErrors, language: Language) -> FormState {
    FormState::refused_as(typed, errors, language, |name| {
        let key = format!(
            "form-input-{}",
            name.split('.').next().unwrap_or_default().replace('_', "-")
        );
        language.has(&key).then(|| language.text(&key))
    })
}

/// The same on a page about a form that is there, which can name its answers and texts.
pub(super) fn refused_in(
    definition: &Definition,
    about: Option<&Field>,
    typed: Fields,
    errors: &FieldErrors,
    language: Language,
) -> FormState {
    FormState::refused_as(typed, errors, language, |name| {
        Some(field_label(definition, about, name, language))
    })
}

/// The same for adding a step or a question, whose fields carry the key of the step.
pub(super) fn refused_part(typed: Fields, errors: &FieldErrors, language: Language) -> FormState {
    FormState::refused_as(typed, errors, language, |name| {
        let base = name.split('-').next().unwrap_or_default();
        Some(language.text(&format!("form-input-{base}")))
    })
}
