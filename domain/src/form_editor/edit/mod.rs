//! What an editor does with a draft: adding, moving, copying and removing steps and questions. Texts go along; keys never change.

mod copy;
mod remove;

use std::collections::HashSet;

use crate::forms::{
    Definition, Field, FieldType, Privacy, Step, Unique,
    definition::SCHEMA,
    keys::unused_key,
    validation::{FIELD_TEXTS, FORM_TEXTS, STEP_NAMES},
};

/// Keys that published versions used: a new question never gets one of them, so that an old answer is never taken for a new one.
pub type UsedKeys = HashSet<String>;

/// Where something moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

impl Field {
    /// A question of a type, with nothing set.
    #[must_use]
    pub fn new(key: String, kind: FieldType) -> Self {
        Self {
            key,
            r#type: kind,
            role: None,
            options: Vec::new(),
            required: None,
            advise: None,
            show_if: None,
            max: None,
            lowest: None,
            highest: None,
            earliest: None,
            latest: None,
            today: None,
            max_files: None,
            max_mb: None,
            accept: Vec::new(),
            strip_metadata: None,
            region: None,
            signpost: None,
            signposts: Unique::default(),
            pii: kind.floor(),
            report: None,
        }
    }
}

impl Definition {
    /// A form with nothing in it.
    #[must_use]
    pub fn blank(key: String, title: &str, languages: Vec<String>) -> Self {
        let mut definition = Self {
            schema: SCHEMA,
            key,
            texts: Unique(
                languages
                    .iter()
                    .map(|language| (language.clone(), Unique::default()))
                    .collect(),
            ),
            languages,
            privacy: Privacy {
                purpose: "bericht_behandelen".to_owned(),
                basis: "publieke_taak".to_owned(),
                draft_hours: 24,
                spam_days: 14,
                closed_days: 365,
            },
            steps: Vec::new(),
        };
        definition.set_source_text("title", title);
        definition
    }

    /// A question by its key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        let mut fields = self.fields().map(|(_, field)| field);
        fields.find(|field| field.key == key)
    }

    /// A question by its key, to change it.
    pub fn field_mut(&mut self, key: &str) -> Option<&mut Field> {
        let mut fields = self.steps.iter_mut().flat_map(|step| &mut step.fields);
        fields.find(|field| field.key == key)
    }

    /// Where a question stands: the index of its step, and its own in the step.
    fn position(&self, key: &str) -> Option<(usize, usize)> {
        self.steps.iter().enumerate().find_map(|(step, one)| {
            let at = one.fields.iter().position(|field| field.key == key)?;
            Some((step, at))
        })
    }

    /// A step by its key.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// A step by its key, to change it.
    pub fn step_mut(&mut self, key: &str) -> Option<&mut Step> {
        self.steps.iter_mut().find(|step| step.key == key)
    }

    /// Questions that stand before a step, or before a question: conditions may be about them.
    #[must_use]
    pub fn before(&self, key: &str) -> Vec<&Field> {
        let mut earlier = Vec::new();
        for step in self.steps.iter().take_while(|step| step.key != key) {
            for field in &step.fields {
                if field.key == key {
                    return earlier;
                }
                earlier.push(field);
            }
        }
        earlier
    }

    /// Sets a text; an empty one goes.
    pub fn set_text(&mut self, language: &str, key: &str, text: &str) {
        let texts = self.texts.0.entry(language.to_owned()).or_default();
        if text.is_empty() {
            texts.0.remove(key);
        } else {
            texts.0.insert(key.to_owned(), text.to_owned());
        }
    }

    /// Sets a text in the source language.
    pub fn set_source_text(&mut self, key: &str, text: &str) {
        if let Some(language) = self.languages.first().cloned() {
            self.set_text(&language, key, text);
        }
    }

    /// Adds a step at the end; gives back its key.
    pub fn add_step(&mut self, title: &str, used_keys: &UsedKeys) -> String {
        let key = self.new_key(title, "stap", used_keys);
        self.steps.push(Step {
            key: key.clone(),
            show_if: None,
            fields: Vec::new(),
        });
        self.set_source_text(&key, title);
        key
    }

    /// Adds a question at the end of a step; gives back its key, or nothing when there is no such step.
    pub fn add_field(
        &mut self,
        step: &str,
        kind: FieldType,
        label: &str,
        used_keys: &UsedKeys,
    ) -> Option<String> {
        let key = self.new_key(label, "vraag", used_keys);
        let mut field = Field::new(key.clone(), kind);
        if kind == FieldType::Files {
            field.strip_metadata = Some(true);
        }
        self.step_mut(step)?.fields.push(field);
        self.set_source_text(&key, label);
        Some(key)
    }

    /// Adds an option at the end of a choice; gives back its key, or nothing when there is no such question.
    pub fn add_option(&mut self, field: &str, label: &str) -> Option<String> {
        let known = &self.field(field)?.options;
        let key = unused_key(label, "antwoord", |key| {
            known.iter().any(|option| option == key) || FIELD_TEXTS.contains(&key)
        });
        self.field_mut(field)?.options.push(key.clone());
        self.set_source_text(&format!("{field}.{key}"), label);
        Some(key)
    }

    /// Moves a step by one place; nothing when it cannot.
    pub fn move_step(&mut self, key: &str, direction: Direction) -> Option<()> {
        let at = self.steps.iter().position(|step| step.key == key)?;
        let to = neighbour(at, direction, self.steps.len())?;
        self.steps.swap(at, to);
        Some(())
    }

    /// Moves a question by one place, over the edge of its step into the next one; nothing when it cannot.
    pub fn move_field(&mut self, key: &str, direction: Direction) -> Option<()> {
        let (step, at) = self.position(key)?;
        let fields = &mut self.steps.get_mut(step)?.fields;
        if let Some(to) = neighbour(at, direction, fields.len()) {
            fields.swap(at, to);
            return Some(());
        }
        let next = neighbour(step, direction, self.steps.len())?;
        let field = self.steps.get_mut(step)?.fields.remove(at);
        let fields = &mut self.steps.get_mut(next)?.fields;
        match direction {
            Direction::Up => fields.push(field),
            Direction::Down => fields.insert(0, field),
        }
        Some(())
    }

    /// Moves an option by one place; nothing when it cannot.
    pub fn move_option(&mut self, field: &str, option: &str, direction: Direction) -> Option<()> {
        let options = &mut self.field_mut(field)?.options;
        let at = options.iter().position(|one| one == option)?;
        let to = neighbour(at, direction, options.len())?;
        options.swap(at, to);
        Some(())
    }

    /// A text in the source language; empty when it is missing.
    #[must_use]
    pub fn source_text(&self, key: &str) -> &str {
        let language = self.languages.first().map_or("", String::as_str);
        self.exact_text(language, key).unwrap_or_default()
    }

    /// A key for something new, made from its words.
    fn new_key(&self, words: &str, otherwise: &str, used_keys: &UsedKeys) -> String {
        unused_key(words, otherwise, |key| {
            used_keys.contains(key)
                || FORM_TEXTS.contains(&key)
                || STEP_NAMES.contains(&key)
                || self.step(key).is_some()
                || self.field(key).is_some()
        })
    }
}

fn neighbour(at: usize, direction: Direction, count: usize) -> Option<usize> {
    match direction {
        Direction::Up => at.checked_sub(1),
        Direction::Down => Some(at + 1).filter(|to| *to < count),
    }
}
