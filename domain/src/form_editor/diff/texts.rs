//! Of texts.

use std::collections::BTreeSet;

use super::{
    super::labels::{label_of, shorten, text_kind},
    Comparison,
};
use crate::forms::{Definition, Unique};

impl Comparison<'_> {
    /// Texts of what stands in both; what came or went has its own sentence.
    pub(super) fn texts(&mut self) {
        let (before, after) = (self.before, self.after);
        let owners = |definition: &Definition| -> BTreeSet<String> {
            let steps = definition.steps.iter().map(|step| step.key.clone());
            let fields = definition.fields().map(|(_, field)| field.key.clone());
            steps.chain(fields).collect()
        };
        let (old, new) = (owners(before), owners(after));
        let languages: BTreeSet<&String> =
            before.texts.0.keys().chain(after.texts.0.keys()).collect();
        for language in languages {
            let empty = Unique::default();
            let were = &before.texts.0.get(language).unwrap_or(&empty).0;
            let are = &after.texts.0.get(language).unwrap_or(&empty).0;
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
                let kind = self.language.text(&format!("form-text-{}", text_kind(key)));
                let was = shorten(was.map_or("", String::as_str));
                let is = shorten(is.map_or("", String::as_str));
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
}
