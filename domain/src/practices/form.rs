//! What an owner types about a practice: a draft takes anything that fits, submitting asks for everything that another municipality needs.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Contact, Effort, Entry, Licence, PracticeContent, SUMMARY_MAX, Visibility,
    typed_blocks::{blocks, typed},
};
use crate::{
    FieldErrors,
    evidence::{ClaimRequest, parse_claims},
    input::{self, Number},
    text,
};

/// Longest text of one part, in characters.
pub(super) const PART_MAX: usize = 20_000;
/// Longest line, in characters.
pub(super) const LINE_MAX: usize = 200;
/// Most lines of a list.
const LINES_MAX: usize = 20;

/// A practice as its owner edits it. Parts are plain text: an empty line begins a paragraph, lines with a number or a dash are a list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PracticeForm {
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// In one paragraph, at most 300 characters.
    #[serde(default)]
    pub summary: String,
    /// Which problem it solves.
    #[serde(default)]
    pub problem: String,
    /// What it is meant to reach.
    #[serde(default)]
    pub aim: String,
    /// What was done.
    #[serde(default)]
    pub approach: String,
    /// What came of it.
    #[serde(default)]
    pub result: String,
    /// What went wrong.
    #[serde(default)]
    pub went_wrong: String,
    /// What has to be so for it to work.
    #[serde(default)]
    pub conditions: String,
    /// Work: none, half, one, three or more.
    #[serde(default)]
    pub fte: String,
    /// Money: none, to5k, to25k, to100k or more.
    #[serde(default)]
    pub euros: String,
    /// Time: weeks, quarter, halfYear, year or longer.
    #[serde(default)]
    pub lead_time: String,
    /// First year.
    #[schema(value_type = i32)]
    #[serde(default)]
    pub year_start: Number,
    /// Last year, when it ended.
    #[schema(value_type = Option<i32>)]
    #[serde(default)]
    pub year_end: Number,
    /// idea, trial, inUse or stopped.
    #[serde(default)]
    pub phase: String,
    /// method, training, tool, communication, policy or organisation.
    #[serde(default)]
    pub practice_type: String,
    /// What it is about: words of the list of themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// For whom.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Over which ways.
    #[serde(default)]
    pub channels: Vec<String>,
    /// With which organisations, one a line.
    #[serde(default)]
    pub partners: String,
    /// CC-BY-4.0 or CC0-1.0.
    #[serde(default)]
    pub licence: String,
    /// For which competitions it was entered, one a line, with the edition as the last word: `GemeenteDelers 2021`.
    #[serde(default)]
    pub entries: String,
    /// Addresses of published practices it was made from, one a line.
    #[serde(default)]
    pub derived_from: String,
    /// What was measured.
    #[serde(default)]
    pub claims: Vec<ClaimRequest>,
    /// everyone, subscribers or chosen.
    #[serde(default)]
    pub visibility: String,
    /// Names of the municipalities that may read it when they are chosen, one a line.
    #[serde(default)]
    pub readers: String,
    /// Names of municipalities that own it as well, one a line. They are named once they agree.
    #[serde(default)]
    pub co_owners: String,
    /// Name of the person to ask. Never published.
    #[serde(default)]
    pub contact_name: String,
    /// Mail address of that person. Never published.
    #[serde(default)]
    pub contact_email: String,
    /// Telephone number of that person. Never published.
    #[serde(default)]
    pub contact_phone: String,
    /// What this version changes, in words; from the second version on.
    #[serde(default)]
    pub changes: String,
    /// Number of the state it was made from: when it is another one by now, nothing is stored.
    #[schema(value_type = i64)]
    #[serde(default)]
    pub version: Number,
}

/// Who may read a practice, and who owns it as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Sharing {
    /// Who may read it.
    pub visibility: Visibility,
    /// Names of the municipalities that may, when they are chosen.
    pub readers: Vec<String>,
    /// Names of municipalities that own it as well.
    pub co_owners: Vec<String>,
    /// Addresses of the practices it was made from.
    pub derived_from: Vec<String>,
}

/// What a form gave.
pub(super) struct Edited {
    pub content: PracticeContent,
    pub sharing: Sharing,
    pub contact: Contact,
    pub changes: String,
    pub version: Option<i64>,
    pub errors: FieldErrors,
}

/// The lines of a text, each in normal form.
fn lines(typed: &str, field: &str, errors: &mut FieldErrors) -> Vec<String> {
    let lines: Vec<String> = typed
        .lines()
        .map(text::clean_line)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > LINES_MAX {
        errors.add_with(field, "too_many", "max", LINES_MAX);
    }
    for line in &lines {
        input::optional(line.clone(), LINE_MAX, field, errors);
    }
    lines
}

/// A word of a closed list that may be left open.
fn choice<T: FromStr>(typed: &str, field: &str, errors: &mut FieldErrors) -> Option<T> {
    let typed = typed.trim();
    let value = typed.parse().ok();
    if value.is_none() && !typed.is_empty() {
        errors.add(field, "not_an_option");
    }
    value
}

fn choices<T: FromStr + Ord>(typed: &[String], field: &str, errors: &mut FieldErrors) -> Vec<T> {
    let mut values: Vec<T> = (typed.iter())
        .filter_map(|word| choice(word, field, errors))
        .collect();
    values.sort();
    values.dedup();
    values
}

fn entry(line: &str) -> Entry {
    let (name, edition) = line.rsplit_once(' ').unwrap_or((line, ""));
    if !edition.is_empty() && edition.chars().all(|sign| sign.is_ascii_digit()) {
        Entry {
            competition: name.to_owned(),
            edition: edition.to_owned(),
        }
    } else {
        Entry {
            competition: line.to_owned(),
            edition: String::new(),
        }
    }
}

impl PracticeForm {
    /// Reads everything and notes what is wrong; what is missing is noted when the practice is `complete`d.
    pub(super) fn parse(&self, before: PracticeContent) -> Edited {
        let mut errors = FieldErrors::default();
        let e = &mut errors;
        let line = |typed: &str, max, field, e: &mut FieldErrors| {
            input::optional(text::clean_line(typed), max, field, e)
        };
        let part = |typed: &str, field, e: &mut FieldErrors| {
            input::optional(typed.to_owned(), PART_MAX, field, e);
            blocks(typed)
        };
        let year = |typed: &Number, field, e: &mut FieldErrors| {
            let year: Option<i32> = typed.optional(field, e);
            if year.is_some_and(|year| !(1950..=2100).contains(&year)) {
                e.add(field, "not_a_year");
            }
            year
        };
        let contact = Contact {
            name: text::optional(Some(&self.contact_name)).map(str::to_owned),
            email: text::optional(Some(&self.contact_email)).map(str::to_owned),
            phone: text::optional(Some(&self.contact_phone)).map(str::to_owned),
            phone_e164: None,
            other: None,
        };
        if let Some(email) = &contact.email
            && !email.contains('@')
        {
            e.add("contactEmail", "not_an_email");
        }
        let content = PracticeContent {
            title: line(&self.title, LINE_MAX, "title", e),
            summary: line(&self.summary, SUMMARY_MAX, "summary", e),
            problem: part(&self.problem, "problem", e),
            aim: part(&self.aim, "aim", e),
            approach: part(&self.approach, "approach", e),
            result: part(&self.result, "result", e),
            went_wrong: part(&self.went_wrong, "wentWrong", e),
            conditions: part(&self.conditions, "conditions", e),
            effort: Effort {
                fte: choice(&self.fte, "fte", e),
                euros: choice(&self.euros, "euros", e),
                lead_time: choice(&self.lead_time, "leadTime", e),
            },
            year_start: year(&self.year_start, "yearStart", e),
            year_end: year(&self.year_end, "yearEnd", e),
            phase: choice(&self.phase, "phase", e),
            practice_type: choice(&self.practice_type, "practiceType", e),
            themes: choices(&self.themes, "themes", e),
            audience: choices(&self.audience, "audience", e),
            channels: choices(&self.channels, "channels", e),
            partners: lines(&self.partners, "partners", e),
            licence: choice(&self.licence, "licence", e).unwrap_or(Licence::CcBy),
            entries: (lines(&self.entries, "entries", e).iter())
                .map(|line| entry(line))
                .collect(),
            claims: parse_claims(&self.claims, e),
            ..before
        };
        if let (Some(start), Some(end)) = (content.year_start, content.year_end)
            && end < start
        {
            e.add("yearEnd", "before_start");
        }
        let sharing = Sharing {
            visibility: choice(&self.visibility, "visibility", e).unwrap_or(Visibility::Everyone),
            readers: lines(&self.readers, "readers", e),
            co_owners: lines(&self.co_owners, "coOwners", e),
            derived_from: lines(&self.derived_from, "derivedFrom", e),
        };
        let changes = line(&self.changes, 1_000, "changes", e);
        Edited {
            content,
            sharing,
            contact,
            changes,
            version: self.version.optional("version", e),
            errors,
        }
    }

    /// The form of a practice as it is.
    #[must_use]
    pub fn of(content: &PracticeContent, sharing: &Sharing, contact: &Contact) -> Self {
        let word = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let year =
            |year: Option<i32>| year.map_or(Number::Missing, |year| Number::from(i64::from(year)));
        Self {
            title: content.title.clone(),
            summary: content.summary.clone(),
            problem: typed(&content.problem),
            aim: typed(&content.aim),
            approach: typed(&content.approach),
            result: typed(&content.result),
            went_wrong: typed(&content.went_wrong),
            conditions: typed(&content.conditions),
            fte: word(content.effort.fte.map(super::FteBand::as_str)),
            euros: word(content.effort.euros.map(super::EuroBand::as_str)),
            lead_time: word(content.effort.lead_time.map(super::LeadTimeBand::as_str)),
            year_start: year(content.year_start),
            year_end: year(content.year_end),
            phase: word(content.phase.map(super::PracticePhase::as_str)),
            practice_type: word(content.practice_type.map(super::PracticeType::as_str)),
            themes: content.themes.iter().map(ToString::to_string).collect(),
            audience: content.audience.iter().map(ToString::to_string).collect(),
            channels: content.channels.iter().map(ToString::to_string).collect(),
            partners: content.partners.join("\n"),
            licence: content.licence.to_string(),
            entries: (content.entries.iter())
                .map(|entry| {
                    format!("{} {}", entry.competition, entry.edition)
                        .trim()
                        .to_owned()
                })
                .collect::<Vec<_>>()
                .join("\n"),
            derived_from: sharing.derived_from.join("\n"),
            claims: content.claims.iter().map(ClaimRequest::of).collect(),
            visibility: sharing.visibility.to_string(),
            readers: sharing.readers.join("\n"),
            co_owners: sharing.co_owners.join("\n"),
            contact_name: word(contact.name.as_deref()),
            contact_email: word(contact.email.as_deref()),
            contact_phone: word(contact.phone.as_deref()),
            changes: String::new(),
            version: Number::Missing,
        }
    }
}

/// Notes everything that another municipality needs and that is missing. From the second version on that is what changed, too.
pub(super) fn complete(
    content: &PracticeContent,
    sharing: &Sharing,
    changes: Option<&str>,
    errors: &mut FieldErrors,
) {
    let mut need = |field: &str, is_there: bool| {
        if !is_there {
            errors.add(field, "required");
        }
    };
    need("title", !content.title.is_empty());
    need("summary", !content.summary.is_empty());
    need("problem", !content.problem.is_empty());
    need("aim", !content.aim.is_empty());
    need("approach", !content.approach.is_empty());
    need("result", !content.result.is_empty());
    need("wentWrong", !content.went_wrong.is_empty());
    need("conditions", !content.conditions.is_empty());
    need("yearStart", content.year_start.is_some());
    need("phase", content.phase.is_some());
    need("practiceType", content.practice_type.is_some());
    need("themes", !content.themes.is_empty());
    need(
        "readers",
        sharing.visibility != Visibility::Chosen || !sharing.readers.is_empty(),
    );
    need("changes", changes != Some(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        let form = PracticeForm {
            themes: vec!["complaints".to_owned(), "onzin".to_owned()],
            year_start: Number::from(12),
            summary: "x".repeat(301),
            ..PracticeForm::default()
        };
        let mut edited = form.parse(PracticeContent::default());
        complete(
            &edited.content,
            &edited.sharing,
            Some(&edited.changes),
            &mut edited.errors,
        );
        let fields: Vec<(&str, &str)> = (edited.errors.problems().iter())
            .map(|problem| (problem.field.as_str(), problem.code.as_str()))
            .collect();
        for expected in [
            ("summary", "too_long"),
            ("yearStart", "not_a_year"),
            ("themes", "not_an_option"),
            ("title", "required"),
            ("wentWrong", "required"),
            ("conditions", "required"),
            ("changes", "required"),
        ] {
            assert!(fields.contains(&expected), "{expected:?}: {fields:?}");
        }
    }
}
