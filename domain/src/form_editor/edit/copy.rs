//! Copying steps and questions. Texts go along; a copy gets a key of its own.

use super::UsedKeys;
use crate::forms::Definition;

impl Definition {
    /// Copies a question, with its texts, right behind it; gives back the key of the copy. A role stands once, so the copy has none.
    pub fn copy_field(&mut self, key: &str, used_keys: &UsedKeys) -> Option<String> {
        let new = self.copy_key(key, "vraag", used_keys);
        let (step, at) = self.position(key)?;
        let step = self.steps.get_mut(step)?;
        let mut copy = step.fields.get(at)?.clone();
        copy.key.clone_from(&new);
        copy.role = None;
        step.fields.insert(at + 1, copy);
        self.copy_texts(key, &new);
        Some(new)
    }

    /// Copies a step with its questions right behind it; gives back the key of the copy. Conditions on questions inside the step are
    /// about the copies.
    pub fn copy_step(&mut self, key: &str, used_keys: &UsedKeys) -> Option<String> {
        let at = self.steps.iter().position(|step| step.key == key)?;
        let mut copy = self.steps.get(at)?.clone();
        let new = self.copy_key(key, "stap", used_keys);
        let mut renamed = Vec::new();
        let mut given: UsedKeys = used_keys.clone();
        given.insert(new.clone());
        for field in &mut copy.fields {
            let name = self.copy_key(&field.key, "vraag", &given);
            given.insert(name.clone());
            renamed.push((std::mem::replace(&mut field.key, name.clone()), name));
            field.role = None;
        }
        for field in &mut copy.fields {
            for condition in field.conditions_mut() {
                for (old, name) in &renamed {
                    condition.rename(old, name);
                }
            }
        }
        copy.key.clone_from(&new);
        self.steps.insert(at + 1, copy);
        self.copy_texts(key, &new);
        for (old, name) in &renamed {
            self.copy_texts(old, name);
        }
        Some(new)
    }

    fn copy_key(&self, key: &str, otherwise: &str, used_keys: &UsedKeys) -> String {
        let words = Some(self.source_text(key)).filter(|words| !words.is_empty());
        self.new_key(words.unwrap_or(key), otherwise, used_keys)
    }

    fn copy_texts(&mut self, from: &str, to: &str) {
        for texts in self.texts.0.values_mut() {
            let copies: Vec<(String, String)> = texts
                .0
                .iter()
                .filter_map(|(key, text)| {
                    let rest = key.strip_prefix(from)?;
                    (rest.is_empty() || rest.starts_with('.'))
                        .then(|| (format!("{to}{rest}"), text.clone()))
                })
                .collect();
            texts.0.extend(copies);
        }
    }
}
