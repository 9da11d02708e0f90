//! What keeps a definition from being published: everything at once, each issue with its place.

mod conditions;
mod fields;
mod texts;

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

pub use self::texts::{TextKey, text_keys};
use super::{
    definition::{Definition, Field, Step},
    keys::{is_address, is_key},
    kinds::Role,
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
/// Largest sum of all files of one message, in MB.
pub const FILES_TOTAL_MB_MAX: u32 = 50;
/// Longest text of an editor, in characters.
pub const TEXT_MAX: usize = 5_000;
/// Most languages.
const LANGUAGES_MAX: usize = 8;

/// Names that a step may not have, because its address would be another page's.
pub(crate) const STEP_NAMES: [&str; 5] = [
    "controle",
    "bijlagen_beheer",
    "klaar",
    "voorbeeld",
    "sluiten",
];
/// Texts of the form itself: no step or field may have such a name, because they share the list of texts.
pub(crate) const FORM_TEXTS: [&str; 2] = ["title", "lead"];
/// Texts beside a field: no option may have such a name, for the same reason.
pub(crate) const FIELD_TEXTS: [&str; 4] = ["hint", "advise", "signpost", "signpost_link"];

/// Why a definition cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormIssueItem)]
pub struct Issue {
    /// What is wrong, as a word for programs and for the locale files.
    #[schema(example = "condition-not-earlier")]
    pub code: &'static str,
    /// Where, in the definition.
    #[schema(example = "steps/contact/fields/wanneer/show_if")]
    pub place: String,
    /// The value it is about.
    pub value: String,
    /// The other place it is about, such as that of a later field in a condition; empty when there is none.
    #[serde(rename = "otherPlace")]
    pub other: String,
}

pub(super) struct Check<'d> {
    definition: &'d Definition,
    issues: Vec<Issue>,
    /// Fields that were passed: conditions may name them.
    seen: HashMap<&'d str, &'d Field>,
}

/// Everything that is wrong with a definition.
pub(crate) fn validate(definition: &Definition) -> Vec<Issue> {
    let mut check = Check {
        definition,
        issues: Vec::new(),
        seen: HashMap::new(),
    };
    check.frame();
    check.steps();
    check.texts();
    check.issues
}

impl<'d> Check<'d> {
    fn issue(&mut self, code: &'static str, place: impl Into<String>, value: impl ToString) {
        self.issues.push(Issue {
            code,
            place: place.into(),
            value: value.to_string(),
            other: String::new(),
        });
    }

    fn frame(&mut self) {
        let definition = self.definition;
        if !is_address(&definition.key) {
            self.issue("address-malformed", "key", &definition.key);
        }
        let mut seen = HashSet::new();
        for language in &definition.languages {
            if !seen.insert(language) {
                self.issue("language-twice", "languages", language);
            }
            if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                self.issue("language-malformed", "languages", language);
            }
        }
        if definition.languages.len() > LANGUAGES_MAX {
            self.issue(
                "too-many-languages",
                "languages",
                definition.languages.len(),
            );
        }
        let privacy = &definition.privacy;
        for (name, value) in [("purpose", &privacy.purpose), ("basis", &privacy.basis)] {
            if !is_key(value) {
                self.issue("key-malformed", format!("privacy/{name}"), value);
            }
        }
        for (name, value, most) in [
            ("draft_hours", privacy.draft_hours, 168),
            ("spam_days", privacy.spam_days, 365),
            ("closed_days", privacy.closed_days, 7_305),
        ] {
            if value == 0 || value > most {
                self.issue("limit-out-of-range", format!("privacy/{name}"), value);
            }
        }
    }

    fn steps(&mut self) {
        let definition = self.definition;
        let count = definition.steps.len();
        if count == 0 || count > STEPS_MAX {
            self.issue("too-many-steps", "steps", count);
        }
        let fields = definition.fields().count();
        if fields > FIELDS_MAX {
            self.issue("too-many-fields", "steps", fields);
        }
        let mut steps = HashSet::new();
        let mut roles = HashMap::new();
        for step in &definition.steps {
            let place = format!("steps/{}", step.key);
            self.step(step, &place, &mut steps);
            for field in &step.fields {
                let place = format!("{place}/fields/{}", field.key);
                self.field(field, &place);
                if let Some(role) = field.role
                    && let Some(first) = roles.insert(role, place.clone())
                {
                    self.issue("role-twice", &place, role.as_str());
                    self.set_other(first);
                }
                if self.seen.insert(&field.key, field).is_some() {
                    self.issue("field-twice", &place, &field.key);
                }
            }
        }
        for step in &definition.steps {
            if self.seen.contains_key(step.key.as_str()) {
                self.issue("key-shared", format!("steps/{}", step.key), &step.key);
            }
        }
        if !roles.contains_key(&Role::CaseKind) {
            self.issue("role-missing", "steps", Role::CaseKind.as_str());
        }
        if !roles.contains_key(&Role::CaseTitle) && !roles.contains_key(&Role::CaseStory) {
            self.issue("role-missing", "steps", Role::CaseTitle.as_str());
        }
    }

    /// Names the second place of the issue that was noted last.
    fn set_other(&mut self, other: String) {
        if let Some(last) = self.issues.last_mut() {
            last.other = other;
        }
    }

    fn step(&mut self, step: &'d Step, place: &str, steps: &mut HashSet<&'d str>) {
        if !is_key(&step.key) {
            self.issue("key-malformed", place, &step.key);
        }
        if STEP_NAMES.contains(&step.key.as_str()) || FORM_TEXTS.contains(&step.key.as_str()) {
            self.issue("key-reserved", place, &step.key);
        }
        if !steps.insert(step.key.as_str()) {
            self.issue("step-twice", place, &step.key);
        }
        if step.fields.is_empty() {
            self.issue("step-empty", place, &step.key);
        }
        if let Some(condition) = &step.show_if {
            self.condition(condition, &format!("{place}/show_if"));
        }
    }
}
