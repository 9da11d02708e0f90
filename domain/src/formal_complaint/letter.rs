//! The usual text of a letter, with what is known filled in. Staff change it before it goes.

use chrono::{Months, NaiveDate};
use tenants::Tenant;

use super::{
    input::NewStep,
    kinds::{Party, StepKind},
};
use crate::{Language, cases::Case, dashed};

/// What a letter names beside its step.
#[derive(Clone, Debug)]
pub(super) struct About<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) case: &'a Case,
    pub(super) received: NaiveDate,
    /// The last day of the term to deal with it (Awb art. 9:11).
    pub(super) term: Option<NaiveDate>,
    /// Whom it is about, by name.
    pub(super) concerned: &'a str,
    /// What is missing.
    pub(super) missing: &'a [super::kinds::Requirement],
    /// Who advises; empty when nobody was asked.
    pub(super) committee: &'a str,
    /// The advice; empty as long as there is none.
    pub(super) advice: &'a str,
}

/// A year after the letter of the outcome the ombudsman has no duty any more (Awb art. 9:24). A term in years is not rolled (Atw art. 4).
pub(super) fn ombudsman_until(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap_or(day)
}

/// The ombudsman of the municipality (Awb art. 9:17).
fn ombudsman(tenant: &Tenant, language: Language) -> String {
    match (&tenant.contact.ombudsman, &tenant.contact.ombudsman_url) {
        (Some(name), Some(website)) => format!("{name} ({website})"),
        (Some(name), None) => name.clone(),
        (None, _) => language.text("ombudsman-national"),
    }
}

/// Whether a letter is for the person concerned.
pub(super) fn is_for_concerned(step: &NewStep) -> bool {
    step.kind == StepKind::Copy || step.facts.party == Some(Party::Concerned)
}

/// Whom a letter is to, by name.
pub(super) fn recipient(step: &NewStep, about: &About<'_>) -> String {
    if is_for_concerned(step) {
        about.concerned.to_owned()
    } else {
        about.case.contact_name.clone().unwrap_or_default()
    }
}

/// The subject and the usual text of a letter.
pub(super) fn usual(step: &NewStep, about: &About<'_>, language: Language) -> (String, String) {
    let for_concerned = is_for_concerned(step) && step.kind != StepKind::Copy;
    let key = format!(
        "formal-letter-{}{}",
        dashed(step.kind.as_str()),
        if for_concerned { "-concerned" } else { "" }
    );
    let name = match recipient(step, about) {
        name if name.is_empty() => language.text("formal-letter-no-name"),
        name => name,
    };
    let day = |day: Option<NaiveDate>| day.map(|day| language.day(day)).unwrap_or_default();
    let missing: Vec<String> = (about.missing.iter())
        .map(|missing| format!("- {}", language.term("formal-requirement", missing)))
        .collect();
    let parts = step.words.parts.iter().zip(&step.facts.judgements);
    let judgements: Vec<String> = (1..)
        .zip(parts)
        .map(|(number, (part, judgement))| {
            let judgement = language.term("formal-judgement", judgement);
            format!("{number}. {part}: {judgement}")
        })
        .collect();
    let ground = (step.facts.ground)
        .map(|ground| language.term("formal-ground", ground))
        .unwrap_or_default();
    let mut more = vec![String::new()];
    let tells_committee = step.kind == StepKind::Acknowledge && !about.committee.is_empty();
    if tells_committee {
        let committee = [("committee", about.committee)];
        more.push(language.text_with("formal-letter-committee", &committee));
    }
    if step.kind == StepKind::Conclude && !about.advice.is_empty() {
        more.push(language.text_with("formal-letter-advice", &[("advice", about.advice)]));
    }
    if !step.words.deviation.is_empty() {
        let reason = [("reason", step.words.deviation.as_str())];
        more.push(language.text_with("formal-letter-deviation", &reason));
    }
    let weeks = step.facts.weeks.unwrap_or_default().to_string();
    let values = [
        ("municipality", about.tenant.name.clone()),
        ("reference", about.case.reference.clone()),
        ("name", name),
        ("received", language.day(about.received)),
        ("term", day(about.term)),
        ("until", day(step.facts.until)),
        ("place", step.words.place.clone()),
        ("reason", step.words.reason.clone()),
        ("ground", ground),
        ("weeks", weeks),
        ("missing", missing.join("\n")),
        (
            "complaint",
            format!("{}\n{}", about.case.title, about.case.story),
        ),
        ("findings", step.words.findings.clone()),
        ("judgements", judgements.join("\n")),
        ("conclusions", step.words.conclusions.clone()),
        ("more", more.join("\n\n")),
        ("ombudsman", ombudsman(about.tenant, language)),
        ("ombudsmanUntil", language.day(ombudsman_until(step.on))),
    ];
    let values: Vec<(&str, &str)> = (values.iter())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let subject = language.text_with(&key, &values);
    let body = language.text_with(&format!("{key}-body"), &values);
    (subject, body)
}
