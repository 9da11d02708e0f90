//! The settings of a question as fields of its page, and back.

use domain::{
    Error,
    forms::{
        Advise, Definition, FILE_MB_MAX, FILES_MAX, Field, FieldType, Report, Required, Role,
        Signpost, Unique,
    },
    text::{self, written_number},
};

use super::{conditions, typed::Typed};
use crate::csrf::Fields;

/// The fields with which the page of a question begins.
pub(super) fn values(definition: &Definition, field: &Field) -> Fields {
    let text = |key: &str| definition.source_text(key).to_owned();
    let key = &field.key;
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
    push("label", text(key));
    push("hint", text(&format!("{key}.hint")));
    for option in &field.options {
        push(
            &format!("option.{option}"),
            text(&format!("{key}.{option}")),
        );
        let signpost = field.signposts.0.get(option).cloned().unwrap_or_default();
        for (name, value) in signpost_values(&signpost, &format!("{key}.{option}"), &text) {
            push(&format!("{name}.{option}"), value);
        }
    }
    if field.r#type == FieldType::Info {
        let signpost = field.signpost.clone().unwrap_or_default();
        for (name, value) in signpost_values(&signpost, key, &text) {
            push(name, value);
        }
    }
    for (name, value) in field.limits() {
        // Several boxes and what the page does not ask.
        match name {
            "accept" | "strip_metadata" => {}
            "lowest" | "highest" => push(name, written_number(&value)),
            _ => push(name, value),
        }
    }
    push("role", field.role.map_or("", Role::as_str).to_owned());
    push("pii", field.pii.as_str().to_owned());
    push("report", field.report.map_or("", Report::as_str).to_owned());
    for kind in &field.accept {
        push("accept", kind.as_str().to_owned());
    }
    if let Some(required) = &field.required {
        push("required", "on".to_owned());
        push("because", required.because.clone());
    }
    if field.advise.is_some() {
        push("advise", "on".to_owned());
    }
    push("advise_text", text(&format!("{key}.advise")));
    pairs.extend(conditions::fields("show", field.show_if.as_ref()));
    pairs.extend(conditions::fields("required", field.required_if()));
    pairs.extend(conditions::fields("advise", field.advise_if()));
    Fields::of(pairs)
}

fn signpost_values(
    signpost: &Signpost,
    key: &str,
    text: &impl Fn(&str) -> String,
) -> [(&'static str, String); 4] {
    [
        ("signpost", text(&format!("{key}.signpost"))),
        ("signpost_link", signpost.link.clone().unwrap_or_default()),
        ("signpost_words", text(&format!("{key}.signpost_link"))),
        ("signpost_phone", signpost.phone.clone().unwrap_or_default()),
    ]
}

/// Puts what was typed into a question. Everything that cannot be used is named at once.
pub(super) fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
    // Of two answers with one key, one tick takes one away.
    for option in fields.all("option_remove") {
        definition.remove_option(key, option);
    }
    let field = definition.field(key).cloned().ok_or(Error::NotFound)?;
    let mut typed = Typed::new(fields);
    let kind = field.r#type;
    let label = match kind {
        FieldType::Info => typed.prose("label"),
        _ => text::clean_line(&typed.text("label")),
    };
    if label.is_empty() && kind != FieldType::Context {
        typed.errors.add("label", "required");
    }
    let mut texts = vec![
        (key.to_owned(), label),
        (format!("{key}.hint"), typed.prose("hint")),
        (format!("{key}.advise"), typed.text("advise_text")),
    ];
    let max = typed.number("max", kind.longest());
    let (lowest, highest) = (typed.decimal("lowest"), typed.decimal("highest"));
    let (earliest, latest) = (typed.day("earliest"), typed.day("latest"));
    let max_files = typed.number("max_files", FILES_MAX);
    let max_mb = typed.number("max_mb", FILE_MB_MAX);
    let show_if = conditions::read("show", fields, field.show_if.as_ref(), &mut typed.errors);
    let required = fields.get("required").map(|_| Required {
        because: typed.line("because").unwrap_or_default(),
        r#if: conditions::read("required", fields, field.required_if(), &mut typed.errors),
    });
    if required
        .as_ref()
        .is_some_and(|required| required.because.is_empty())
    {
        typed
            .errors
            .add_with("because", "reason_missing", "value", "");
    }
    let advise = fields.get("advise").map(|_| Advise {
        r#if: conditions::read("advise", fields, field.advise_if(), &mut typed.errors),
    });
    let signpost = match kind {
        FieldType::Info => typed.signpost("", key, &mut texts),
        _ => field.signpost,
    };
    let mut signposts = Unique::default();
    for option in &field.options {
        let name = format!("option.{option}");
        let words = text::clean_line(&typed.text(&name));
        if words.is_empty() && kind != FieldType::Context {
            typed.errors.add(&name, "required");
        }
        let place = format!("{key}.{option}");
        texts.push((place.clone(), words));
        if let Some(signpost) = typed.signpost(&format!(".{option}"), &place, &mut texts) {
            signposts.0.insert(option.clone(), signpost);
        }
    }
    let region = typed.line("region").map(|region| region.to_uppercase());
    typed.errors.into_result()?;
    let changed = Field {
        max,
        lowest,
        highest,
        earliest,
        latest,
        max_files,
        max_mb,
        region,
        accept: fields
            .all("accept")
            .filter_map(|word| word.parse().ok())
            .collect(),
        // What the page does not ask, stays.
        today: fields
            .get("today")
            .map_or(field.today, |word| word.parse().ok()),
        report: fields
            .get("report")
            .map_or(field.report, |word| word.parse().ok()),
        role: fields.text("role").parse().ok(),
        pii: Some(fields.text("pii").parse().unwrap_or(field.pii))
            .filter(|pii| kind.may_be(*pii))
            .unwrap_or(kind.floor()),
        show_if,
        required,
        advise,
        signpost,
        signposts,
        ..field
    };
    if let Some(known) = definition.field_mut(key) {
        *known = changed;
    }
    for (name, text) in texts {
        definition.set_source_text(&name, &text);
    }
    let new = fields.all("option_new").map(text::clean_line);
    for words in new.filter(|words| !words.is_empty()) {
        definition.add_option(key, &words);
    }
    Ok(())
}
