//! What the fields of the builder's own pages are called, and what their values say: nobody reads a name of the document.

use domain::{
    Language,
    form_editor::label_of,
    forms::{Definition, Field, Role},
};

use super::conditions;
use crate::html::{FormPage, Refused, dashed};

/// What a field of a page is called. `about` is the question that the page is about, for the names of its answers.
pub(super) fn field_label(
    definition: &Definition,
    about: Option<&Field>,
    name: &str,
    language: Language,
) -> String {
    let (base, rest) = name.split_once('.').unwrap_or((name, ""));
    let plain = language.text(&format!("form-input-{}", dashed(base).replace('_', "-")));
    match (base, rest.split_once('.'), about) {
        _ if rest.is_empty() => plain,
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
        ("required" | "advise", "") if value == "on" => language.text("form-input-yes"),
        ("withdrawsPrevious", "") if value == "ja" => language.text("form-input-yes"),
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
pub(super) fn refused(refused: Refused, language: Language) -> FormPage {
    refused.named(|name| {
        let base = name.split(['.', '-']).next().unwrap_or_default();
        [name, base]
            .map(|name| format!("form-input-{}", dashed(name).replace(['.', '_'], "-")))
            .iter()
            .find(|key| language.has(key))
            .map(|key| language.text(key))
    })
}

/// The same on a page about a form that is there, which can name its answers and texts.
pub(super) fn refused_in(
    definition: &Definition,
    about: Option<&Field>,
    refused: Refused,
    language: Language,
) -> FormPage {
    refused.named(|name| Some(field_label(definition, about, name, language)))
}

/// What a message of a form becomes, in one sentence: its kinds, what it is called, and how its sender hears from us.
pub(super) fn becomes(definition: &Definition, language: Language) -> String {
    let with_role = |role: Role| {
        definition
            .fields()
            .map(|(_, field)| field)
            .find(|field| field.role == Some(role))
    };
    let kinds: Vec<String> = with_role(Role::CaseKind)
        .map_or(&[][..], |field| &field.options)
        .iter()
        .map(|option| language.text(&format!("form-becomes-{option}")))
        .collect();
    let question = |field: &Field| {
        let text = definition
            .text(language.as_str(), &field.key)
            .unwrap_or(&field.key);
        format!("“{text}”")
    };
    let title = with_role(Role::CaseTitle)
        .or_else(|| with_role(Role::CaseStory))
        .map(question)
        .unwrap_or_default();
    let has = |role| with_role(role).is_some();
    let ways = match (has(Role::ContactPhone), has(Role::ContactEmail)) {
        (true, true) => "form-becomes-call-or-mail",
        (true, false) => "form-becomes-call",
        (false, true) => "form-becomes-mail",
        (false, false) => "form-becomes-no-answer",
    };
    let or = language.text("form-becomes-or");
    let kinds = match kinds.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {or} {last}", others.join(", ")),
        None => String::new(),
    };
    language.text_with(
        "form-becomes",
        &[
            ("kinds", &kinds),
            ("title", &title),
            ("ways", &language.text(ways)),
        ],
    )
}
