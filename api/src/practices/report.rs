//! The report of an import, for people.

use domain::practices::{FieldName, Finding, Status};

use crate::html::dashed;

/// What was read of one field.
pub(super) struct ReportRow {
    /// Its name.
    pub field: String,
    /// What was found.
    pub status: String,
    /// How it is shown.
    pub tone: &'static str,
    /// What needs attention.
    pub details: Vec<String>,
}

/// How the component `state` shows it.
fn tone(status: Status) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Derived => "info",
        Status::Empty | Status::Absent => "quiet",
        Status::Warning => "soon",
        Status::PersonalData => "late",
    }
}

/// The report, field by field: the status that needs most attention, and every finding that needs any.
pub(super) fn report(findings: &[Finding], language: domain::Language) -> Vec<ReportRow> {
    FieldName::ALL
        .iter()
        .filter_map(|field| {
            let own: Vec<&Finding> = findings
                .iter()
                .filter(|finding| finding.field == *field)
                .collect();
            let status = own.iter().map(|finding| finding.status).max()?;
            let details = own
                .iter()
                .filter(|finding| {
                    !matches!(finding.status, Status::Ok | Status::Absent | Status::Empty)
                })
                .map(|finding| {
                    let lines: Vec<String> =
                        finding.lines.iter().map(ToString::to_string).collect();
                    let about = match finding.code.as_str() {
                        "hint" => {
                            language.text(&format!("practice-hint-{}", dashed(&finding.about)))
                        }
                        _ => finding.about.clone(),
                    };
                    let text = language
                        .text_with(&format!("finding-{}", finding.code), &[("about", &about)]);
                    if lines.is_empty() {
                        text
                    } else {
                        language.text_with(
                            "finding-with-lines",
                            &[("text", &text), ("lines", &lines.join(", "))],
                        )
                    }
                })
                .collect();
            Some(ReportRow {
                field: language.text(&format!("practice-field-{}", dashed(field.as_str()))),
                status: language.text(&format!("finding-status-{}", dashed(status.as_str()))),
                tone: tone(status),
                details,
            })
        })
        .collect()
}
