//! What a practice text gave: its fields, whom to ask, and the report.

use serde::{Deserialize, Serialize};
use tenants::text_enum;

/// Largest text, in bytes.
pub const SOURCE_MAX: usize = 200_000;
/// Longest field, in characters.
pub const FIELD_MAX: usize = 20_000;

text_enum! {
    /// The fields of a practice.
    FieldName {
        /// What it is called; texts rarely say.
        Title = "title",
        /// What stands before the first label.
        Summary = "summary",
        /// Which problem it solves.
        Problem = "problem",
        /// What it is meant to reach.
        Aim = "aim",
        /// Year of the practice.
        Year = "year",
        /// Whose it is.
        Municipality = "municipality",
        /// What kind of practice.
        PracticeType = "practiceType",
        /// What was done.
        Description = "description",
        /// What came of it.
        Result = "result",
        /// What went wrong.
        WentWrong = "wentWrong",
        /// What has to be so for it to work.
        Conditions = "conditions",
        /// Sentence that tells for which competition it was entered.
        Entry = "entry",
        /// Person to ask.
        ContactName = "contactName",
        /// Mail address of that person.
        ContactEmail = "contactEmail",
        /// Telephone number of that person.
        ContactPhone = "contactPhone",
        /// What else stands with that person.
        ContactOther = "contactOther",
    }
}

impl FieldName {
    /// Whether older texts have no label for it, so that nobody misses it in a report.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Problem | Self::Aim | Self::WentWrong | Self::Conditions | Self::ContactOther
        )
    }

    /// Whether it is about the person to ask: kept apart, never published.
    #[must_use]
    pub const fn is_contact(self) -> bool {
        matches!(
            self,
            Self::ContactName | Self::ContactEmail | Self::ContactPhone | Self::ContactOther
        )
    }
}

text_enum! {
    /// What was found of a field; what needs most attention is last.
    Status {
        /// Neither it nor its label is there.
        Absent = "absent",
        /// Its label is there, without a value.
        Empty = "empty",
        /// It is there.
        Ok = "ok",
        /// Not there, but proposed from the rest of the text.
        Derived = "derived",
        /// There, but odd.
        Warning = "warning",
        /// There, and about a person: kept apart, never published.
        PersonalData = "personalData",
    }
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// About which field.
    pub field: FieldName,
    /// What was found.
    pub status: Status,
    /// Which finding: `finding-<code>` in the locale files.
    pub code: String,
    /// Line numbers in the source, from 1.
    pub lines: Vec<usize>,
    /// What it is about; empty for personal data.
    pub about: String,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A numbered list.
    List {
        /// Its items, without their numbers.
        items: Vec<String>,
    },
}

impl Block {
    /// All text in it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Paragraph { text } => text.clone(),
            Self::List { items } => items.join("\n"),
        }
    }
}

/// A number in the text that claims a result, with what is missing to believe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// As written, such as `8,6`.
    pub value: String,
    /// Line in the source.
    pub line: usize,
    /// Whether residents or customers gave it, as far as the sentence says.
    pub population: Option<String>,
    /// Whether a grade from 1 to 10 can have this value.
    pub in_range: bool,
}

/// What a practice says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PracticeFields {
    /// Text before the first label.
    pub summary: Vec<Block>,
    /// Which problem it solves.
    #[serde(default)]
    pub problem: Vec<Block>,
    /// What it is meant to reach.
    #[serde(default)]
    pub aim: Vec<Block>,
    /// What went wrong.
    #[serde(default)]
    pub went_wrong: Vec<Block>,
    /// What has to be so for it to work.
    #[serde(default)]
    pub conditions: Vec<Block>,
    /// Year, when it is one.
    pub year: Option<i32>,
    /// Municipality as written.
    pub municipality: Option<String>,
    /// Type as written.
    pub practice_type: Option<String>,
    /// What was done.
    pub description: Vec<Block>,
    /// What came of it.
    pub result: Vec<Block>,
    /// Sentence about a competition.
    pub entry: Option<String>,
    /// Titles to choose from.
    pub title_proposals: Vec<String>,
    /// Municipality to confirm, with its CBS code when known.
    pub municipality_proposal: Option<(String, Option<String>)>,
    /// Type to confirm.
    pub type_proposal: Option<String>,
    /// Numbers that claim a result.
    pub claims: Vec<Statement>,
    /// Working configuration the text hints at: `serviceRule`, `giftRule`, `callback`.
    pub hints: Vec<String>,
}

/// A person to ask. Never published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Name as written.
    pub name: Option<String>,
    /// Address with the domain in lower case.
    pub email: Option<String>,
    /// Number as written.
    pub phone: Option<String>,
    /// The same number in E.164, when it is one.
    pub phone_e164: Option<String>,
    /// What else stood with the person: a function, an address, a sentence.
    #[serde(default)]
    pub other: Option<String>,
}

/// Everything a text gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedPractice {
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub source_hash: String,
    /// What it says.
    pub fields: PracticeFields,
    /// Whom to ask.
    pub contact: Contact,
    /// The report.
    pub findings: Vec<Finding>,
}

/// Why a text could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// More bytes than allowed.
    #[error("the text has {0} bytes, at most {SOURCE_MAX} are read")]
    TooLarge(usize),
    /// Not UTF-8.
    #[error("byte {0} is not UTF-8 text")]
    NotText(usize),
    /// Nothing in it.
    #[error("the text is empty")]
    Empty,
    /// One field is too long.
    #[error("the field {0} has {1} characters, at most {FIELD_MAX} are read")]
    FieldTooLong(FieldName, usize),
}

impl ParsedPractice {
    /// Notes something odd on a line.
    pub(super) fn warn(
        &mut self,
        field: FieldName,
        code: &str,
        line: usize,
        about: impl Into<String>,
    ) {
        self.find(field, Status::Warning, code, vec![line], about);
    }

    pub(super) fn find(
        &mut self,
        field: FieldName,
        status: Status,
        code: &str,
        lines: Vec<usize>,
        about: impl Into<String>,
    ) {
        self.findings.push(Finding {
            field,
            status,
            code: code.to_owned(),
            lines,
            about: about.into(),
        });
    }
}
