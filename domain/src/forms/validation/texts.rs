//! Of texts: the source language has them all, and none holds what a text may not hold.

use super::{Check, TEXT_MAX};
use crate::{
    forms::{definition::Definition, kinds::FieldType, prose::Prose},
    text,
};

impl Check<'_> {
    /// Every text that the source language must have, and what no text may hold.
    pub(super) fn texts(&mut self) {
        let definition = self.definition;
        let Some(source) = definition.languages.first() else {
            self.issue("language-missing", "languages", "");
            return;
        };
        let Some(texts) = definition.texts.0.get(source) else {
            self.issue("language-missing", "texts", source);
            return;
        };
        let keys = text_keys(definition);
        for key in keys.iter().filter(|key| key.needed) {
            if texts
                .0
                .get(&key.key)
                .is_none_or(|text| text.trim().is_empty())
            {
                self.issue("text-missing", format!("texts/{source}"), &key.key);
            }
        }
        for (language, texts) in &definition.texts.0 {
            if !definition.languages.contains(language) {
                self.issue("language-unknown", "texts", language);
            }
            let place = format!("texts/{language}");
            for (key, text) in &texts.0 {
                if text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX {
                    self.issue("text-too-long", &place, key);
                }
                if text::deceives(text) {
                    self.issue("text-deceives", &place, key);
                }
            }
            for key in keys.iter().filter(|key| key.prose) {
                let refused = texts
                    .0
                    .get(&key.key)
                    .and_then(|text| Prose::parse(text).err());
                if let Some(refused) = refused {
                    self.issue("markup-refused", &place, &key.key);
                    self.set_other(refused.value);
                }
            }
        }
    }
}

/// A text that a form has or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextKey {
    /// Its key among the texts.
    pub key: String,
    /// Whether the source language must have it.
    pub needed: bool,
    /// Whether it may hold a little markup.
    pub prose: bool,
}

/// Every text of a form, in the order in which residents meet them.
#[must_use]
pub fn text_keys(definition: &Definition) -> Vec<TextKey> {
    let mut keys = Vec::new();
    let mut push =
        |key: String, needed: bool, prose: bool| keys.push(TextKey { key, needed, prose });
    push("title".to_owned(), true, false);
    push("lead".to_owned(), false, true);
    for step in &definition.steps {
        push(step.key.clone(), true, false);
        for field in &step.fields {
            if field.r#type == FieldType::Context {
                continue;
            }
            let info = field.r#type == FieldType::Info;
            push(field.key.clone(), true, info);
            if let Some(signpost) = &field.signpost {
                push(format!("{}.signpost", field.key), true, true);
                if signpost.link.is_some() {
                    push(format!("{}.signpost_link", field.key), true, false);
                }
            }
            if !info {
                push(format!("{}.hint", field.key), false, true);
            }
            for option in &field.options {
                push(format!("{}.{option}", field.key), true, false);
                if let Some(signpost) = field.signposts.0.get(option) {
                    push(format!("{}.{option}.signpost", field.key), true, true);
                    if signpost.link.is_some() {
                        push(format!("{}.{option}.signpost_link", field.key), true, false);
                    }
                }
            }
            if field.advise.is_some() {
                push(format!("{}.advise", field.key), false, false);
            }
        }
    }
    keys
}
