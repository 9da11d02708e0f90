//! Of questions and their settings.

use std::collections::BTreeMap;

use super::{super::labels::label_of, Comparison, moved};
use crate::forms::{Definition, Field, Report, Role, Signpost, Step};

/// The questions of a definition, each with its step, by key. Of two with the same key the first counts.
fn located(definition: &Definition) -> BTreeMap<&str, (&Step, &Field)> {
    let mut fields = BTreeMap::new();
    for (step, field) in definition.fields() {
        fields.entry(field.key.as_str()).or_insert((step, field));
    }
    fields
}

/// The keys of the questions in order.
fn order(definition: &Definition) -> Vec<&str> {
    definition
        .fields()
        .map(|(_, field)| field.key.as_str())
        .collect()
}

fn options_of(field: &Field) -> Vec<&str> {
    field.options.iter().map(String::as_str).collect()
}

impl Comparison<'_> {
    pub(super) fn fields(&mut self) {
        let (before, after) = (self.before, self.after);
        let (old, new) = (located(before), located(after));
        let (old_keys, new_keys) = (order(before), order(after));
        for key in &old_keys {
            if !new.contains_key(key) {
                let name = label_of(before, key, self.language);
                self.note("field-removed", key, &[("field", &name)]);
            }
        }
        let moved = moved(&old_keys, &new_keys);
        for key in &new_keys {
            let Some((step, field)) = new.get(key) else {
                continue;
            };
            let name = label_of(after, key, self.language);
            let place = label_of(after, &step.key, self.language);
            let kind = self
                .language
                .text(&format!("form-type-{}", field.r#type.as_str()));
            match old.get(key) {
                None => self.note(
                    "field-added",
                    key,
                    &[("field", &name), ("step", &place), ("type", &kind)],
                ),
                Some((known_step, known)) => {
                    if known_step.key != step.key {
                        let values: &[(&str, &str)] = &[("field", &name), ("step", &place)];
                        self.note("field-to-step", key, values);
                    } else if moved.contains(key) {
                        self.note("field-moved", key, &[("field", &name)]);
                    }
                    self.field(known, field);
                }
            }
        }
    }

    fn field(&mut self, before: &Field, after: &Field) {
        let key = after.key.as_str();
        let language = self.language;
        let word = |group: &str, word: &str| {
            if word.is_empty() {
                return String::new();
            }
            language.text(&format!("form-{group}-{}", word.replace(['.', '_'], "-")))
        };
        let both = |value: &dyn Fn(&Field) -> String| (value(before), value(after));
        for (name, (old, new)) in [
            ("type", both(&|field| word("type", field.r#type.as_str()))),
            (
                "role",
                both(&|field| word("role", field.role.map_or("", Role::as_str))),
            ),
        ] {
            self.setting(key, name, &old, &new);
        }
        self.options(before, after);
        let mut settings = vec![
            (
                "required",
                both(&|field| {
                    let required = field.required.as_ref();
                    required.map_or_else(String::new, |it| it.because.clone())
                }),
            ),
            (
                "required-if",
                self.conditions(before.required_if(), after.required_if()),
            ),
            (
                "advise",
                both(&|field| match field.advise {
                    Some(_) => language.text("answer-yes"),
                    None => String::new(),
                }),
            ),
            (
                "advise-if",
                self.conditions(before.advise_if(), after.advise_if()),
            ),
            (
                "show-if",
                self.conditions(before.show_if.as_ref(), after.show_if.as_ref()),
            ),
        ];
        for ((name, old), (_, new)) in before.limits().into_iter().zip(after.limits()) {
            settings.push(match name {
                "today" => (name, (word("today", &old), word("today", &new))),
                _ => (name, (old, new)),
            });
        }
        settings.extend([
            (
                "signpost",
                both(&|field| field.signpost.as_ref().map(destination).unwrap_or_default()),
            ),
            ("signposts", both(&destinations)),
            ("pii", both(&|field| word("pii", field.pii.as_str()))),
            (
                "report",
                both(&|field| word("report", field.report.map_or("", Report::as_str))),
            ),
        ]);
        for (name, (old, new)) in settings {
            self.setting(key, &name.replace('_', "-"), &old, &new);
        }
    }

    fn options(&mut self, before: &Field, after: &Field) {
        let key = after.key.as_str();
        let (old, new) = (self.before, self.after);
        let field = label_of(new, key, self.language);
        for option in &before.options {
            if !after.options.contains(option) {
                let name = label_of(old, &format!("{key}.{option}"), self.language);
                self.note(
                    "option-removed",
                    key,
                    &[("field", &field), ("option", &name)],
                );
            }
        }
        for option in &after.options {
            if !before.options.contains(option) {
                let name = label_of(new, &format!("{key}.{option}"), self.language);
                self.note("option-added", key, &[("field", &field), ("option", &name)]);
            }
        }
        if !moved(&options_of(before), &options_of(after)).is_empty() {
            self.note("options-moved", key, &[("field", &field)]);
        }
    }
}

/// Where a signpost sends people.
fn destination(signpost: &Signpost) -> String {
    let parts: Vec<&str> = signpost
        .link
        .iter()
        .chain(&signpost.phone)
        .map(String::as_str)
        .collect();
    parts.join(", ")
}

/// Where the options of a question send people.
fn destinations(field: &Field) -> String {
    let options: Vec<String> = field
        .signposts
        .0
        .iter()
        .map(|(option, signpost)| format!("{option}: {}", destination(signpost)))
        .collect();
    options.join("; ")
}
