//! A form as an editor writes it: one JSON document, read strictly into closed types.
//!
//! Unknown keys and duplicate keys are refused with their place. It is never read into loose JSON, which would silently keep the last of
//! two equal keys.

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use ring::digest;
use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    kinds::{FieldType, FileKind, Pii, Report, Role, Today},
    parse_error::{self, ParseError},
    unique::Unique,
};

/// Version of this document format.
pub const SCHEMA: u32 = 1;
/// Largest document, in bytes.
pub const DEFINITION_MAX: usize = 64 * 1024;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Version of the format.
    pub schema: u32,
    /// Name of the form among others, permanent.
    pub key: String,
    /// Languages of its texts; the first is the source that others fall back on.
    pub languages: Vec<String>,
    /// Why and how long personal data is kept.
    pub privacy: Privacy,
    /// Its steps, one page each.
    pub steps: Vec<Step>,
    /// Texts per language, apart from the structure so that they can be translated on one page.
    pub texts: Unique<Unique<String>>,
}

/// Why and how long personal data is kept (AVG art. 5 and 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Purpose, as a key.
    pub purpose: String,
    /// Legal basis, as a key.
    pub basis: String,
    /// How long a draft is kept, in hours.
    pub draft_hours: u32,
    /// How long suspected spam is kept, in days.
    pub spam_days: u32,
    /// How long a message is kept after it was closed, in days.
    pub closed_days: u32,
}

/// A page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name of the step, in its address and its title text.
    pub key: String,
    /// Shown only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name of the field, permanent.
    pub key: String,
    /// What kind of answer it takes.
    pub r#type: FieldType,
    /// What the product uses the answer for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Must be answered, with the reason: a form may not force answers that are not needed (Awb afd. 2.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Required>,
    /// Better answered, but nobody is stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advise: Option<Advise>,
    /// Shown only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// Longest answer, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Lowest number that can be right, as decimal text with a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest: Option<String>,
    /// Highest number that can be right, as decimal text with a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<String>,
    /// First day that can be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<NaiveDate>,
    /// Last day that can be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<NaiveDate>,
    /// Whether the day of answering is the first or the last day that can be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<Today>,
    /// Most files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_files: Option<u32>,
    /// Largest file, in MB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_mb: Option<u32>,
    /// Kinds of files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<FileKind>,
    /// Whether the place and device in a photo are removed. They always are; kept so that documents say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strip_metadata: Option<bool>,
    /// Country that numbers without a prefix belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Of an info field: this belongs elsewhere. Its sentence is the text `<field>.signpost`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signpost: Option<Signpost>,
    /// Of the options of a choice: whoever chooses this one belongs elsewhere. The sentence is the text `<field>.<option>.signpost`.
    #[serde(default, skip_serializing_if = "Unique::is_empty")]
    pub signposts: Unique<Signpost>,
    /// What kind of personal data it is; raises the floor of the type, never lowers it.
    pub pii: Pii,
    /// What reports may count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// A field that must be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// Why, in words an editor stands for.
    pub because: String,
    /// Only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#if: Option<Condition>,
}

/// Where something belongs that does not belong in this form: emergencies, public space, objections, Woo requests. Shown before somebody has
/// typed a story; it stops nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signpost {
    /// Where to go, over `https` only. What the link says is the text `<place>.signpost_link`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whom to call: digits, such as `112`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A field that is better answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advise {
    /// Only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#if: Option<Condition>,
}

fn text_of(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Field {
    /// On what it depends that the field must be answered.
    #[must_use]
    pub fn required_if(&self) -> Option<&Condition> {
        self.required
            .as_ref()
            .and_then(|required| required.r#if.as_ref())
    }

    /// On what it depends that the field is better answered.
    #[must_use]
    pub fn advise_if(&self) -> Option<&Condition> {
        self.advise.as_ref().and_then(|advise| advise.r#if.as_ref())
    }

    /// Its conditions, each with its place in the definition.
    pub fn conditions(&self) -> impl Iterator<Item = (&'static str, &Condition)> {
        [
            ("show_if", self.show_if.as_ref()),
            ("required/if", self.required_if()),
            ("advise/if", self.advise_if()),
        ]
        .into_iter()
        .filter_map(|(place, condition)| Some((place, condition?)))
    }

    /// Its conditions, to change what they are about.
    pub(crate) fn conditions_mut(&mut self) -> impl Iterator<Item = &mut Condition> {
        let required = self.required.as_mut().and_then(|it| it.r#if.as_mut());
        let advise = self.advise.as_mut().and_then(|it| it.r#if.as_mut());
        [self.show_if.as_mut(), required, advise]
            .into_iter()
            .flatten()
    }

    /// Its limits by name, as text; empty when not set.
    #[must_use]
    pub fn limits(&self) -> [(&'static str, String); 11] {
        let accept: Vec<&str> = self.accept.iter().map(|kind| kind.as_str()).collect();
        [
            ("max", text_of(self.max)),
            ("lowest", text_of(self.lowest.as_ref())),
            ("highest", text_of(self.highest.as_ref())),
            ("earliest", text_of(self.earliest)),
            ("latest", text_of(self.latest)),
            ("today", text_of(self.today.map(Today::as_str))),
            ("max_files", text_of(self.max_files)),
            ("max_mb", text_of(self.max_mb)),
            ("accept", accept.join(", ")),
            ("strip_metadata", text_of(self.strip_metadata)),
            ("region", text_of(self.region.as_ref())),
        ]
    }
}

impl Definition {
    /// Reads a document.
    ///
    /// # Errors
    /// [`ParseError`] with the place: too large, not JSON, an unknown or duplicate key, a value of another type, another schema.
    pub fn parse(document: &str) -> Result<Self, ParseError> {
        parse_error::parse(document)
    }

    /// The one way to write this form: for storing, hashing and comparing.
    #[must_use]
    pub fn canonical(&self) -> String {
        // The type holds nothing that JSON cannot.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The form as a file to take along: the same document, laid out to be read. One that would be too large to be read back that way is
    /// written as it is stored.
    #[must_use]
    pub fn exported(&self) -> String {
        let mut document = serde_json::to_string_pretty(self).unwrap_or_default();
        if document.len() >= DEFINITION_MAX {
            return self.canonical();
        }
        document.push('\n');
        document
    }

    /// SHA-256 of the canonical document, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        HEXLOWER.encode(digest::digest(&digest::SHA256, self.canonical().as_bytes()).as_ref())
    }

    /// All its questions in order, each with its step.
    pub fn fields(&self) -> impl Iterator<Item = (&Step, &Field)> {
        self.steps
            .iter()
            .flat_map(|step| step.fields.iter().map(move |field| (step, field)))
    }

    /// A text in `language`, or in the source language when it is missing there.
    #[must_use]
    pub fn text(&self, language: &str, key: &str) -> Option<&str> {
        [Some(language), self.languages.first().map(String::as_str)]
            .into_iter()
            .flatten()
            .find_map(|language| self.exact_text(language, key))
    }

    /// A text in exactly this language.
    #[must_use]
    pub fn exact_text(&self, language: &str, key: &str) -> Option<&str> {
        let text = self.texts.0.get(language)?.0.get(key)?;
        (!text.is_empty()).then_some(text.as_str())
    }
}
