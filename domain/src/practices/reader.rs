//! Reads a practice as municipalities publish it: a text with labels on lines of their own, as it stands.
//!
//! Nothing is corrected and nothing is decided: what is missing is proposed, what is odd is reported with its line, and the raw bytes stay
//! beside the reading for ever. Personal data goes to the contact and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use ring::digest;
use serde::{Deserialize, Serialize};
use tenants::text_enum;
use unicode_normalization::UnicodeNormalization;

use super::signs;

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
        /// Sentence that tells for which competition it was entered.
        Entry = "entry",
        /// Person to ask.
        ContactName = "contactName",
        /// Mail address of that person.
        ContactEmail = "contactEmail",
        /// Telephone number of that person.
        ContactPhone = "contactPhone",
    }
}

text_enum! {
    /// What was found of a field.
    Status {
        /// It is there.
        Ok = "ok",
        /// Its label is there, without a value.
        Empty = "empty",
        /// Its label is not there either.
        Absent = "absent",
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
pub struct Claim {
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
    pub claims: Vec<Claim>,
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
}

/// Everything a text gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
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
pub enum Unreadable {
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

#[derive(Clone, Debug)]
struct Line {
    number: usize,
    text: String,
}

enum Label {
    Field(FieldName),
    Group,
}

fn label(text: &str, in_contact: bool) -> Option<Label> {
    let word = text.trim_end_matches(':').trim_end().to_lowercase();
    Some(match word.as_str() {
        "titel" | "naam praktijkvoorbeeld" => Label::Field(FieldName::Title),
        "doelstelling" | "samenvatting" => Label::Field(FieldName::Summary),
        "jaartal" | "jaar" => Label::Field(FieldName::Year),
        "gemeente" | "gemeente(n)" | "organisatie" => Label::Field(FieldName::Municipality),
        "type" | "soort" => Label::Field(FieldName::PracticeType),
        "projectbeschrijving" | "beschrijving" | "aanpak" => Label::Field(FieldName::Description),
        "resultaat" | "resultaten" => Label::Field(FieldName::Result),
        "contactgegevens" | "contact" => Label::Group,
        "naam" if in_contact => Label::Field(FieldName::ContactName),
        "e-mail" | "email" | "e-mailadres" if in_contact => Label::Field(FieldName::ContactEmail),
        "telefoon" | "telefoonnummer" if in_contact => Label::Field(FieldName::ContactPhone),
        _ => return None,
    })
}

fn normalise(text: &str) -> String {
    text.nfc()
        .map(|letter| match letter {
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\t' => ' ',
            other => other,
        })
        .filter(|letter| {
            !matches!(
                letter,
                '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' | '\u{feff}'
            ) && !letter.is_control()
        })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads a text.
///
/// # Errors
/// [`Unreadable`], for what is no text or too much of it. Odd texts are read, and reported on.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    if bytes.len() > SOURCE_MAX {
        return Err(Unreadable::TooLarge(bytes.len()));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| Unreadable::NotText(error.valid_up_to()))?;
    let unified = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let lines: Vec<Line> = unified
        .split('\n')
        .enumerate()
        .map(|(index, line)| Line {
            number: index + 1,
            text: normalise(line),
        })
        .collect();
    if lines.iter().all(|line| line.text.is_empty()) {
        return Err(Unreadable::Empty);
    }
    let sections = sections(&lines);
    for (field, (_, blocks)) in &sections {
        let length = blocks
            .iter()
            .flatten()
            .map(|line| line.text.chars().count())
            .sum();
        if length > FIELD_MAX {
            return Err(Unreadable::FieldTooLong(*field, length));
        }
    }
    let mut reading = Reading {
        source_hash: HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref()),
        fields: PracticeFields::default(),
        contact: Contact::default(),
        findings: Vec::new(),
    };
    reading.fill(&sections);
    signs::examine(&mut reading, &located(&sections));
    reading.derive();
    reading.findings.sort_by_key(|finding| {
        (
            finding.field,
            finding.status != Status::Ok,
            finding.lines.clone(),
        )
    });
    Ok(reading)
}

type Sections = BTreeMap<FieldName, (Vec<usize>, Vec<Vec<Line>>)>;

/// Splits in blocks on blank lines and files each under the label before it.
fn sections(lines: &[Line]) -> Sections {
    let mut sections: Sections = BTreeMap::new();
    let mut field = FieldName::Summary;
    let mut in_contact = false;
    for block in lines
        .split(|line| line.text.is_empty())
        .filter(|block| !block.is_empty())
    {
        if let [line] = block
            && let Some(label) = label(&line.text, in_contact)
        {
            match label {
                Label::Field(next) => {
                    field = next;
                    sections.entry(next).or_default().0.push(line.number);
                }
                Label::Group => in_contact = true,
            }
            continue;
        }
        sections.entry(field).or_default().1.push(block.to_vec());
    }
    sections
}

/// Text with its field and line, for everything but the contact.
fn located(sections: &Sections) -> Vec<(FieldName, Vec<(usize, String)>)> {
    sections
        .iter()
        .filter(|(field, _)| !is_contact(**field))
        .flat_map(|(field, (_, blocks))| {
            blocks.iter().map(|block| {
                let lines = block
                    .iter()
                    .map(|line| (line.number, line.text.clone()))
                    .collect();
                (*field, lines)
            })
        })
        .collect()
}

fn is_contact(field: FieldName) -> bool {
    matches!(
        field,
        FieldName::ContactName | FieldName::ContactEmail | FieldName::ContactPhone
    )
}

/// A numbered line without its number.
fn item(text: &str) -> Option<&str> {
    let (number, rest) = text.split_once(['.', ')'])?;
    let counts =
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (counts && rest.starts_with(' ')).then(|| rest.trim_start())
}

fn blocks(written: &[Vec<Line>]) -> Vec<Block> {
    written
        .iter()
        .map(|lines| {
            let items: Option<Vec<String>> = lines
                .iter()
                .map(|line| item(&line.text).map(str::to_owned))
                .collect();
            match items {
                Some(items) => Block::List { items },
                None => Block::Paragraph {
                    text: lines
                        .iter()
                        .map(|line| line.text.as_str())
                        .collect::<Vec<_>>()
                        .join(" "),
                },
            }
        })
        .collect()
}

impl Reading {
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

    fn fill(&mut self, sections: &Sections) {
        for field in FieldName::ALL.iter().copied() {
            if matches!(field, FieldName::Entry) {
                continue;
            }
            let Some((labels, written)) = sections.get(&field) else {
                self.find(field, Status::Absent, "absent", Vec::new(), "");
                continue;
            };
            if labels.len() > 1 {
                self.find(field, Status::Warning, "label-twice", labels.clone(), "");
            }
            if written.is_empty() {
                self.find(field, Status::Empty, "empty", labels.clone(), "");
                continue;
            }
            let lines: Vec<usize> = written.iter().flatten().map(|line| line.number).collect();
            let value = written
                .iter()
                .flatten()
                .map(|line| line.text.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            if is_contact(field) {
                self.find(field, Status::PersonalData, "kept-apart", lines, "");
                self.fill_contact(field, value);
                continue;
            }
            self.find(
                field,
                Status::Ok,
                "ok",
                vec![
                    lines.first().copied().unwrap_or_default(),
                    lines.last().copied().unwrap_or_default(),
                ],
                "",
            );
            match field {
                FieldName::Title => self.fields.title_proposals.push(value),
                FieldName::Summary => self.fields.summary = blocks(written),
                FieldName::Year => match value.parse::<i32>() {
                    Ok(year) if (1950..=2100).contains(&year) => self.fields.year = Some(year),
                    _ => self.find(field, Status::Warning, "not-a-year", lines, value),
                },
                FieldName::Municipality => self.fields.municipality = Some(value),
                FieldName::PracticeType => self.fields.practice_type = Some(value),
                FieldName::Description => self.fields.description = blocks(written),
                FieldName::Result => self.fields.result = blocks(written),
                FieldName::Entry
                | FieldName::ContactName
                | FieldName::ContactEmail
                | FieldName::ContactPhone => {}
            }
        }
    }

    fn fill_contact(&mut self, field: FieldName, value: String) {
        match field {
            FieldName::ContactName => self.contact.name = Some(value),
            FieldName::ContactEmail => {
                self.contact.email = Some(match value.rsplit_once('@') {
                    Some((name, host)) => format!("{name}@{}", host.to_lowercase()),
                    None => value,
                });
            }
            _ => {
                self.contact.phone_e164 =
                    phonenumber::parse(Some(phonenumber::country::NL), &value)
                        .ok()
                        .map(|number| number.format().mode(phonenumber::Mode::E164).to_string());
                self.contact.phone = Some(value);
            }
        }
    }

    /// Proposes what is missing. A proposal is a question to the editor, never an answer.
    fn derive(&mut self) {
        let body = [
            &self.fields.summary,
            &self.fields.description,
            &self.fields.result,
        ]
        .into_iter()
        .flatten()
        .map(Block::text)
        .collect::<Vec<_>>()
        .join("\n");
        if self.fields.municipality.is_none() {
            self.fields.municipality_proposal =
                signs::municipality(&body, self.contact.email.as_deref());
            if let Some((name, code)) = self.fields.municipality_proposal.clone() {
                let about = code.map_or(name.clone(), |code| format!("{name} ({code})"));
                self.find(
                    FieldName::Municipality,
                    Status::Derived,
                    "proposed",
                    Vec::new(),
                    about,
                );
            }
        }
        if self.fields.practice_type.is_none() && body.to_lowercase().contains("praktijkvoorbeeld")
        {
            self.fields.type_proposal = Some("Praktijkvoorbeeld".to_owned());
            self.find(
                FieldName::PracticeType,
                Status::Derived,
                "proposed",
                Vec::new(),
                "Praktijkvoorbeeld",
            );
        }
        if self.fields.title_proposals.is_empty() {
            let place = self.fields.municipality.clone().or_else(|| {
                self.fields
                    .municipality_proposal
                    .clone()
                    .map(|(name, _)| name)
            });
            self.fields.title_proposals =
                signs::titles(&self.fields.summary, &body, place.as_deref());
            for title in self.fields.title_proposals.clone() {
                self.find(
                    FieldName::Title,
                    Status::Derived,
                    "proposed",
                    Vec::new(),
                    title,
                );
            }
        }
        let unique: BTreeSet<String> = self.fields.hints.drain(..).collect();
        self.fields.hints = unique.into_iter().collect();
    }
}
