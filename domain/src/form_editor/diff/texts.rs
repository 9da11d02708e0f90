//! Of texts.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::labels::{label_of, shorten},
    Comparison,
};
use crate::forms::Definition;

impl Comparison<'_> {
    /// Texts of what stands in both; what came or went was told with its own sentence.
    pub(super) fn texts(&mut self) {
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
                let name = label_of(after, owner, self.language);
                let kind = self.text_kind(key, owner);
                let empty = String::new();
                let was = shorten(was.unwrap_or(&empty));
                let is = shorten(is.unwrap_or(&empty));
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
