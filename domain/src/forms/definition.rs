//! A form as an editor writes it: one JSON document, read strictly into closed types.
//!
//! Unknown keys and duplicate keys are refused with their place. It is never read into loose JSON, which would silently keep the last of
//! two equal keys.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use ring::digest;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor},
};

use super::condition::Condition;

/// Version of this document format.
pub const SCHEMA: u32 = 1;
/// Largest document, in bytes.
pub const DEFINITION_MAX: usize = 64 * 1024;
/// Deepest nesting of brackets that a document with the deepest condition has, with room for one level that the checks can still name.
const NESTING_MAX: usize = 20;

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

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the document.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value for a word of the document.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What kind of answer a field takes.
    FieldType {
        /// One of its options.
        Choice = "choice",
        /// Any of its options.
        Choices = "choices",
        /// A line.
        Text = "text",
        /// A story.
        Longtext = "longtext",
        /// A decimal number, kept exactly as text.
        Number = "number",
        /// A day.
        Date = "date",
        /// A mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A person's name.
        Name = "name",
        /// A postal address.
        Address = "address",
        /// A place, in words.
        Location = "location",
        /// Photos and documents.
        Files = "files",
        /// A yes that is given freely and can be taken back.
        Consent = "consent",
        /// A value from the address of the page, from a list.
        Context = "context",
        /// A text without an answer.
        Info = "info",
    }
}

words! {
    /// What the product uses an answer for.
    Role {
        /// Complaint, tip or compliment.
        CaseKind = "case.kind",
        /// What it is about, of the municipality's categories.
        CaseCategory = "case.category",
        /// The message in a sentence.
        CaseTitle = "case.title",
        /// The story.
        CaseStory = "case.story",
        /// Where it is about.
        CasePlace = "case.place",
        /// How the resident wants to hear from us.
        ContactPreference = "contact.preference",
        /// When a call suits.
        ContactCallTime = "contact.call_time",
        /// Name.
        ContactName = "contact.name",
        /// Telephone number.
        ContactPhone = "contact.phone",
        /// Mail address.
        ContactEmail = "contact.email",
        /// Postal address.
        ContactAddress = "contact.address",
        /// Wants to think along.
        OptinPanel = "optin.panel",
        /// Message may be shared with another organisation.
        OptinShare = "optin.share",
    }
}

words! {
    /// What kind of personal data an answer is, from harmless to harmful.
    Pii {
        /// None.
        None = "none",
        /// Proof of a yes.
        Consent = "consent",
        /// Where something is.
        Location = "location",
        /// Who somebody is and how to reach them.
        Contact = "contact",
        /// What people write; may hold anything.
        Freetext = "freetext",
        /// What people send; may hold anything.
        File = "file",
    }
}

words! {
    /// What reports may count of an answer: closed values only, never what people wrote.
    Report {
        /// The option.
        Dimension = "dimension",
        /// Whether it was answered.
        Answered = "answered",
        /// The neighbourhood.
        Area = "area",
        /// How many.
        Count = "count",
        /// Yes or no.
        Flag = "flag",
        /// The number or day itself.
        Value = "value",
    }
}

words! {
    /// Kinds of files, judged by content.
    FileKind {
        /// JPEG photo.
        Jpeg = "jpeg",
        /// PNG picture.
        Png = "png",
        /// WebP picture.
        Webp = "webp",
        /// HEIC photo.
        Heic = "heic",
        /// PDF document.
        Pdf = "pdf",
    }
}

impl FieldType {
    /// The least personal data that an answer of this type is.
    #[must_use]
    pub const fn floor(self) -> Pii {
        match self {
            Self::Name | Self::Address | Self::Phone | Self::Email => Pii::Contact,
            Self::Text | Self::Longtext => Pii::Freetext,
            Self::Location => Pii::Location,
            Self::Files => Pii::File,
            Self::Consent => Pii::Consent,
            Self::Choice
            | Self::Choices
            | Self::Number
            | Self::Date
            | Self::Context
            | Self::Info => Pii::None,
        }
    }

    /// What reports may count of an answer of this type. Free texts are never counted by what they say.
    #[must_use]
    pub const fn reports(self) -> &'static [Report] {
        match self {
            Self::Choice | Self::Choices | Self::Context => &[Report::Dimension, Report::Answered],
            Self::Consent => &[Report::Flag],
            Self::Number | Self::Date => &[Report::Value, Report::Answered],
            Self::Location => &[Report::Area, Report::Answered],
            Self::Files => &[Report::Count, Report::Answered],
            Self::Text
            | Self::Longtext
            | Self::Email
            | Self::Phone
            | Self::Name
            | Self::Address => &[Report::Answered],
            Self::Info => &[],
        }
    }

    /// What the product may use an answer of this type for.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Choice => &[
                Role::CaseKind,
                Role::CaseCategory,
                Role::ContactPreference,
                Role::ContactCallTime,
            ],
            Self::Choices => &[Role::ContactCallTime],
            Self::Text => &[Role::CaseTitle, Role::CaseStory, Role::CasePlace],
            Self::Longtext => &[Role::CaseStory],
            Self::Location => &[Role::CasePlace],
            Self::Address => &[Role::CasePlace, Role::ContactAddress],
            Self::Name => &[Role::ContactName],
            Self::Phone => &[Role::ContactPhone],
            Self::Email => &[Role::ContactEmail],
            Self::Consent => &[Role::OptinPanel, Role::OptinShare],
            Self::Number | Self::Date | Self::Files | Self::Context | Self::Info => &[],
        }
    }

    /// Whether it has options to choose from.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Context)
    }

    /// Whether its answer is written, so that it can be too long.
    #[must_use]
    pub const fn is_written(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Longtext | Self::Name | Self::Address | Self::Location
        )
    }

    /// The longest answer, in characters, that a field of this type may allow.
    #[must_use]
    pub const fn longest(self) -> u32 {
        match self {
            Self::Longtext => 10_000,
            _ => 500,
        }
    }
}

/// A map whose document may not name a key twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Unique<T>(pub BTreeMap<String, T>);

impl<T> Default for Unique<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Unique<T> {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Unique<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Unique<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Unique<T>, A::Error> {
                let mut map = BTreeMap::new();
                while let Some((key, value)) = access.next_entry::<String, T>()? {
                    if map.contains_key(&key) {
                        return Err(de::Error::custom(format!("duplicate key `{key}`")));
                    }
                    map.insert(key, value);
                }
                Ok(Unique(map))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// A document that is not a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {cause}")]
pub struct Unreadable {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong there.
    pub cause: String,
}

impl Definition {
    /// Reads a document.
    ///
    /// # Errors
    /// [`Unreadable`] with the place: too large, not JSON, an unknown or duplicate key, a value of another type, another schema.
    pub fn parse(document: &str) -> Result<Self, Unreadable> {
        let whole = |cause: String| Unreadable {
            line: 1,
            column: 1,
            cause,
        };
        if document.len() > DEFINITION_MAX {
            return Err(whole(format!("more than {DEFINITION_MAX} bytes")));
        }
        if nesting(document) > NESTING_MAX {
            return Err(whole(format!("nested deeper than {NESTING_MAX}")));
        }
        let definition: Self = serde_json::from_str(document).map_err(|error| Unreadable {
            line: error.line(),
            column: error.column(),
            cause: error.to_string(),
        })?;
        if definition.schema != SCHEMA {
            return Err(whole(format!(
                "schema {} is not known, only {SCHEMA}",
                definition.schema
            )));
        }
        Ok(definition)
    }

    /// The one way to write this form: for storing, hashing and comparing.
    #[must_use]
    pub fn canonical(&self) -> String {
        // The type holds nothing that JSON cannot.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The form as a file to take along: the same document, laid out to be read.
    #[must_use]
    pub fn exported(&self) -> String {
        let mut document = serde_json::to_string_pretty(self).unwrap_or_default();
        document.push('\n');
        document
    }

    /// SHA-256 of the canonical document, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        HEXLOWER.encode(digest::digest(&digest::SHA256, self.canonical().as_bytes()).as_ref())
    }
}

/// How deep brackets are nested, outside of strings.
fn nesting(document: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in document.bytes() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
