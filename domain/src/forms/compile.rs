//! A definition made fit to work with: checked once, immutable, shared.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    condition::{Condition, DEPTH_MAX, LEAVES_MAX, Op, Operand},
    definition::{Definition, Field, FieldType, Role, Step},
};

/// Most steps.
pub const STEPS_MAX: usize = 10;
/// Most fields over all steps.
pub const FIELDS_MAX: usize = 64;
/// Most options of one field.
pub const OPTIONS_MAX: usize = 64;
/// Most files of one field.
pub const FILES_MAX: u32 = 10;
/// Largest file, in MB.
pub const FILE_MB_MAX: u32 = 10;

/// Why a definition cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong, as a word that the locale files put into a sentence.
    pub code: &'static str,
    /// Where, such as `steps/contact/fields/wanneer/show_if`.
    pub place: String,
    /// The value it is about.
    pub value: String,
}

/// A form that passed every check.
#[derive(Clone, Debug)]
pub struct Form {
    definition: Definition,
    /// Position of each field: step and place in the step.
    positions: HashMap<String, (usize, usize)>,
    roles: HashMap<Role, String>,
}

struct Check {
    flaws: Vec<Flaw>,
    seen: BTreeMap<String, (FieldType, Vec<String>)>,
}

impl Check {
    fn flaw(&mut self, code: &'static str, place: impl Into<String>, value: impl ToString) {
        self.flaws.push(Flaw {
            code,
            place: place.into(),
            value: value.to_string(),
        });
    }

    fn condition(&mut self, condition: &Condition, place: &str) {
        if condition.depth() > DEPTH_MAX {
            self.flaw("condition-too-deep", place, condition.depth());
        }
        let leaves = condition.leaves();
        if leaves.len() > LEAVES_MAX {
            self.flaw("condition-too-wide", place, leaves.len());
        }
        for leaf in leaves {
            let Some((kind, options)) = self.seen.get(&leaf.field).cloned() else {
                self.flaw("condition-not-earlier", place, &leaf.field);
                continue;
            };
            let words: Vec<&String> = match &leaf.value {
                None => Vec::new(),
                Some(Operand::One(word)) => vec![word],
                Some(Operand::Many(words)) => words.iter().collect(),
            };
            let fits = match leaf.op {
                Op::Given => words.is_empty(),
                Op::Is => kind == FieldType::Choice && matches!(leaf.value, Some(Operand::One(_))),
                Op::In => kind == FieldType::Choice && matches!(leaf.value, Some(Operand::Many(_))),
                Op::Has => {
                    kind == FieldType::Choices && matches!(leaf.value, Some(Operand::One(_)))
                }
                Op::Lt | Op::Le | Op::Gt | Op::Ge => {
                    matches!(kind, FieldType::Number | FieldType::Date)
                        && matches!(leaf.value, Some(Operand::One(_)))
                }
            };
            if !fits {
                self.flaw("condition-unfit", place, &leaf.field);
            }
            if matches!(leaf.op, Op::Is | Op::In | Op::Has) {
                for word in words {
                    if !options.contains(word) {
                        self.flaw(
                            "condition-unknown-option",
                            place,
                            format!("{}.{word}", leaf.field),
                        );
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &Field, place: &str) {
        if !is_key(&field.key) {
            self.flaw("key-malformed", place, &field.key);
        }
        if field.pii < field.r#type.floor() {
            self.flaw("pii-below-floor", place, field.r#type.as_str());
        }
        let choices = matches!(field.r#type, FieldType::Choice | FieldType::Choices);
        let listed = choices || field.r#type == FieldType::Context;
        if listed && field.options.is_empty() {
            self.flaw("options-missing", place, &field.key);
        }
        if !listed && !field.options.is_empty() {
            self.flaw("setting-unfit", place, "options");
        }
        if field.options.len() > OPTIONS_MAX {
            self.flaw("too-many-options", place, field.options.len());
        }
        let mut options = HashSet::new();
        for option in &field.options {
            if !options.insert(option) {
                self.flaw("option-twice", place, option);
            }
            if !is_key(option) {
                self.flaw("key-malformed", place, option);
            }
        }
        if field
            .max
            .is_some_and(|max| max == 0 || max > field.r#type.longest())
        {
            self.flaw("limit-out-of-range", place, field.max.unwrap_or_default());
        }
        let files = field.r#type == FieldType::Files;
        for (name, set) in [
            ("max_files", field.max_files.is_some()),
            ("max_mb", field.max_mb.is_some()),
            ("accept", !field.accept.is_empty()),
        ] {
            if set && !files {
                self.flaw("setting-unfit", place, name);
            }
        }
        if field
            .max_files
            .is_some_and(|max| max == 0 || max > FILES_MAX)
        {
            self.flaw("limit-out-of-range", place, "max_files");
        }
        if field
            .max_mb
            .is_some_and(|max| max == 0 || max > FILE_MB_MAX)
        {
            self.flaw("limit-out-of-range", place, "max_mb");
        }
        if field.r#type == FieldType::Info && field.required.is_some() {
            self.flaw("setting-unfit", place, "required");
        }
        let conditions = [
            ("show_if", field.show_if.as_ref()),
            (
                "required/if",
                field
                    .required
                    .as_ref()
                    .and_then(|required| required.r#if.as_ref()),
            ),
            (
                "advise/if",
                field
                    .advise
                    .as_ref()
                    .and_then(|advise| advise.r#if.as_ref()),
            ),
        ];
        for (name, condition) in conditions {
            if let Some(condition) = condition {
                self.condition(condition, &format!("{place}/{name}"));
            }
        }
        if field
            .required
            .as_ref()
            .is_some_and(|required| required.because.trim().is_empty())
        {
            self.flaw("reason-missing", place, &field.key);
        }
    }
}

/// `[a-z][a-z0-9_]{0,39}`
fn is_key(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

impl Form {
    /// Checks a definition, all flaws at once.
    ///
    /// # Errors
    /// Every flaw, each with its place.
    pub fn compile(definition: Definition) -> Result<Self, Vec<Flaw>> {
        let mut check = Check {
            flaws: Vec::new(),
            seen: BTreeMap::new(),
        };
        let mut positions = HashMap::new();
        let mut roles: HashMap<Role, String> = HashMap::new();
        let mut steps = HashSet::new();
        if definition.steps.is_empty() || definition.steps.len() > STEPS_MAX {
            check.flaw("too-many-steps", "steps", definition.steps.len());
        }
        for (step_index, step) in definition.steps.iter().enumerate() {
            let place = format!("steps/{}", step.key);
            if !is_key(&step.key) || step.key == "controle" {
                check.flaw("key-malformed", &place, &step.key);
            }
            if !steps.insert(step.key.as_str()) {
                check.flaw("step-twice", &place, &step.key);
            }
            if step.fields.is_empty() {
                check.flaw("step-empty", &place, &step.key);
            }
            if let Some(condition) = &step.show_if {
                check.condition(condition, &format!("{place}/show_if"));
            }
            for (index, field) in step.fields.iter().enumerate() {
                let place = format!("{place}/fields/{}", field.key);
                check.field(field, &place);
                if positions
                    .insert(field.key.clone(), (step_index, index))
                    .is_some()
                {
                    check.flaw("field-twice", &place, &field.key);
                }
                if let Some(role) = field.role
                    && roles.insert(role, field.key.clone()).is_some()
                {
                    check.flaw("role-twice", &place, role.as_str());
                }
                check
                    .seen
                    .insert(field.key.clone(), (field.r#type, field.options.clone()));
            }
        }
        if positions.len() > FIELDS_MAX {
            check.flaw("too-many-fields", "steps", positions.len());
        }
        if !roles.contains_key(&Role::CaseKind) {
            check.flaw("role-missing", "steps", Role::CaseKind.as_str());
        }
        if !roles.contains_key(&Role::CaseTitle) && !roles.contains_key(&Role::CaseStory) {
            check.flaw("role-missing", "steps", Role::CaseTitle.as_str());
        }
        texts(&definition, &mut check);
        if check.flaws.is_empty() {
            Ok(Self {
                definition,
                positions,
                roles,
            })
        } else {
            Err(check.flaws)
        }
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
        let source = self.definition.languages.first()?.as_str();
        [language, source].into_iter().find_map(|language| {
            texts
                .get(language)?
                .0
                .get(key)
                .map(|text| (text.as_str(), language))
        })
    }
}

/// Every text that the source language must have.
fn texts(definition: &Definition, check: &mut Check) {
    let Some(source) = definition.languages.first() else {
        check.flaw("language-missing", "languages", "");
        return;
    };
    let Some(texts) = definition.texts.0.get(source) else {
        check.flaw("language-missing", "texts", source);
        return;
    };
    let mut needed = vec!["title".to_owned()];
    for step in &definition.steps {
        needed.push(step.key.clone());
        for field in &step.fields {
            if field.r#type != FieldType::Context {
                needed.push(field.key.clone());
            }
            if matches!(field.r#type, FieldType::Choice | FieldType::Choices) {
                needed.extend(
                    field
                        .options
                        .iter()
                        .map(|option| format!("{}.{option}", field.key)),
                );
            }
        }
    }
    for key in needed {
        if texts.0.get(&key).is_none_or(|text| text.trim().is_empty()) {
            check.flaw("text-missing", format!("texts/{source}"), key);
        }
    }
    for language in definition.texts.0.keys() {
        if !definition.languages.contains(language) {
            check.flaw("language-unknown", "texts", language);
        }
    }
}
