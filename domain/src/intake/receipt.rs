//! The receipt: a full copy of what was handed in, and the promise in words (Awb art. 2:20).

use chrono_tz::Tz;
use tenants::TenantTx;

use super::{Submission, SubmissionId, submit};
use crate::{
    Error, Language,
    cases::{self, Case, Preference},
    forms::{self, Answer, Answers, Field, FieldType, Form, Published},
};

/// A line of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyLine {
    /// Key of the field.
    pub field: String,
    /// The question.
    pub label: String,
    /// The answer in words; several lines when the answer has them.
    pub value: String,
    /// Whether the question was left open.
    pub open: bool,
}

/// A step of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyStep {
    /// Key of the step.
    pub key: String,
    /// Title of the step.
    pub title: String,
    /// Its questions, as far as they were asked.
    pub lines: Vec<CopyLine>,
}

/// What was answered, question by question, in the words of the form. `visible` are the fields that were asked; answers to other fields do
/// not exist.
#[must_use]
pub fn copy(
    form: &Form,
    answers: &Answers,
    visible: &[String],
    language: Language,
) -> Vec<CopyStep> {
    let words = |key: &str| {
        form.text(language.as_str(), key)
            .map_or("", |(text, _)| text)
            .to_owned()
    };
    form.steps()
        .iter()
        .map(|step| CopyStep {
            key: step.key.clone(),
            title: words(&step.key),
            lines: step
                .fields
                .iter()
                .filter(|field| visible.contains(&field.key))
                .filter(|field| {
                    !matches!(
                        field.r#type,
                        FieldType::Info | FieldType::Files | FieldType::Context
                    )
                })
                .map(|field| {
                    let answer = answers.get(&field.key);
                    CopyLine {
                        field: field.key.clone(),
                        label: words(&field.key),
                        value: answer.map_or_else(String::new, |answer| {
                            in_words(form, field, answer, language)
                        }),
                        open: answer.is_none(),
                    }
                })
                .collect(),
        })
        .filter(|step| !step.lines.is_empty())
        .collect()
}

fn in_words(form: &Form, field: &Field, answer: &Answer, language: Language) -> String {
    let option = |key: &str| {
        form.text(language.as_str(), &format!("{}.{key}", field.key))
            .map_or(key, |(text, _)| text)
            .to_owned()
    };
    match answer {
        Answer::Choice { value } => option(value),
        Answer::Choices { value } => value
            .iter()
            .map(|key| option(key))
            .collect::<Vec<_>>()
            .join("\n"),
        Answer::Date { value } => language.day(*value),
        Answer::Consent => language.text("answer-yes"),
        Answer::Text { value } | Answer::Phone { value, .. } => value.clone(),
    }
}

/// What the municipality promises in a case, in one sentence: "Wij bellen u uiterlijk dinsdag 24 november 17:00 uur."
#[must_use]
pub fn promise(case: &Case, language: Language, zone: Tz) -> String {
    let key = match case.preference {
        Preference::Call => "promise-call",
        Preference::Mail => "promise-mail",
        Preference::None => "promise-none",
    };
    let moment = case
        .due_at
        .map(|due| language.moment(due, zone))
        .unwrap_or_default();
    language.text_with(key, &[("moment", &moment)])
}

/// A receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What was handed in.
    pub submission: Submission,
    /// The form it answers.
    pub form: Published,
    /// The case it became.
    pub case: Case,
}

impl Receipt {
    /// The answers.
    ///
    /// # Errors
    /// A bug when the row cannot be read.
    pub fn answers(&self) -> Result<Answers, Error> {
        serde_json::from_value(self.submission.answers.clone()).map_err(Error::bug)
    }

    /// The full copy, in the words of the form it answers.
    ///
    /// # Errors
    /// As [`Receipt::answers`].
    pub fn copy(&self, language: Language) -> Result<Vec<CopyStep>, Error> {
        let answers = self.answers()?;
        let answered: Vec<String> = answers.0.keys().cloned().collect();
        Ok(copy(&self.form.form, &answers, &answered, language))
    }
}

/// The receipt that `code` opens.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn receipt(tx: &TenantTx, code: &str) -> Result<Receipt, Error> {
    let submission = submit::by_receipt(tx, code).await?;
    complete(tx, submission).await
}

/// The same for the desk, by the id of what was handed in.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_submission(tx: &TenantTx, id: SubmissionId) -> Result<Receipt, Error> {
    let submission = submit::get(tx, id).await?;
    complete(tx, submission).await
}

async fn complete(tx: &TenantTx, submission: Submission) -> Result<Receipt, Error> {
    Ok(Receipt {
        form: forms::version(tx, submission.form_version_id).await?,
        case: cases::by_submission(tx, submission.id).await?,
        submission,
    })
}
