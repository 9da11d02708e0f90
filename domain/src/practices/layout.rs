//! How the lines of a practice text belong together: which are labels, which follow one, which are about the person to ask.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    masking::{MASK, masked},
    parsed_practice::FieldName,
};
use crate::text;

/// A line, or a part of one between soft line ends.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Number in the source, from 1.
    pub number: usize,
    /// Its text in normal form.
    pub text: String,
}

/// Lines of the labels, and what was filed under them.
pub(super) type Sections = BTreeMap<FieldName, (Vec<usize>, Vec<Vec<Line>>)>;

/// Most words of a line that names somebody, or of a value behind a label for a person.
const NAME_WORDS: usize = 6;

#[derive(Clone, Copy)]
enum Label {
    Field(FieldName),
    /// What follows is about the person to ask.
    Group,
}

/// The lines of a text in normal form. Word processors write soft line ends as vertical tabs or U+2028.
pub(super) fn lines(source: &str) -> Vec<Line> {
    let unified = source
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    unified
        .split('\n')
        .enumerate()
        .flat_map(|(index, line)| {
            line.split(['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
                .map(move |part| Line {
                    number: index + 1,
                    text: normalise(&joined_cells(part)),
                })
        })
        .collect()
}

/// A row of a table that was copied from a page or a document: its label and its value stand apart.
fn joined_cells(line: &str) -> Cow<'_, str> {
    match line.trim().split_once('\t') {
        Some((first, value)) if label(first.trim()).is_some() => {
            Cow::Owned(format!("{} | {value}", first.trim()))
        }
        _ => Cow::Borrowed(line),
    }
}

/// A line between parts, or under a heading: `-----`, `=====`.
fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3 && line.chars().all(|sign| "-=_*–—".contains(sign))
}

fn normalise(line: &str) -> String {
    let visible: String = line
        .chars()
        .filter(|letter| !matches!(letter, '\u{200c}' | '\u{200d}' | '\u{180e}' | '\u{34f}'))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let line = text::clean_line(&visible);
    if is_rule(&line) { String::new() } else { line }
}

/// The label that a line is, without its marks: `**Naam**`, `- Naam:`, `## Naam`.
fn label(line: &str) -> Option<Label> {
    let word = line
        .trim_start_matches(|sign: char| sign.is_ascii_digit())
        .trim_matches(|sign: char| " #*_-–•·>|:：.)?".contains(sign))
        .to_lowercase();
    Some(match word.as_str() {
        "titel" | "title" | "naam praktijkvoorbeeld" => Label::Field(FieldName::Title),
        "doelstelling" | "samenvatting" => Label::Field(FieldName::Summary),
        "jaartal" | "jaar" => Label::Field(FieldName::Year),
        "gemeente" | "gemeente(n)" | "organisatie" => Label::Field(FieldName::Municipality),
        "type" | "soort" => Label::Field(FieldName::PracticeType),
        "probleem" | "aanleiding" | "het probleem" => Label::Field(FieldName::Problem),
        "doel" | "doelen" | "het doel" => Label::Field(FieldName::Aim),
        "wat ging mis" | "wat ging er mis" | "valkuilen" | "geleerde lessen" | "lessen"
        | "leerpunten" => Label::Field(FieldName::WentWrong),
        "randvoorwaarden" | "voorwaarden" | "wat is er nodig" | "wat er nodig is" => {
            Label::Field(FieldName::Conditions)
        }
        "projectbeschrijving" | "beschrijving" | "aanpak" => Label::Field(FieldName::Description),
        "resultaat" | "resultaten" | "opbrengst" => Label::Field(FieldName::Result),
        "contactgegevens" | "contact" | "contactinformatie" | "contact details" | "meer weten"
        | "meer informatie" | "vragen" => Label::Group,
        "naam"
        | "contactpersoon"
        | "contactpersonen"
        | "contact persoon"
        | "naam contactpersoon"
        | "naam van de contactpersoon"
        | "naam en functie"
        | "aanspreekpunt"
        | "auteur"
        | "indiener"
        | "ingediend door"
        | "voornaam"
        | "achternaam"
        | "name"
        | "contact person" => Label::Field(FieldName::ContactName),
        "e-mail" | "email" | "e-mailadres" | "emailadres" | "e-mail adres" | "email adres"
        | "mail" | "mailadres" => Label::Field(FieldName::ContactEmail),
        "telefoon" | "telefoonnummer" | "tel" | "telnr" | "mobiel" | "mobiele telefoon"
        | "mobiel nummer" | "gsm" | "phone" => Label::Field(FieldName::ContactPhone),
        "functie" | "afdeling" | "adres" | "linkedin" => Label::Field(FieldName::ContactOther),
        _ => return None,
    })
}

/// The label that a name of a column or a field stands for, as our texts write it.
pub(super) fn label_of(name: &str) -> Option<&'static str> {
    let word = name.trim().to_lowercase().replace('_', "");
    let field = FieldName::ALL
        .iter()
        .find(|field| field.as_str().to_lowercase() == word)
        .copied();
    let field = field.or_else(|| match label(name)? {
        Label::Field(field) => Some(field),
        Label::Group => None,
    })?;
    Some(match field {
        FieldName::Title => "Titel",
        FieldName::Summary => "Samenvatting",
        FieldName::Problem => "Probleem",
        FieldName::Aim => "Doel",
        FieldName::Year => "Jaartal",
        FieldName::Municipality => "Gemeente",
        FieldName::PracticeType => "Type",
        FieldName::Description => "Aanpak",
        FieldName::Result => "Resultaat",
        FieldName::WentWrong => "Wat ging mis",
        FieldName::Conditions => "Randvoorwaarden",
        FieldName::ContactName => "Contactpersoon",
        FieldName::ContactEmail => "Contactgegevens\n\nE-mail",
        FieldName::ContactPhone => "Contactgegevens\n\nTelefoon",
        FieldName::ContactOther => "Contactgegevens\n\nFunctie",
        FieldName::Entry => return None,
    })
}

fn is_personal(text: &str) -> bool {
    masked(text, "") != text
}

/// Whether what stands behind a label for a person outside of the contact is about a person: "Telefoon: inwoners bellen vaker" is not.
fn fits(label: Label, value: &str) -> bool {
    let short = value.split(' ').count() <= NAME_WORDS;
    match label {
        Label::Field(FieldName::ContactName) | Label::Group => {
            is_personal(value) || (short && value.contains(char::is_uppercase))
        }
        Label::Field(field) if field.is_contact() => is_personal(value),
        Label::Field(_) => true,
    }
}

/// The label at the beginning of a line, and what stands behind it on the same line.
fn labelled(line: &str, in_contact: bool) -> Option<(Label, &str)> {
    if let Some(label) = label(line) {
        let only_there = matches!(
            label,
            Label::Field(
                FieldName::ContactEmail | FieldName::ContactPhone | FieldName::ContactOther
            )
        );
        return (in_contact || !only_there).then_some((label, ""));
    }
    let signs = [":", "：", " - ", " – ", " — ", " = ", " | "];
    let split = signs
        .iter()
        .filter_map(|sign| line.split_once(sign))
        .min_by_key(|(before, _)| before.len());
    if let Some((before, value)) = split
        && let Some(found) = label(before)
    {
        let value = value.trim_matches(|sign: char| " *_|:".contains(sign));
        return (in_contact || fits(found, value)).then_some((found, value));
    }
    let (word, value) = line.split_once(' ').filter(|_| in_contact)?;
    let found = label(word)?;
    let about_person = matches!(found, Label::Field(field) if field.is_contact());
    about_person.then_some((found, value))
}

/// Whether a text is nothing but an address or a number, with a word before it at most.
fn is_only_personal(text: &str) -> bool {
    let cleaned = masked(text, "");
    let rest = cleaned.split(' ').filter(|word| !word.contains(MASK));
    is_personal(text) && rest.count() <= 1
}

/// Short lines of which one is nothing but an address or a number: how people sign.
fn is_signature(block: &[Line]) -> bool {
    block
        .iter()
        .all(|line| line.text.split(' ').count() <= NAME_WORDS)
        && block.iter().any(|line| is_only_personal(&line.text))
}

/// A line of words with capitals, and the small words between them: how a name stands above a signature.
fn is_name(block: &[Line]) -> bool {
    let [line] = block else { return false };
    let words: Vec<&str> = line.text.split(' ').collect();
    let capitals = |word: &&&str| word.starts_with(char::is_uppercase);
    (2..=NAME_WORDS).contains(&words.len())
        && words.iter().filter(capitals).count() >= 2
        && words.iter().all(|word| word.len() <= 3 || capitals(&word))
}

/// Where a line about the person to ask belongs; `field` is what the label before it says.
fn contact_field(field: FieldName, line: &str) -> FieldName {
    let words = line.split(' ').count();
    let lower = line.to_lowercase();
    if is_personal(line) {
        let is_mail =
            line.contains(['@', '\u{ff20}']) || lower.contains("at)") || lower.contains("at]");
        if is_mail {
            FieldName::ContactEmail
        } else {
            FieldName::ContactPhone
        }
    } else if matches!(field, FieldName::ContactEmail | FieldName::ContactPhone) {
        field
    } else if field != FieldName::ContactOther && words <= NAME_WORDS {
        FieldName::ContactName
    } else {
        FieldName::ContactOther
    }
}

/// Files every line under the label before it, which may stand alone, at the beginning of the line, or in the middle of a block. After a
/// label for the contact everything is about a person, until a label of another part.
pub(super) fn sections(lines: &[Line]) -> Sections {
    let blocks: Vec<&[Line]> = lines
        .split(|line| line.text.is_empty())
        .filter(|block| !block.is_empty())
        .collect();
    let mut filing = Filing {
        sections: Sections::new(),
        field: FieldName::Summary,
        body: FieldName::Summary,
        in_contact: false,
    };
    for (at, block) in blocks.iter().enumerate() {
        let next_signs = blocks.get(at + 1).is_some_and(|next| is_signature(next));
        filing.block(block, is_signature(block) || (is_name(block) && next_signs));
    }
    filing.sections
}

struct Filing {
    sections: Sections,
    /// Where the next line goes.
    field: FieldName,
    /// The last part that is not about a person.
    body: FieldName,
    /// Whether a label for the contact stood alone.
    in_contact: bool,
}

impl Filing {
    fn block(&mut self, block: &[Line], is_contact: bool) {
        let mut about_person = self.in_contact || is_contact;
        if is_contact && !self.in_contact {
            self.field = FieldName::ContactName;
        }
        let mut own: Vec<Line> = Vec::new();
        for line in block {
            let Some((label, value)) = labelled(&line.text, about_person) else {
                if about_person {
                    self.person(line.clone());
                } else {
                    own.push(line.clone());
                }
                continue;
            };
            self.keep(std::mem::take(&mut own));
            let next = match label {
                Label::Field(next) => next,
                Label::Group => FieldName::ContactName,
            };
            if matches!(label, Label::Field(_)) {
                self.sections.entry(next).or_default().0.push(line.number);
            }
            self.field = next;
            about_person = next.is_contact();
            if !about_person {
                self.body = next;
                self.in_contact = false;
            } else if value.is_empty() {
                self.in_contact = true;
            }
            if !value.is_empty() {
                let rest = Line {
                    number: line.number,
                    text: value.to_owned(),
                };
                if about_person {
                    self.person(rest);
                } else {
                    own.push(rest);
                }
            }
        }
        self.keep(own);
        if about_person && !self.in_contact {
            self.field = self.body;
        }
    }

    fn keep(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.sections.entry(self.field).or_default().1.push(lines);
        }
    }

    fn person(&mut self, line: Line) {
        let field = contact_field(self.field, &line.text);
        self.sections.entry(field).or_default().1.push(vec![line]);
    }
}
