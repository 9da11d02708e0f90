//! What keeps a definition from being published: everything at once, each flaw with its place.

use std::collections::{HashMap, HashSet};

use super::{
    clean,
    condition::{Condition, DEPTH_MAX, LEAVES_MAX, Leaf, Op, Operand},
    definition::{Definition, Field, FieldType, Pii, Role, Signpost, Step},
    prose::{self, Prose},
    values,
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
const STEP_NAMES: [&str; 5] = [
    "controle",
    "bijlagen_beheer",
    "klaar",
    "voorbeeld",
    "sluiten",
];
/// Texts of the form itself: no step or field may have such a name, because they share the list of texts.
pub(super) const FORM_TEXTS: [&str; 2] = ["title", "lead"];
/// Texts beside a field: no option may have such a name, for the same reason.
pub(super) const FIELD_TEXTS: [&str; 4] = ["hint", "advise", "signpost", "signpost_link"];

/// Why a definition cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong, as a word that the locale files put into a sentence.
    pub code: &'static str,
    /// Where, such as `steps/contact/fields/wanneer/show_if`.
    pub place: String,
    /// The value it is about.
    pub value: String,
    /// The other place it is about, such as that of a later field in a condition; empty when there is none.
    pub other: String,
}

pub(super) struct Check<'d> {
    definition: &'d Definition,
    flaws: Vec<Flaw>,
    /// Fields that were passed: conditions may name them.
    seen: HashMap<&'d str, &'d Field>,
}

/// Everything that is wrong with a definition.
pub(super) fn all(definition: &Definition) -> Vec<Flaw> {
    let mut check = Check {
        definition,
        flaws: Vec::new(),
        seen: HashMap::new(),
    };
    check.frame();
    check.steps();
    check.texts();
    check.flaws
}

impl<'d> Check<'d> {
    fn flaw(&mut self, code: &'static str, place: impl Into<String>, value: impl ToString) {
        self.flaws.push(Flaw {
            code,
            place: place.into(),
            value: value.to_string(),
            other: String::new(),
        });
    }

    fn frame(&mut self) {
        let definition = self.definition;
        if !is_address(&definition.key) {
            self.flaw("address-malformed", "key", &definition.key);
        }
        let mut seen = HashSet::new();
        for language in &definition.languages {
            if !seen.insert(language) {
                self.flaw("language-twice", "languages", language);
            }
            if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                self.flaw("language-malformed", "languages", language);
            }
        }
        if definition.languages.len() > LANGUAGES_MAX {
            self.flaw(
                "too-many-languages",
                "languages",
                definition.languages.len(),
            );
        }
        let privacy = &definition.privacy;
        for (name, value) in [("purpose", &privacy.purpose), ("basis", &privacy.basis)] {
            if !is_key(value) {
                self.flaw("key-malformed", format!("privacy/{name}"), value);
            }
        }
        for (name, value, most) in [
            ("draft_hours", privacy.draft_hours, 168),
            ("spam_days", privacy.spam_days, 365),
            ("closed_days", privacy.closed_days, 7_305),
        ] {
            if value == 0 || value > most {
                self.flaw("limit-out-of-range", format!("privacy/{name}"), value);
            }
        }
    }

    fn steps(&mut self) {
        let definition = self.definition;
        let count = definition.steps.len();
        if count == 0 || count > STEPS_MAX {
            self.flaw("too-many-steps", "steps", count);
        }
        let fields: usize = definition.steps.iter().map(|step| step.fields.len()).sum();
        if fields > FIELDS_MAX {
            self.flaw("too-many-fields", "steps", fields);
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
                    self.flaw("role-twice", &place, role.as_str());
                    self.beside(first);
                }
                if self.seen.insert(&field.key, field).is_some() {
                    self.flaw("field-twice", &place, &field.key);
                }
            }
        }
        if definition
            .steps
            .iter()
            .any(|step| self.seen.contains_key(step.key.as_str()))
        {
            for step in &definition.steps {
                if self.seen.contains_key(step.key.as_str()) {
                    self.flaw("key-shared", format!("steps/{}", step.key), &step.key);
                }
            }
        }
        if !roles.contains_key(&Role::CaseKind) {
            self.flaw("role-missing", "steps", Role::CaseKind.as_str());
        }
        if !roles.contains_key(&Role::CaseTitle) && !roles.contains_key(&Role::CaseStory) {
            self.flaw("role-missing", "steps", Role::CaseTitle.as_str());
        }
    }

    /// Names the second place of the flaw that was noted last.
    fn beside(&mut self, other: String) {
        if let Some(last) = self.flaws.last_mut() {
            last.other = other;
        }
    }

    fn step(&mut self, step: &'d Step, place: &str, steps: &mut HashSet<&'d str>) {
        if !is_key(&step.key) {
            self.flaw("key-malformed", place, &step.key);
        }
        if STEP_NAMES.contains(&step.key.as_str()) || FORM_TEXTS.contains(&step.key.as_str()) {
            self.flaw("key-reserved", place, &step.key);
        }
        if !steps.insert(step.key.as_str()) {
            self.flaw("step-twice", place, &step.key);
        }
        if step.fields.is_empty() {
            self.flaw("step-empty", place, &step.key);
        }
        if let Some(condition) = &step.show_if {
            self.condition(condition, &format!("{place}/show_if"));
        }
    }

    fn condition(&mut self, condition: &Condition, place: &str) {
        if condition.depth() > DEPTH_MAX {
            self.flaw("condition-too-deep", place, condition.depth());
        }
        let leaves = condition.leaves();
        if leaves.len() > LEAVES_MAX {
            self.flaw("condition-too-wide", place, leaves.len());
        }
        if condition.has_gap() {
            self.flaw("condition-empty", place, "");
        }
        for leaf in leaves.into_iter().take(LEAVES_MAX) {
            self.leaf(leaf, place);
        }
    }

    fn leaf(&mut self, leaf: &Leaf, place: &str) {
        let Some(field) = self.seen.get(leaf.field.as_str()).copied() else {
            let later = self.place_of(&leaf.field);
            let code = if later.is_empty() {
                "condition-unknown"
            } else {
                "condition-not-earlier"
            };
            self.flaw(code, place, &leaf.field);
            self.beside(later);
            return;
        };
        let words: &[String] = match &leaf.value {
            None => &[],
            Some(Operand::One(word)) => std::slice::from_ref(word),
            Some(Operand::Many(words)) => words,
        };
        let one = matches!(leaf.value, Some(Operand::One(_)));
        let single = matches!(field.r#type, FieldType::Choice | FieldType::Context);
        let fits = match leaf.op {
            Op::Given => leaf.value.is_none() && field.r#type != FieldType::Info,
            Op::Is => single && one,
            Op::In => single && !one && !words.is_empty(),
            Op::Has => field.r#type == FieldType::Choices && one,
            Op::Lt | Op::Le | Op::Gt | Op::Ge => {
                one && words.iter().all(|word| match field.r#type {
                    FieldType::Number => values::decimal(word).is_some(),
                    FieldType::Date => word.parse::<chrono::NaiveDate>().is_ok(),
                    _ => false,
                })
            }
        };
        if !fits {
            self.flaw("condition-unfit", place, &leaf.field);
            self.beside(self.place_of(&leaf.field));
        } else if matches!(leaf.op, Op::Is | Op::In | Op::Has) {
            for word in words.iter().filter(|word| !field.options.contains(word)) {
                let value = format!("{}.{word}", leaf.field);
                self.flaw("condition-unknown-option", place, value);
                self.beside(self.place_of(&leaf.field));
            }
        }
    }

    /// Where a field stands; empty when it stands nowhere.
    fn place_of(&self, key: &str) -> String {
        self.definition
            .steps
            .iter()
            .find(|step| step.fields.iter().any(|field| field.key == key))
            .map(|step| format!("steps/{}/fields/{key}", step.key))
            .unwrap_or_default()
    }

    fn field(&mut self, field: &Field, place: &str) {
        let kind = field.r#type;
        if !is_key(&field.key) {
            self.flaw("key-malformed", place, &field.key);
        }
        if FORM_TEXTS.contains(&field.key.as_str()) {
            self.flaw("key-reserved", place, &field.key);
        }
        if field.pii < kind.floor() {
            self.flaw("pii-below-floor", place, kind.as_str());
        }
        if let Some(role) = field.role
            && !kind.roles().contains(&role)
        {
            self.flaw("role-unfit", place, role.as_str());
        }
        self.report(field, place);
        self.options(field, place);
        self.limits(field, place);
        self.signposts(field, place);
        self.obligations(field, place);
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
    }

    /// Reports outlive the answers, so they may hold no personal data.
    fn report(&mut self, field: &Field, place: &str) {
        let Some(report) = field.report else { return };
        let tells = !matches!(
            report,
            super::Report::Answered | super::Report::Count | super::Report::Area
        );
        if !field.r#type.reports().contains(&report) {
            self.flaw("report-unfit", place, report.as_str());
        } else if tells && !matches!(field.pii, Pii::None | Pii::Consent) {
            self.flaw("report-personal", place, report.as_str());
        }
    }

    fn options(&mut self, field: &Field, place: &str) {
        let listed = field.r#type.has_options();
        if listed && field.options.is_empty() {
            self.flaw("options-missing", place, &field.key);
        }
        if !listed && !field.options.is_empty() {
            self.flaw("setting-unfit", place, "options");
        }
        if field.options.len() > OPTIONS_MAX {
            self.flaw("too-many-options", place, field.options.len());
        }
        let mut seen = HashSet::new();
        for option in &field.options {
            if !seen.insert(option) {
                self.flaw("option-twice", place, option);
            }
            if FIELD_TEXTS.contains(&option.as_str()) {
                self.flaw("key-reserved", place, option);
            } else if !is_key(option) {
                self.flaw("key-malformed", place, option);
            }
            let unknown_kind = field.role == Some(Role::CaseKind)
                && !["klacht", "tip", "compliment"].contains(&option.as_str());
            if unknown_kind {
                self.flaw("kind-unknown", place, option);
            }
        }
    }

    fn limits(&mut self, field: &Field, place: &str) {
        let kind = field.r#type;
        let files = kind == FieldType::Files;
        for (name, set, fits) in [
            ("max", field.max.is_some(), kind.is_written()),
            ("lowest", field.lowest.is_some(), kind == FieldType::Number),
            (
                "highest",
                field.highest.is_some(),
                kind == FieldType::Number,
            ),
            (
                "earliest",
                field.earliest.is_some(),
                kind == FieldType::Date,
            ),
            ("latest", field.latest.is_some(), kind == FieldType::Date),
            ("max_files", field.max_files.is_some(), files),
            ("max_mb", field.max_mb.is_some(), files),
            ("accept", !field.accept.is_empty(), files),
            ("strip_metadata", field.strip_metadata.is_some(), files),
            ("region", field.region.is_some(), kind == FieldType::Phone),
        ] {
            if set && !fits {
                self.flaw("setting-unfit", place, name);
            }
        }
        if field
            .max
            .is_some_and(|max| max == 0 || max > kind.longest())
        {
            self.flaw("limit-out-of-range", place, field.max.unwrap_or_default());
        }
        for (name, value, most) in [
            ("max_files", field.max_files, FILES_MAX),
            ("max_mb", field.max_mb, FILE_MB_MAX),
        ] {
            if value.is_some_and(|value| value == 0 || value > most) {
                self.flaw("limit-out-of-range", place, name);
            }
        }
        if field.strip_metadata == Some(false) {
            self.flaw("metadata-kept", place, "strip_metadata");
        }
        let mut kinds = HashSet::new();
        for kind in &field.accept {
            if !kinds.insert(kind) {
                self.flaw("option-twice", place, kind.as_str());
            }
        }
        if let Some(region) = &field.region
            && region.parse::<phonenumber::country::Id>().is_err()
        {
            self.flaw("region-unknown", place, region);
        }
        let bounds = [&field.lowest, &field.highest]
            .map(|bound| bound.as_ref().map(|text| values::decimal(text).ok_or(text)));
        for bound in bounds.iter().flatten() {
            if let Err(text) = bound {
                self.flaw("limit-out-of-range", place, text);
            }
        }
        let crossed = match bounds {
            [Some(Ok(lowest)), Some(Ok(highest))] => lowest > highest,
            _ => false,
        } || field
            .earliest
            .zip(field.latest)
            .is_some_and(|(earliest, latest)| earliest > latest);
        if crossed {
            self.flaw("limits-crossed", place, &field.key);
        }
    }

    fn signposts(&mut self, field: &Field, place: &str) {
        if let Some(signpost) = &field.signpost {
            if field.r#type != FieldType::Info {
                self.flaw("setting-unfit", place, "signpost");
            }
            self.signpost(signpost, &format!("{place}/signpost"));
        }
        for (option, signpost) in &field.signposts.0 {
            let place = format!("{place}/signposts/{option}");
            if field.r#type == FieldType::Context || !field.options.contains(option) {
                self.flaw("signpost-unfit", &place, option);
            }
            self.signpost(signpost, &place);
        }
    }

    fn signpost(&mut self, signpost: &Signpost, place: &str) {
        if signpost.link.is_none() && signpost.phone.is_none() {
            self.flaw("signpost-empty", place, "");
        }
        if let Some(link) = &signpost.link
            && !prose::is_https(link)
        {
            self.flaw("link-refused", place, link);
        }
        if let Some(phone) = &signpost.phone {
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            let fits = (3..=15).contains(&digits)
                && phone
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || "+-() ".contains(sign));
            if !fits {
                self.flaw("phone-refused", place, phone);
            }
        }
    }

    fn obligations(&mut self, field: &Field, place: &str) {
        let asks = !matches!(field.r#type, FieldType::Info | FieldType::Context);
        for (name, set) in [
            ("required", field.required.is_some()),
            ("advise", field.advise.is_some()),
        ] {
            if set && !asks {
                self.flaw("setting-unfit", place, name);
            }
        }
        if let Some(required) = &field.required {
            if required.because.trim().is_empty() {
                self.flaw("reason-missing", place, &field.key);
            }
            // A consent that must be given is not given freely (AVG art. 7 lid 4).
            if field.r#type == FieldType::Consent {
                self.flaw("consent-forced", place, &field.key);
            }
        }
    }

    /// Every text that the source language must have, and what no text may hold.
    fn texts(&mut self) {
        let definition = self.definition;
        let Some(source) = definition.languages.first() else {
            self.flaw("language-missing", "languages", "");
            return;
        };
        let Some(texts) = definition.texts.0.get(source) else {
            self.flaw("language-missing", "texts", source);
            return;
        };
        let keys = text_keys(definition);
        for key in keys.iter().filter(|key| key.needed) {
            if texts
                .0
                .get(&key.key)
                .is_none_or(|text| text.trim().is_empty())
            {
                self.flaw("text-missing", format!("texts/{source}"), &key.key);
            }
        }
        for (language, texts) in &definition.texts.0 {
            if !definition.languages.contains(language) {
                self.flaw("language-unknown", "texts", language);
            }
            let place = format!("texts/{language}");
            for (key, text) in &texts.0 {
                if text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX {
                    self.flaw("text-too-long", &place, key);
                }
                if clean::deceives(text) {
                    self.flaw("text-deceives", &place, key);
                }
            }
            for key in keys.iter().filter(|key| key.prose) {
                let refused = texts
                    .0
                    .get(&key.key)
                    .and_then(|text| Prose::parse(text).err());
                if let Some(refused) = refused {
                    self.flaw("markup-refused", &place, &key.key);
                    self.beside(refused.value);
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

/// `[a-z][a-z0-9_]{0,39}`
pub(super) fn is_key(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// Whether a word can be the address of a form: small letters, digits and single hyphens inside.
#[must_use]
pub fn is_address(word: &str) -> bool {
    (2..=63).contains(&word.len())
        && word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !word.ends_with('-')
        && !word.contains("--")
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
