//! What a form shows again after it was refused: everything that was typed, and what is wrong with it.

use domain::{FieldErrors, Language};

use crate::{csrf::Fields, problem::field_sentence};

/// Values and errors of a form.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    fields: Fields,
    /// As they are shown at their fields.
    beside: Vec<(String, String)>,
    /// As the summary shows them, with the name of the field.
    errors: Vec<(String, String)>,
}

impl FormState {
    /// A form nobody has sent yet.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A form with what it is about filled in.
    #[must_use]
    pub fn filled(fields: Fields) -> Self {
        Self {
            fields,
            beside: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The same errors over these fields.
    #[must_use]
    pub fn over(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// The same form with this value of one field.
    #[must_use]
    pub fn with(self, field: &str, value: String) -> Self {
        Self {
            fields: self.fields.with(field, value),
            ..self
        }
    }

    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// A form that was refused.
    #[must_use]
    pub fn refused(fields: Fields, errors: &FieldErrors, language: Language) -> Self {
        Self::refused_on("input", fields, errors, language)
    }

    /// A form that was refused, on a page whose labels are the texts `<page>-<field>`. What has no label there is called as everywhere.
    #[must_use]
    pub fn refused_on(
        page: &str,
        fields: Fields,
        errors: &FieldErrors,
        language: Language,
    ) -> Self {
        Self::refused_as(fields, errors, language, |field| {
            let base = field.split('.').next().unwrap_or_default();
            let name = super::dashed(base).replace('_', "-");
            let keys = [page, "input"].map(|page| format!("{page}-{name}"));
            let key = keys.iter().find(|key| language.has(key))?;
            Some(called(&language.text(key)).to_owned())
        })
    }

    /// A form that was refused, on a page that has names of its own for its fields.
    #[must_use]
    pub fn refused_as(
        fields: Fields,
        errors: &FieldErrors,
        language: Language,
        name: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let beside: Vec<(String, String)> = (errors.problems().iter())
            .map(|problem| (problem.field.clone(), field_sentence(problem, language)))
            .collect();
        let errors = beside
            .iter()
            .map(|(field, sentence)| {
                let sentence = match name(field) {
                    Some(name) if name.ends_with(['?', '.', '!', ':']) => {
                        format!("{name} {sentence}")
                    }
                    Some(name) => format!("{name}: {sentence}"),
                    None => sentence.clone(),
                };
                (field.clone(), sentence)
            })
            .collect();
        Self {
            fields,
            beside,
            errors,
        }
    }

    /// What was typed in a field.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.fields.text(field)
    }

    /// What was typed in a field, or something to begin with.
    #[must_use]
    pub fn value_or<'a>(&'a self, field: &str, start: &'a str) -> &'a str {
        self.fields.get(field).unwrap_or(start)
    }

    /// Whether a choice was made.
    #[must_use]
    pub fn chose(&self, field: &str, option: &str) -> bool {
        self.fields.iter().any(|pair| pair == (field, option))
    }

    /// Whether a field holds a word with something behind it.
    #[must_use]
    pub fn is(&self, field: &str, start: &str, end: &str) -> bool {
        self.value(field).strip_prefix(start) == Some(end)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        self.beside
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, sentence)| sentence.as_str())
    }

    /// Everything that is wrong, as `(field, sentence)`. The sentence names the field, because it is shown on top of the page.
    #[must_use]
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }
}

/// What a label calls its field: its first sentence, without what stands between brackets.
pub fn called(label: &str) -> &str {
    let first = label.split_inclusive(['?', '.']).next().unwrap_or(label);
    first.split(" (").next().unwrap_or(first).trim()
}
