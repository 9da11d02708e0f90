//! A definition made fit to work with: checked once, immutable, shared.

use std::collections::HashMap;

use super::{
    definition::{Definition, Field, Step},
    kinds::{FieldType, Pii, Role},
    prose::Prose,
    validation::{self, Issue, text_keys},
};

/// A form that passed every check.
#[derive(Clone, Debug)]
pub struct Form {
    definition: Definition,
    /// Texts with a little markup, read once: per language, per key.
    prose: HashMap<String, HashMap<String, Prose>>,
}

/// What happens with the answer of a field when its time is over (AVG art. 5 lid 1 onder e).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Key of the field.
    pub field: String,
    /// What to do with its answer.
    pub how: Erase,
}

/// What erasing does to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    /// The answer goes.
    Remove,
    /// The answer is cut to the neighbourhood.
    CutToArea,
    /// The files go, with everything made from them.
    RemoveFiles,
    /// The proof of the yes stays as long as the yes is used: the text, the version and the time.
    KeepProof,
}

impl Form {
    /// Checks a definition, all issues at once.
    ///
    /// # Errors
    /// Every issue, each with its place.
    pub fn compile(definition: Definition) -> Result<Self, Vec<Issue>> {
        let issues = validation::validate(&definition);
        if issues.is_empty() {
            Ok(Self::of_draft(definition))
        } else {
            Err(issues)
        }
    }

    /// The form as far as it can be shown, checked or not: for the preview of a draft. Never hand anything in with it.
    #[must_use]
    pub fn of_draft(definition: Definition) -> Self {
        let prose = proses(&definition);
        Self { definition, prose }
    }

    /// Bytes of its document, as a measure of what keeping it costs.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(self.definition.canonical().len()).unwrap_or(u32::MAX)
    }

    /// The definition it was made from.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// Its steps in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.definition.steps
    }

    /// A step by its key, with its index.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<(usize, &Step)> {
        self.steps()
            .iter()
            .enumerate()
            .find(|(_, step)| step.key == key)
    }

    /// A field by its key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.definition
            .fields()
            .map(|(_, field)| field)
            .find(|field| field.key == key)
    }

    /// All fields in document order, with the index of their step.
    pub fn fields(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.steps()
            .iter()
            .enumerate()
            .flat_map(|(index, step)| step.fields.iter().map(move |field| (index, field)))
    }

    /// The field that has a role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<&Field> {
        let mut fields = self.definition.fields().map(|(_, field)| field);
        fields.find(|field| field.role == Some(role))
    }

    /// A text in `language`, or in the source language when it is missing there; with the language it really is in.
    #[must_use]
    pub fn text<'a>(&'a self, language: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
        self.fallbacks(language)
            .find_map(|language| Some((self.definition.exact_text(language, key)?, language)))
    }

    /// A text with its markup read, in `language` or in the source language; with the language it really is in. Info fields, hints, the
    /// lead of the form and sentences of signposts have markup; other texts have none.
    #[must_use]
    pub fn prose<'a>(&'a self, language: &'a str, key: &str) -> Option<(&'a Prose, &'a str)> {
        self.fallbacks(language)
            .find_map(|language| Some((self.prose.get(language)?.get(key)?, language)))
    }

    fn fallbacks<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::once(language).chain(self.definition.languages.first().map(String::as_str))
    }

    /// What happens with each answer when its time is over, field by field; fields whose answers hold nothing personal are not in it.
    #[must_use]
    pub fn erasures(&self) -> Vec<Erasure> {
        let plan = |(_, field): (_, &Field)| {
            Some(Erasure {
                field: field.key.clone(),
                how: erasure(field)?,
            })
        };
        self.fields().filter_map(plan).collect()
    }
}

fn erasure(field: &Field) -> Option<Erase> {
    if field.r#type == FieldType::Info {
        return None;
    }
    match field.pii.max(field.r#type.floor()) {
        Pii::None => None,
        Pii::Consent if field.r#type == FieldType::Consent => Some(Erase::KeepProof),
        Pii::Location => Some(Erase::CutToArea),
        // Published before this was refused: what is no yes is no proof.
        Pii::Consent | Pii::Contact | Pii::Freetext => Some(Erase::Remove),
        Pii::File => Some(Erase::RemoveFiles),
    }
}

fn proses(definition: &Definition) -> HashMap<String, HashMap<String, Prose>> {
    let mut keys = text_keys(definition);
    keys.retain(|key| key.prose);
    let read = |language: &String| {
        let prose = keys.iter().filter_map(|key| {
            let text = definition.exact_text(language, &key.key)?;
            let prose = Prose::parse(text).unwrap_or_else(|_| Prose::plain(text));
            Some((key.key.clone(), prose)).filter(|_| !text.trim().is_empty())
        });
        (language.clone(), prose.collect())
    };
    definition.texts.0.keys().map(read).collect()
}
