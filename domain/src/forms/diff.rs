//! What differs between two definitions, in words that an editor and an auditor can read.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    condition::Condition,
    definition::{Definition, Field, Signpost, Step},
    words::{condition_in_words, field_in_words, piece},
};
use crate::Language;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of difference, as a word for programs.
    pub code: &'static str,
    /// Key of the text, step or question it is about.
    pub about: String,
    /// The difference as a sentence.
    pub sentence: String,
}

struct Comparing<'d> {
    before: &'d Definition,
    after: &'d Definition,
    language: Language,
    changes: Vec<Change>,
}

/// Everything that differs, in the order of the form. Two equal definitions differ in nothing.
#[must_use]
pub fn diff(before: &Definition, after: &Definition, language: Language) -> Vec<Change> {
    let mut comparing = Comparing {
        before,
        after,
        language,
        changes: Vec::new(),
    };
    comparing.frame();
    comparing.steps();
    comparing.fields();
    comparing.texts();
    comparing.changes
}

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

/// Which of `after` do not stand in the order they had in `before`: the fewest that have to be moved.
fn moved<'a>(before: &[&'a str], after: &[&'a str]) -> BTreeSet<&'a str> {
    let place: BTreeMap<&str, usize> = before
        .iter()
        .enumerate()
        .map(|(at, key)| (*key, at))
        .collect();
    let common: Vec<(&str, usize)> = after
        .iter()
        .filter_map(|key| Some((*key, *place.get(key)?)))
        .collect();
    // The longest run that kept its order: per element its length and what stood before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (index, (_, at)) in common.iter().enumerate() {
        let best = common
            .iter()
            .zip(&runs)
            .enumerate()
            .take(index)
            .filter(|(_, ((_, earlier), _))| earlier < at)
            .max_by_key(|(_, (_, (length, _)))| *length)
            .map(|(earlier, (_, (length, _)))| (*length, earlier));
        runs.push(match best {
            Some((length, earlier)) => (length + 1, Some(earlier)),
            None => (1, None),
        });
    }
    let mut kept = BTreeSet::new();
    let mut at = (0..runs.len()).max_by_key(|index| runs.get(*index).map(|run| run.0));
    while let Some(index) = at {
        kept.insert(index);
        at = runs.get(index).and_then(|run| run.1);
    }
    common
        .iter()
        .enumerate()
        .filter(|(index, _)| !kept.contains(index))
        .map(|(_, (key, _))| *key)
        .collect()
}

impl Comparing<'_> {
    fn note(&mut self, code: &'static str, about: &str, values: &[(&str, &str)]) {
        let sentence = self
            .language
            .text_with(&format!("form-change-{code}"), values);
        self.changes.push(Change {
            code,
            about: about.to_owned(),
            sentence,
        });
    }

    fn setting(&mut self, about: &str, name: &str, before: &str, after: &str) {
        if before == after {
            return;
        }
        let nothing = self.language.text("form-nothing");
        let or_nothing = |text: &str| {
            if text.is_empty() {
                nothing.clone()
            } else {
                piece(text)
            }
        };
        let what = field_in_words(self.after, about, self.language);
        let setting = self.language.text(&format!("form-setting-{name}"));
        let (before, after) = (or_nothing(before), or_nothing(after));
        self.note(
            "setting",
            about,
            &[
                ("what", &what),
                ("setting", &setting),
                ("before", &before),
                ("after", &after),
            ],
        );
    }

    fn frame(&mut self) {
        let (before, after) = (self.before, self.after);
        for language in &after.languages {
            if !before.languages.contains(language) {
                self.note("language-added", language, &[("language", language)]);
            }
        }
        for language in &before.languages {
            if !after.languages.contains(language) {
                self.note("language-removed", language, &[("language", language)]);
            }
        }
        if let (Some(old), Some(new)) = (before.languages.first(), after.languages.first())
            && old != new
        {
            self.note("language-source", new, &[("language", new)]);
        }
        let (old, new) = (&before.privacy, &after.privacy);
        self.setting("title", "key", &before.key, &after.key);
        self.setting("title", "purpose", &old.purpose, &new.purpose);
        self.setting("title", "basis", &old.basis, &new.basis);
        for (name, old, new) in [
            ("draft-hours", old.draft_hours, new.draft_hours),
            ("spam-days", old.spam_days, new.spam_days),
            ("closed-days", old.closed_days, new.closed_days),
        ] {
            self.setting("title", name, &old.to_string(), &new.to_string());
        }
    }

    fn steps(&mut self) {
        let (before, after) = (self.before, self.after);
        let keys = |definition: &'_ Definition| -> Vec<String> {
            definition
                .steps
                .iter()
                .map(|step| step.key.clone())
                .collect()
        };
        let (old, new) = (keys(before), keys(after));
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        for step in &before.steps {
            if !new.contains(&step.key.as_str()) {
                let name = field_in_words(before, &step.key, self.language);
                self.note("step-removed", &step.key, &[("step", &name)]);
            }
        }
        let moved = moved(&old, &new);
        for step in &after.steps {
            let name = field_in_words(after, &step.key, self.language);
            let Some(known) = before.step(&step.key) else {
                self.note("step-added", &step.key, &[("step", &name)]);
                continue;
            };
            if moved.contains(step.key.as_str()) {
                self.note("step-moved", &step.key, &[("step", &name)]);
            }
            let show = self.conditions(known.show_if.as_ref(), step.show_if.as_ref());
            self.setting(&step.key, "show-if", &show.0, &show.1);
        }
    }

    /// Two conditions in words; words that are equal although the conditions differ are told apart by the document itself.
    fn conditions(
        &self,
        before: Option<&Condition>,
        after: Option<&Condition>,
    ) -> (String, String) {
        let words = |definition: &Definition, condition: Option<&Condition>| {
            condition
                .map(|condition| condition_in_words(definition, condition, self.language))
                .unwrap_or_default()
        };
        if before == after {
            return (String::new(), String::new());
        }
        let (old, new) = (words(self.before, before), words(self.after, after));
        if old == new {
            let raw = |condition: Option<&Condition>| {
                condition
                    .and_then(|condition| serde_json::to_string(condition).ok())
                    .unwrap_or_default()
            };
            return (raw(before), raw(after));
        }
        (old, new)
    }

    fn fields(&mut self) {
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
                let name = field_in_words(before, key, self.language);
                self.note("field-removed", key, &[("field", &name)]);
            }
        }
        let moved = moved(&old_keys, &new_keys);
        for key in &new_keys {
            let Some((step, field)) = new.get(key) else {
                continue;
            };
            let name = field_in_words(after, key, self.language);
            let place = field_in_words(after, &step.key, self.language);
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
        for (name, old, new) in limits(before, after) {
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
        let field = field_in_words(new, key, self.language);
        for option in &before.options {
            if !after.options.contains(option) {
                let name = field_in_words(old, &format!("{key}.{option}"), self.language);
                self.note(
                    "option-removed",
                    key,
                    &[("field", &field), ("option", &name)],
                );
            }
        }
        for option in &after.options {
            if !before.options.contains(option) {
                let name = field_in_words(new, &format!("{key}.{option}"), self.language);
                self.note("option-added", key, &[("field", &field), ("option", &name)]);
            }
        }
        let old_keys: Vec<&str> = before.options.iter().map(String::as_str).collect();
        let new_keys: Vec<&str> = after.options.iter().map(String::as_str).collect();
        if !moved(&old_keys, &new_keys).is_empty() {
            self.note("options-moved", key, &[("field", &field)]);
        }
    }

    /// Texts of what stands in both; what came or went was told with its own sentence.
    fn texts(&mut self) {
        let (before, after) = (self.before, self.after);
        let owners = |definition: &Definition| -> BTreeSet<String> {
            definition
                .steps
                .iter()
                .flat_map(|step| {
                    std::iter::once(step.key.clone())
                        .chain(step.fields.iter().map(|field| field.key.clone()))
                })
                .collect()
        };
        let (old, new) = (owners(before), owners(after));
        let languages: BTreeSet<&String> =
            before.texts.0.keys().chain(after.texts.0.keys()).collect();
        for language in languages {
            let texts = |definition: &'_ Definition| -> BTreeMap<String, String> {
                definition
                    .texts
                    .0
                    .get(language)
                    .map(|texts| texts.0.clone())
                    .unwrap_or_default()
            };
            let (were, are) = (texts(before), texts(after));
            let keys: BTreeSet<&String> = were.keys().chain(are.keys()).collect();
            for key in keys {
                let owner = key.split('.').next().unwrap_or_default();
                let comes_or_goes =
                    old.contains(owner) != new.contains(owner) || self.option_comes_or_goes(key);
                let (was, is) = (were.get(key), are.get(key));
                if was == is || comes_or_goes {
                    continue;
                }
                let name = field_in_words(after, owner, self.language);
                let kind = self.text_kind(key, owner);
                let empty = String::new();
                let was = piece(was.unwrap_or(&empty));
                let is = piece(is.unwrap_or(&empty));
                let code = match (was.is_empty(), is.is_empty()) {
                    (true, _) => "text-added",
                    (_, true) => "text-removed",
                    _ => "text",
                };
                self.note(
                    code,
                    key,
                    &[
                        ("what", &name),
                        ("kind", &kind),
                        ("language", language),
                        ("before", &was),
                        ("after", &is),
                    ],
                );
            }
        }
    }

    fn option_comes_or_goes(&self, key: &str) -> bool {
        let mut parts = key.split('.');
        let (Some(field), Some(option)) = (parts.next(), parts.next()) else {
            return false;
        };
        let has = |definition: &Definition| {
            definition
                .field(field)
                .is_some_and(|field| field.options.iter().any(|one| one == option))
        };
        has(self.before) != has(self.after)
    }

    /// What a text is to its owner: the question, its explanation, an answer, a signpost.
    fn text_kind(&self, key: &str, owner: &str) -> String {
        let rest = key.get(owner.len() + 1..).unwrap_or_default();
        let word = match rest {
            "" => "label",
            "hint" => "hint",
            "advise" => "advise",
            _ if rest.ends_with("signpost_link") => "signpost-link",
            _ if rest.ends_with("signpost") => "signpost",
            _ => "option",
        };
        self.language.text(&format!("form-text-{word}"))
    }
}

/// The limits of a question as text.
fn limits(before: &Field, after: &Field) -> Vec<(&'static str, String, String)> {
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
