//! Heuristics on a text: what repeats, what claims a result, what names a person, what was typed wrong. Each finding is reported with its
//! line, so that an editor can judge.

use std::collections::BTreeMap;

use super::{
    names::Private,
    parsed_practice::{Block, FieldName, ParsedPractice, Statement, Status},
};

type Located = (FieldName, Vec<(usize, String)>);

/// Examines all text but the contact's.
pub(super) fn examine(parsed: &mut ParsedPractice, blocks: &[Located], private: &Private) {
    repeated(parsed, blocks);
    let mut populations = Vec::new();
    for (field, lines) in blocks {
        quotes(parsed, *field, lines);
        for (number, text) in lines {
            personal(parsed, *field, *number, text, private);
            hints(parsed, *field, *number, text);
            for (value, population) in decimals(text) {
                let in_range = value
                    .replace(',', ".")
                    .split('.')
                    .next()
                    .and_then(|whole| whole.parse::<u32>().ok())
                    .is_some_and(|whole| (1..10).contains(&whole) || value == "10,0");
                if let Some(population) = population
                    && !populations.contains(&population)
                {
                    populations.push(population);
                }
                let code = if in_range {
                    "claim"
                } else {
                    "claim-out-of-range"
                };
                parsed.warn(*field, code, *number, value.clone());
                parsed.fields.claims.push(Statement {
                    value,
                    line: *number,
                    population: population.map(str::to_owned),
                    in_range,
                });
            }
            years(parsed, *field, *number, text);
        }
    }
    if populations.len() > 1 {
        let lines = parsed
            .fields
            .claims
            .iter()
            .map(|claim| claim.line)
            .collect();
        parsed.find(
            FieldName::Result,
            Status::Warning,
            "claims-not-comparable",
            lines,
            populations.join(" / "),
        );
    }
}

/// The same paragraph under two labels is a tag, not text: the sentence about a competition.
fn repeated(parsed: &mut ParsedPractice, blocks: &[Located]) {
    let mut seen: BTreeMap<String, Vec<(FieldName, usize, String)>> = BTreeMap::new();
    for (field, lines) in blocks {
        let text = lines
            .iter()
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let first = lines.first().map_or(0, |(number, _)| *number);
        if text.chars().count() > 20 {
            seen.entry(text.to_lowercase())
                .or_default()
                .push((*field, first, text));
        }
    }
    for places in seen.into_values() {
        if let [(_, _, text), _, ..] = places.as_slice() {
            let lines = places.iter().map(|(_, line, _)| *line).collect();
            parsed.find(
                FieldName::Entry,
                Status::Derived,
                "repeated-paragraph",
                lines,
                text.clone(),
            );
            parsed.fields.entry = Some(text.clone());
            for blocks in [
                &mut parsed.fields.description,
                &mut parsed.fields.result,
                &mut parsed.fields.summary,
            ] {
                blocks.retain(
                    |block| !matches!(block, Block::Paragraph { text: found } if found == text),
                );
            }
        }
    }
}

/// Quotation marks that do not pair. They are reported, never repaired: only the author knows where a quotation ends.
fn quotes(parsed: &mut ParsedPractice, field: FieldName, lines: &[(usize, String)]) {
    let mut open: Option<(char, usize, String)> = None;
    for (number, text) in lines {
        let letters: Vec<char> = text.chars().collect();
        for (at, sign) in letters.iter().enumerate() {
            if !matches!(sign, '"' | '\'') {
                continue;
            }
            let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
            let after = letters.get(at + 1).copied();
            let inside_word = before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric);
            if inside_word {
                continue;
            }
            let excerpt: String = letters
                .iter()
                .skip(at.saturating_sub(15))
                .take(31)
                .collect();
            let opens = before.is_none_or(|letter| letter.is_whitespace() || letter == '(')
                && after.is_some_and(|letter| !letter.is_whitespace());
            match open.take() {
                None if opens => open = Some((*sign, *number, excerpt)),
                None => parsed.find(
                    field,
                    Status::Warning,
                    "quote-unopened",
                    vec![*number],
                    excerpt,
                ),
                Some((first, _, _)) if first == *sign && !opens => {}
                Some((first, _, _)) if first != *sign && !opens => {
                    parsed.find(
                        field,
                        Status::Warning,
                        "quote-mixed",
                        vec![*number],
                        excerpt,
                    );
                }
                Some((_, line, earlier)) => {
                    parsed.warn(field, "quote-unclosed", line, earlier);
                    open = Some((*sign, *number, excerpt));
                }
            }
        }
    }
    if let Some((_, line, excerpt)) = open {
        parsed.warn(field, "quote-unclosed", line, excerpt);
    }
}

/// Names, addresses and numbers of people in running text.
fn personal(
    parsed: &mut ParsedPractice,
    field: FieldName,
    number: usize,
    text: &str,
    private: &Private,
) {
    if private.hide(text) != text {
        parsed.find(
            field,
            Status::PersonalData,
            "masked-in-text",
            vec![number],
            "",
        );
    }
}

/// Configuration a text hints at, to be offered as a start.
fn hints(parsed: &mut ParsedPractice, field: FieldName, number: usize, text: &str) {
    let text = text.to_lowercase();
    for (hint, found) in [
        ("serviceRule", text.contains("werkdag")),
        (
            "giftRule",
            text.contains("budget") && (text.contains("attentie") || text.contains("verras")),
        ),
        (
            "callback",
            text.contains("gebeld") || text.contains("terugbel"),
        ),
    ] {
        if found {
            parsed.fields.hints.push(hint.to_owned());
            parsed.find(field, Status::Derived, "hint", vec![number], hint);
        }
    }
}

/// Decimal numbers such as `8,6`, with who gave them as far as the words before tell.
fn decimals(text: &str) -> Vec<(String, Option<&'static str>)> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word
            .trim_matches(['.', ';', ')', '(', '!', '?', '"'])
            .trim_end_matches(',');
        let Some((whole, part)) = word.split_once(',') else {
            continue;
        };
        let plain = |text: &str| {
            !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !plain(whole) || !plain(part) {
            continue;
        }
        let population = words.iter().take(at).rev().take(8).find_map(|word| {
            let word = word.to_lowercase();
            ["inwoners", "klanten"]
                .into_iter()
                .find(|group| word.contains(group))
        });
        found.push((word.to_owned(), population));
    }
    found
}

/// A year in the text that is not the year of the practice: a base line, not a date of the practice.
fn years(parsed: &mut ParsedPractice, field: FieldName, number: usize, text: &str) {
    let Some(year) = parsed.fields.year.filter(|_| field != FieldName::Year) else {
        return;
    };
    for word in text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|word| word.len() == 4)
    {
        if let Ok(other) = word.parse::<i32>()
            && (1950..=2100).contains(&other)
            && other != year
        {
            parsed.warn(field, "other-year", number, other.to_string());
        }
    }
}

/// CBS codes of municipalities that can be recognised without asking anybody ("Gebieden in Nederland").
const CODES: [(&str, &str); 4] = [
    ("Schagen", "GM0441"),
    ("Amsterdam", "GM0363"),
    ("Utrecht", "GM0344"),
    ("'s-Gravenhage", "GM0518"),
];

/// The municipality a text is probably about: the name behind "gemeente" or "in", supported by the mail address.
pub(super) fn municipality(body: &str, email: Option<&str>) -> Option<(String, Option<String>)> {
    let domain = email
        .and_then(|email| email.rsplit_once('@'))
        .map(|(_, host)| host.split('.').next().unwrap_or_default().to_lowercase());
    let words: Vec<&str> = body.split_whitespace().collect();
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for pair in words.windows(2) {
        let [before, word] = pair else { continue };
        let name = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        if !name.starts_with(|letter: char| letter.is_uppercase() || letter == '\'') {
            continue;
        }
        let weight = match before.to_lowercase().as_str() {
            "gemeente" => 3,
            "in" => 1,
            _ => 0,
        };
        if weight > 0 && name.chars().count() > 2 {
            let supported = domain.as_deref() == Some(name.to_lowercase().as_str());
            *votes.entry(name.to_owned()).or_default() += weight + if supported { 10 } else { 0 };
        }
    }
    let (name, _) = votes.into_iter().max_by_key(|(_, votes)| *votes)?;
    let code = CODES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| (*code).to_owned());
    Some((name, code))
}

/// Three titles to choose from: what the summary quotes, its first sentence, and the municipality with its subject.
pub(super) fn titles(summary: &[Block], body: &str, place: Option<&str>) -> Vec<String> {
    let text = summary.first().map(Block::text).unwrap_or_default();
    let mut titles = Vec::new();
    if let Some(quoted) = text
        .split('"')
        .nth(1)
        .map(str::trim)
        .filter(|quoted| quoted.len() > 5)
    {
        titles.push(short(&capital(quoted)));
    }
    if let Some(sentence) = text
        .split(". ")
        .next()
        .filter(|sentence| !sentence.is_empty())
    {
        titles.push(short(sentence));
    }
    let subject = [
        "klantenservice",
        "luistercultuur",
        "dienstverlening",
        "participatie",
    ]
    .into_iter()
    .find(|subject| body.to_lowercase().contains(subject));
    if let Some(place) = place {
        titles.push(match subject {
            Some(subject) => format!("{} samen met inwoners in {place}", capital(subject)),
            None => format!("Praktijkvoorbeeld uit {place}"),
        });
    }
    titles.dedup();
    titles
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// At most 80 characters, cut between words.
fn short(text: &str) -> String {
    let text = text.trim_end_matches('.');
    if text.chars().count() <= 80 {
        return text.to_owned();
    }
    let mut cut = String::new();
    for word in text.split(' ') {
        if cut.chars().count() + word.chars().count() > 78 {
            break;
        }
        cut.push_str(word);
        cut.push(' ');
    }
    format!("{}…", cut.trim_end())
}
