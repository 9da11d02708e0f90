//! Reads a practice as municipalities publish it: a text with labels on lines of their own, as it stands.
//!
//! Nothing is corrected and nothing is decided: what is missing is proposed, what is odd is reported with its line, and the raw bytes stay
//! beside the reading for ever. Personal data goes to the contact and nowhere else.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use ring::digest;

use super::{
    heuristics,
    layout::{self, Line, Sections},
    names::Private,
    parsed_practice::{
        Block, Contact, FIELD_MAX, FieldName, ParseError, ParsedPractice, PracticeFields,
        SOURCE_MAX, Status,
    },
};
use crate::text;

/// Reads a text.
///
/// # Errors
/// [`ParseError`], for what is no text or too much of it. Odd texts are read, and reported on.
pub fn parse(bytes: &[u8]) -> Result<ParsedPractice, ParseError> {
    if bytes.len() > SOURCE_MAX {
        return Err(ParseError::TooLarge(bytes.len()));
    }
    let text = text::decode(bytes).map_err(ParseError::NotText)?;
    let lines = layout::lines(&text);
    if lines.iter().all(|line| line.text.is_empty()) {
        return Err(ParseError::Empty);
    }
    let sections = layout::sections(&lines);
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
    let private = Private::of_practice(&parsed.fields, &parsed.contact, "");
    heuristics::examine(&mut parsed, &located(&sections), &private);
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

/// Text with its field and line, for everything but the contact.
fn located(sections: &Sections) -> Vec<(FieldName, Vec<(usize, String)>)> {
    sections
        .iter()
        .filter(|(field, _)| !field.is_contact())
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

/// A line of a list without its number or its bullet, as people type them and as word processors and websites copy them.
fn item(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(BULLETS) {
        return rest.strip_prefix(' ').map(str::trim_start);
    }
    let (number, rest) = text.split_once(['.', ')'])?;
    let counts =
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (counts && rest.starts_with(' ')).then(|| rest.trim_start())
}

/// What stands before a line of a list. The last ones are what the symbol fonts of word processors leave behind.
const BULLETS: [char; 14] = [
    '-', '*', '•', '·', '◦', '‣', '▪', '■', '●', '○', '–', '➢', '\u{f0b7}', '\u{f0a7}',
];

/// Paragraphs and lists: lines of a list that stand in one block with a sentence before them are a list of their own.
fn blocks(written: &[Vec<Line>]) -> Vec<Block> {
    written
        .iter()
        .flat_map(|lines| lines.chunk_by(|one, next| is_item(one) == is_item(next)))
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

fn is_item(line: &Line) -> bool {
    item(&line.text).is_some()
}

impl ParsedPractice {
    fn fill(&mut self, sections: &Sections) {
        for field in FieldName::ALL.iter().copied() {
            let unasked = field.is_optional() && !sections.contains_key(&field);
            if field == FieldName::Entry || unasked {
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
            if field.is_contact() {
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
                FieldName::Problem => self.fields.problem = blocks(written),
                FieldName::Aim => self.fields.aim = blocks(written),
                FieldName::WentWrong => self.fields.went_wrong = blocks(written),
                FieldName::Conditions => self.fields.conditions = blocks(written),
                FieldName::Entry
                | FieldName::ContactName
                | FieldName::ContactEmail
                | FieldName::ContactPhone
                | FieldName::ContactOther => {}
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
            FieldName::ContactOther => self.contact.other = Some(value),
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
            // The second reading knows the municipality, which is nobody's name.
            let private = Private::of_practice(&self.fields, &self.contact, "");
            self.fields
                .title_proposals
                .retain(|title| private.hide(title) == *title);
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
