//! Of questions and their settings.

use std::collections::BTreeMap;

use super::{super::labels::label_of, Comparison, moved};
use crate::{
    Language,
    forms::{Definition, Field, Signpost, Step},
};

/// The questions of a definition, each with its step, by key. Of two with the same key the first counts.
fn located(definition: &Definition) -> BTreeMap<&str, (&Step, &Field)> {
    let mut fields = BTreeMap::new();
    for step in &definition.steps {
        for field in &step.fields {
            fields.entry(field.key.as_str()).or_insert((step, field));
        }
    }
    fields
}

impl Comparison<'_> {
    pub(super) fn fields(&mut self) {
        let (before, after) = (self.before, self.after);
        let (old, new) = (located(before), located(after));
        let order = |definition: &'_ Definition| -> Vec<String> {
            definition
                .steps
                .iter()
                .flat_map(|step| step.fields.iter().map(|field| field.key.clone()))
                .collect()
        };
        let (old_order, new_order) = (order(before), order(after));
        let old_keys: Vec<&str> = old_order.iter().map(String::as_str).collect();
        let new_keys: Vec<&str> = new_order.iter().map(String::as_str).collect();
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
        let word = |language: Language, group: &str, word: &str| {
            language.text(&format!("form-{group}-{}", word.replace(['.', '_'], "-")))
        };
        let language = self.language;
        self.setting(
            key,
            "type",
            &word(language, "type", before.r#type.as_str()),
            &word(language, "type", after.r#type.as_str()),
        );
        let role = |field: &Field| {
            field
                .role
                .map(|role| word(language, "role", role.as_str()))
                .unwrap_or_default()
        };
        self.setting(key, "role", &role(before), &role(after));
        self.options(before, after);
        let because = |field: &Field| {
            field
                .required
                .as_ref()
                .map(|required| required.because.clone())
                .unwrap_or_default()
        };
        self.setting(key, "required", &because(before), &because(after));
        let both = self.conditions(before.required_if(), after.required_if());
        self.setting(key, "required-if", &both.0, &both.1);
        let yes = |set: bool| {
            if set {
                language.text("answer-yes")
            } else {
                String::new()
            }
        };
        self.setting(
            key,
            "advise",
            &yes(before.advise.is_some()),
            &yes(after.advise.is_some()),
        );
        let both = self.conditions(before.advise_if(), after.advise_if());
        self.setting(key, "advise-if", &both.0, &both.1);
        let both = self.conditions(before.show_if.as_ref(), after.show_if.as_ref());
        self.setting(key, "show-if", &both.0, &both.1);
        for ((name, old), (_, new)) in before.limits().into_iter().zip(after.limits()) {
            let say = |value: String| match name {
                "today" if !value.is_empty() => word(language, "today", &value),
                _ => value,
            };
            self.setting(key, &name.replace('_', "-"), &say(old), &say(new));
        }
        for ((name, old), (_, new)) in signposts(before).into_iter().zip(signposts(after)) {
            self.setting(key, name, &old, &new);
        }
        self.setting(
            key,
            "pii",
            &word(language, "pii", before.pii.as_str()),
            &word(language, "pii", after.pii.as_str()),
        );
        let report = |field: &Field| {
            field
                .report
                .map(|report| word(language, "report", report.as_str()))
                .unwrap_or_default()
        };
        self.setting(key, "report", &report(before), &report(after));
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
        let old_keys: Vec<&str> = before.options.iter().map(String::as_str).collect();
        let new_keys: Vec<&str> = after.options.iter().map(String::as_str).collect();
        if !moved(&old_keys, &new_keys).is_empty() {
            self.note("options-moved", key, &[("field", &field)]);
        }
    }
}

/// Where a question and its options send people, as text.
fn signposts(field: &Field) -> [(&'static str, String); 2] {
    let text = |one: &Signpost| {
        [one.link.as_deref(), one.phone.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    };
    let options: Vec<String> = field
        .signposts
        .0
        .iter()
        .map(|(option, one)| format!("{option}: {}", text(one)))
        .collect();
    [
        (
            "signpost",
            field.signpost.as_ref().map(text).unwrap_or_default(),
        ),
        ("signposts", options.join("; ")),
    ]
}
