//! The report of an import, for the command line. Personal data is told to be there, never shown.

use std::fmt;

use super::parsed_practice::{FieldName, ParsedPractice, Status};

/// A parsed practice as a table: one line per field, its findings below.
pub struct Report<'a>(pub &'a ParsedPractice);

impl Report<'_> {
    fn value(&self, field: FieldName) -> String {
        let fields = &self.0.fields;
        let blocks = |blocks: &[super::Block]| {
            let length: usize = blocks
                .iter()
                .map(|block| block.text().chars().count())
                .sum();
            format!("{} blocks, {length} characters", blocks.len())
        };
        match field {
            FieldName::Title => format!("{} proposals", fields.title_proposals.len()),
            FieldName::Summary => blocks(&fields.summary),
            FieldName::Year => fields.year.map(|year| year.to_string()).unwrap_or_default(),
            FieldName::Municipality => fields.municipality.clone().unwrap_or_default(),
            FieldName::PracticeType => fields.practice_type.clone().unwrap_or_default(),
            FieldName::Description => blocks(&fields.description),
            FieldName::Result => blocks(&fields.result),
            FieldName::Problem => blocks(&fields.problem),
            FieldName::Aim => blocks(&fields.aim),
            FieldName::WentWrong => blocks(&fields.went_wrong),
            FieldName::Conditions => blocks(&fields.conditions),
            FieldName::Entry => fields.entry.clone().unwrap_or_default(),
            _ => "kept apart, never published".to_owned(),
        }
    }

    /// The one word that tells how a field stands.
    #[must_use]
    pub fn status(&self, field: FieldName) -> Status {
        let found: Vec<Status> = self
            .0
            .findings
            .iter()
            .filter(|finding| finding.field == field)
            .map(|finding| finding.status)
            .collect();
        let has = |status| found.contains(&status);
        if field.is_contact() && has(Status::PersonalData) {
            return Status::PersonalData;
        }
        [Status::Warning, Status::Ok, Status::Derived, Status::Empty]
            .into_iter()
            .find(|status| has(*status) && (*status != Status::Warning || has(Status::Ok)))
            .unwrap_or(Status::Absent)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "source sha256 {}", self.0.source_hash)?;
        writeln!(formatter, "{:<14} {:<13} value", "field", "status")?;
        for field in FieldName::ALL.iter().copied() {
            let status = self.status(field);
            if field.is_optional() && status == Status::Absent {
                continue;
            }
            let value = match status {
                Status::Empty => "label without a value".to_owned(),
                Status::Absent => "not in the text".to_owned(),
                _ => self.value(field),
            };
            writeln!(formatter, "{field:<14} {status:<13} {value}")?;
            let details = self.0.findings.iter().filter(|finding| {
                finding.field == field
                    && !matches!(finding.status, Status::Ok | Status::Absent | Status::Empty)
                    && finding.code != "kept-apart"
            });
            for finding in details {
                let lines = finding
                    .lines
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", ");
                let place = if lines.is_empty() {
                    String::new()
                } else {
                    format!(" (line {lines})")
                };
                let about = if finding.about.is_empty() {
                    String::new()
                } else {
                    format!(": {}", finding.about)
                };
                writeln!(
                    formatter,
                    "{:<14} {:<13} {}{about}{place}",
                    "", finding.status, finding.code
                )?;
            }
        }
        Ok(())
    }
}
