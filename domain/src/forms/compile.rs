//! A definition made fit to work with: checked once, immutable, shared.

use std::collections::HashMap;

use super::{
    definition::{Definition, Field, Step},
    kinds::{FieldType, Pii, Report, Role},
    prose::Prose,
    validation::{self, Issue, text_keys},
};

/// A form that passed every check.
#[derive(Clone, Debug)]
pub struct Form {
    definition: Definition,
    /// Position of each field: step and place in the step.
    positions: HashMap<String, (usize, usize)>,
    roles: HashMap<Role, String>,
    /// Texts with a little markup, read once: per language, per key.
    prose: HashMap<String, HashMap<String, Prose>>,
    erasures: Vec<Erasure>,
    reports: Vec<(String, Report)>,
    weight: u32,
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

    /// The form as far as it can be shown, checked or not: for a look at a draft. Never hand anything in with it.
    #[must_use]
    pub fn of_draft(definition: Definition) -> Self {
        let mut positions = HashMap::new();
        let mut roles = HashMap::new();
        let mut erasures = Vec::new();
        let mut reports = Vec::new();
        for (step_index, step) in definition.steps.iter().enumerate() {
            for (index, field) in step.fields.iter().enumerate() {
                positions.insert(field.key.clone(), (step_index, index));
                if let Some(role) = field.role {
                    roles.insert(role, field.key.clone());
                }
                if let Some(how) = erasure(field) {
                    erasures.push(Erasure {
                        field: field.key.clone(),
                        how,
                    });
                }
                if let Some(report) = field.report {
                    reports.push((field.key.clone(), report));
                }
            }
        }
        let prose = proses(&definition);
        let weight = u32::try_from(definition.canonical().len()).unwrap_or(u32::MAX);
        Self {
            definition,
            positions,
            roles,
            prose,
            erasures,
            reports,
            weight,
        }
    }

    /// Bytes of its document, as a measure of what keeping it costs.
    pub(super) fn weight(&self) -> u32 {
        self.weight
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
        let (step, field) = *self.positions.get(key)?;
        self.steps().get(step)?.fields.get(field)
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
        self.field(self.roles.get(&role)?)
    }

    /// A text in `language`, or in the source language when it is missing there; with the language it really is in.
    #[must_use]
    pub fn text<'a>(&'a self, language: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
        let texts = &self.definition.texts.0;
        self.fallbacks(language).find_map(|language| {
            texts
                .get(language)?
                .0
                .get(key)
                .filter(|text| !text.is_empty())
                .map(|text| (text.as_str(), language))
        })
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
    pub fn erasures(&self) -> &[Erasure] {
        &self.erasures
    }

    /// What reports count, field by field.
    #[must_use]
    pub fn reports(&self) -> &[(String, Report)] {
        &self.reports
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
    let keys = text_keys(definition);
    definition
        .texts
        .0
        .iter()
        .map(|(language, texts)| {
            let prose = keys
                .iter()
                .filter(|key| key.prose)
                .filter_map(|key| {
                    let text = texts
                        .0
                        .get(&key.key)
                        .filter(|text| !text.trim().is_empty())?;
                    let prose = Prose::parse(text).unwrap_or_else(|_| Prose::plain(text));
                    Some((key.key.clone(), prose))
                })
                .collect();
            (language.clone(), prose)
        })
        .collect()
}
