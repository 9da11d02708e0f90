//! Removing steps, questions and options with their texts.

use crate::forms::Definition;

impl Definition {
    /// Removes a step with its questions and texts; whether there was one.
    pub fn remove_step(&mut self, key: &str) -> bool {
        let Some(at) = self.steps.iter().position(|step| step.key == key) else {
            return false;
        };
        let step = self.steps.remove(at);
        for field in &step.fields {
            self.remove_unused_texts(&field.key);
        }
        self.remove_unused_texts(key);
        true
    }

    /// Removes a question with its texts; whether there was one. Of two with the same key, as a file may hold them, the second keeps both.
    pub fn remove_field(&mut self, key: &str) -> bool {
        let Some((step, field)) = self.position(key) else {
            return false;
        };
        if let Some(step) = self.steps.get_mut(step) {
            step.fields.remove(field);
        }
        self.remove_unused_texts(key);
        true
    }

    /// Removes the texts of what was removed, unless something else still goes by that key.
    fn remove_unused_texts(&mut self, key: &str) {
        let is_left = self
            .steps
            .iter()
            .any(|step| step.key == key || step.fields.iter().any(|field| field.key == key));
        if !is_left {
            self.remove_texts(key);
        }
    }

    /// Removes an option with its texts; whether there was one. Of two with the same key, as a file may hold them, the second keeps both.
    pub fn remove_option(&mut self, field: &str, option: &str) -> bool {
        let Some(found) = self.field_mut(field) else {
            return false;
        };
        let Some(at) = found.options.iter().position(|one| one == option) else {
            return false;
        };
        found.options.remove(at);
        if !found.options.iter().any(|one| one == option) {
            found.signposts.0.remove(option);
            self.remove_texts(&format!("{field}.{option}"));
        }
        true
    }

    /// Removes the text `key` and all below it.
    pub fn remove_texts(&mut self, key: &str) {
        for texts in self.texts.0.values_mut() {
            texts.0.retain(|one, _| {
                one.strip_prefix(key)
                    .is_none_or(|rest| !(rest.is_empty() || rest.starts_with('.')))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        form_editor::{Template, UsedKeys},
        forms::{FieldType, Signpost},
    };

    #[test]
    fn of_two_answers_with_one_key_one_goes_and_the_other_keeps_its_words() {
        let mut form = Template::Complaint.definition("proef", "Proef").unwrap();
        let soort = form.field_mut("soort").unwrap();
        soort.options.push("tip".to_owned());
        let signpost = Signpost {
            phone: Some("112".to_owned()),
            ..Signpost::default()
        };
        soort.signposts.0.insert("tip".to_owned(), signpost);
        form.set_text("nl", "soort.tip.signpost", "Bel ons");
        assert!(form.remove_option("soort", "tip"));
        let soort = form.field("soort").unwrap();
        assert_eq!(soort.options, ["klacht", "compliment", "tip"]);
        assert!(soort.signposts.0.contains_key("tip"));
        for key in ["soort.tip", "soort.tip.signpost"] {
            assert!(form.exact_text("nl", key).is_some(), "{key}");
        }
        assert!(form.remove_option("soort", "tip"));
        let soort = form.field("soort").unwrap();
        assert_eq!(soort.options, ["klacht", "compliment"]);
        assert!(soort.signposts.is_empty());
        for key in ["soort.tip", "soort.tip.signpost"] {
            assert_eq!(form.exact_text("nl", key), None, "{key}");
            assert_eq!(form.exact_text("en", key), None, "{key}");
        }
        assert!(!form.remove_option("soort", "tip"), "there is none left");
    }

    #[test]
    fn an_answer_whose_key_begins_like_another_keeps_its_words() {
        let mut form = Template::Blank.definition("proef", "Proef").unwrap();
        let step = form.add_step("Begin", &UsedKeys::new());
        let field = form
            .add_field(&step, FieldType::Choice, "Kleur", &UsedKeys::new())
            .unwrap();
        for label in ["Rood", "Rood licht"] {
            form.add_option(&field, label).unwrap();
        }
        assert!(form.remove_option(&field, "rood"));
        assert_eq!(form.exact_text("nl", "kleur.rood"), None);
        assert_eq!(
            form.exact_text("nl", "kleur.rood_licht"),
            Some("Rood licht")
        );
    }
}
