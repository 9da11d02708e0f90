//! Reads a practice as municipalities publish it: a text with labels on lines of their own, as it stands.
//!
//! Nothing is corrected and nothing is decided: what is missing is proposed, what is odd is reported with its line, and the raw bytes stay
//! beside the reading for ever. Personal data goes to the contact and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use ring::digest;
use unicode_normalization::UnicodeNormalization;

use super::{
    heuristics,
    parsed_practice::{
        Block, Contact, FIELD_MAX, FieldName, ParseError, ParsedPractice, PracticeFields,
        SOURCE_MAX, Status,
    },
};

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
/// [`ParseError`], for what is no text or too much of it. Odd texts are read, and reported on.
pub fn parse(bytes: &[u8]) -> Result<ParsedPractice, ParseError> {
    if bytes.len() > SOURCE_MAX {
        return Err(ParseError::TooLarge(bytes.len()));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| ParseError::NotText(error.valid_up_to()))?;
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
        return Err(ParseError::Empty);
    }
    let sections = sections(&lines);
    for (field, (_, blocks)) in &sections {
        let length = blocks
            .iter()
            .flatten()
            .map(|line| line.text.chars().count())
            .sum();
        if length > FIELD_MAX {
            return Err(ParseError::FieldTooLong(*field, length));
        }
    }
    let mut parsed = ParsedPractice {
        source_hash: HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref()),
        fields: PracticeFields::default(),
        contact: Contact::default(),
        findings: Vec::new(),
    };
    parsed.fill(&sections);
    heuristics::examine(&mut parsed, &located(&sections));
    parsed.derive();
    parsed.findings.sort_by_key(|finding| {
        (
            finding.field,
            finding.status != Status::Ok,
            finding.lines.clone(),
        )
    });
    Ok(parsed)
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

impl ParsedPractice {
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
                heuristics::municipality(&body, self.contact.email.as_deref());
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
        let said = format!(
            "{body}\n{}",
            self.fields.entry.as_deref().unwrap_or_default()
        );
        if self.fields.practice_type.is_none() && said.to_lowercase().contains("praktijkvoorbeeld")
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
                heuristics::titles(&self.fields.summary, &body, place.as_deref());
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
