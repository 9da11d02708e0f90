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
        let required = |field: &'_ Field| {
            field
                .required
                .as_ref()
                .and_then(|required| required.r#if.clone())
        };
        let both = self.conditions(required(before).as_ref(), required(after).as_ref());
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
        let advise =
            |field: &'_ Field| field.advise.as_ref().and_then(|advise| advise.r#if.clone());
        let both = self.conditions(advise(before).as_ref(), advise(after).as_ref());
        self.setting(key, "advise-if", &both.0, &both.1);
        let both = self.conditions(before.show_if.as_ref(), after.show_if.as_ref());
        self.setting(key, "show-if", &both.0, &both.1);
        for (name, old, new) in limits(before, after, language) {
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

/// The limits of a question as text.
fn limits(
    before: &Field,
    after: &Field,
    language: Language,
) -> Vec<(&'static str, String, String)> {
    let word = |key: &str| language.text(key);
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let day =
        |value: Option<chrono::NaiveDate>| value.map(|day| day.to_string()).unwrap_or_default();
    let signpost = |one: Option<&Signpost>| {
        one.map(|one| {
            [one.link.as_deref(), one.phone.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        })
        .unwrap_or_default()
    };
    let each = |field: &Field| -> Vec<(&'static str, String)> {
        vec![
            ("max", number(field.max)),
            ("lowest", field.lowest.clone().unwrap_or_default()),
            ("highest", field.highest.clone().unwrap_or_default()),
            ("earliest", day(field.earliest)),
            ("latest", day(field.latest)),
            (
                "today",
                field
                    .today
                    .map(|today| word(&format!("form-today-{}", today.as_str())))
                    .unwrap_or_default(),
            ),
            ("max-files", number(field.max_files)),
            ("max-mb", number(field.max_mb)),
            (
                "accept",
                field
                    .accept
                    .iter()
                    .map(|kind| kind.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            (
                "strip-metadata",
                field
                    .strip_metadata
                    .map(|set| set.to_string())
                    .unwrap_or_default(),
            ),
            ("region", field.region.clone().unwrap_or_default()),
            ("signpost", signpost(field.signpost.as_ref())),
            (
                "signposts",
                field
                    .signposts
                    .0
                    .iter()
                    .map(|(option, one)| format!("{option}: {}", signpost(Some(one))))
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
        ]
    };
    each(before)
        .into_iter()
        .zip(each(after))
        .map(|((name, old), (_, new))| (name, old, new))
        .collect()
}
