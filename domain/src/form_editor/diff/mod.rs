//! What differs between two definitions, in words that an editor and an auditor can read.

mod fields;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::labels::{describe_condition, label_of, shorten};
use crate::{
    Language,
    forms::{Condition, Definition},
};

/// A difference between two definitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangeItem)]
pub struct Change {
    /// What kind of difference, as a word for programs.
    #[schema(example = "field-added")]
    pub code: &'static str,
    /// Key of the text, step or field it is about.
    pub about: String,
    /// The difference in words, in the language of the caller.
    pub sentence: String,
}

struct Comparison<'d> {
    before: &'d Definition,
    after: &'d Definition,
    language: Language,
    changes: Vec<Change>,
}

/// Everything that differs, in the order of the form. Two equal definitions differ in nothing.
#[must_use]
pub fn diff(before: &Definition, after: &Definition, language: Language) -> Vec<Change> {
    let mut comparing = Comparison {
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

/// Which of `after` do not stand in the order they had in `before`: the fewest that have to be moved.
fn moved<'a>(before: &[&'a str], after: &[&'a str]) -> BTreeSet<&'a str> {
    // A draft may have a key twice; the first is the one that counts.
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, key) in before.iter().enumerate() {
        place.entry(key).or_insert(at);
    }
    let mut seen = BTreeSet::new();
    let common: Vec<(&str, usize)> = after
        .iter()
        .filter(|key| seen.insert(**key))
        .filter_map(|key| Some((*key, *place.get(key)?)))
        .collect();
    // The longest run of keys that kept their order, up to each key.
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for (key, at) in &common {
        let earlier = common
            .iter()
            .zip(&runs)
            .filter(|((_, earlier), _)| earlier < at);
        let longest = earlier.map(|(_, run)| run).max_by_key(|run| run.len());
        let mut run = longest.cloned().unwrap_or_default();
        run.push(key);
        runs.push(run);
    }
    let kept = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let keys = common.into_iter().map(|(key, _)| key);
    keys.filter(|key| !kept.contains(key)).collect()
}

impl<'d> Comparison<'d> {
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
                shorten(text)
            }
        };
        let what = label_of(self.after, about, self.language);
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
        let keys = |definition: &'d Definition| -> Vec<&'d str> {
            definition
                .steps
                .iter()
                .map(|step| step.key.as_str())
                .collect()
        };
        let (old, new) = (keys(before), keys(after));
        for step in &before.steps {
            if !new.contains(&step.key.as_str()) {
                let name = label_of(before, &step.key, self.language);
                self.note("step-removed", &step.key, &[("step", &name)]);
            }
        }
        let moved = moved(&old, &new);
        let mut seen = BTreeSet::new();
        for step in after.steps.iter().filter(|step| seen.insert(&step.key)) {
            let name = label_of(after, &step.key, self.language);
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

    /// Two conditions in words; when the words are equal although the conditions differ, the document itself is shown.
    fn conditions(
        &self,
        before: Option<&Condition>,
        after: Option<&Condition>,
    ) -> (String, String) {
        let words = |definition: &Definition, condition: Option<&Condition>| {
            condition
                .map(|condition| describe_condition(definition, condition, self.language))
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
}
