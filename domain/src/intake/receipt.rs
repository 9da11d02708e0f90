//! The receipt: a full copy of what was handed in, and the promise in words (Awb art. 2:20).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    Submitted,
    incoming::{is_complaint, preference, text},
    quarantine,
};
use crate::{
    Error, Language,
    cases::{self, Case, CaseStatus, Kind, Preference},
    clocks,
    files::{self, File, FileDetail},
    forms::{self, Answer, Answers, Field, FieldType, Form, Published, Role},
    submissions::{self, Submission, SubmissionId},
};

/// A line of the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AnsweredQuestion)]
pub struct CopyLine {
    /// Key of the field.
    pub field: String,
    /// The question.
    pub label: String,
    /// Language the question is really in, when it is not the page's.
    #[serde(skip)]
    pub lang: Option<String>,
    /// The answer in words; several lines when the answer has them.
    pub value: String,
    /// Whether the answer is in the resident's own words, which may run the other way.
    #[serde(skip)]
    pub own_words: bool,
    /// The files that are the answer, of a question for files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileDetail>,
    /// Whether the question was left open.
    #[serde(skip)]
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
/// not exist. `files` are those that came with it.
#[must_use]
pub fn copy(
    form: &Form,
    answers: &Answers,
    visible: &[String],
    files: &[File],
    (language, has_scanner): (Language, bool),
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
                .filter(|field| !matches!(field.r#type, FieldType::Info | FieldType::Context))
                .map(|field| {
                    line(
                        form,
                        field,
                        answers.get(&field.key),
                        files,
                        (language, has_scanner),
                    )
                })
                .collect(),
        })
        .filter(|step| !step.lines.is_empty())
        .collect()
}

fn line(
    form: &Form,
    field: &Field,
    answer: Option<&Answer>,
    files: &[File],
    (language, has_scanner): (Language, bool),
) -> CopyLine {
    let question = form.text(language.as_str(), &field.key);
    let ids: &[String] = match answer {
        Some(Answer::Files { value }) => value,
        _ => &[],
    };
    CopyLine {
        field: field.key.clone(),
        label: question.map_or("", |(text, _)| text).to_owned(),
        lang: question
            .map(|(_, actual)| actual)
            .filter(|actual| *actual != language.as_str())
            .map(str::to_owned),
        value: answer.map_or_else(String::new, |answer| {
            in_words(form, field, answer, language)
        }),
        own_words: matches!(answer, Some(Answer::Text { .. })),
        files: files
            .iter()
            .filter(|file| ids.contains(&file.id.to_string()))
            .map(|file| file.detail(has_scanner))
            .collect(),
        open: answer.is_none(),
    }
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
        Answer::Files { value } => language.count(
            "answer-files",
            i64::try_from(value.len()).unwrap_or(i64::MAX),
        ),
        Answer::Text { value }
            if field.r#type == FieldType::Number && language == Language::Dutch =>
        {
            value.replace('.', ",")
        }
        Answer::Text { value } | Answer::Phone { value, .. } => value.clone(),
    }
}

/// What the municipality promises, in one sentence: "Wij bellen u uiterlijk dinsdag 24 november om 17.00 uur." Without a moment nothing is
/// promised.
#[must_use]
pub fn promise_sentence(
    preference: Preference,
    (received_at, due_at): (DateTime<Utc>, Option<DateTime<Utc>>),
    language: Language,
    zone: Tz,
) -> String {
    let key = match preference {
        Preference::Call | Preference::Mail if due_at.is_none() => "promise-no-moment",
        Preference::Call => "promise-call",
        Preference::Mail => "promise-mail",
        Preference::None => "promise-none",
    };
    let moment = due_at
        .map(|due| language.moment(due, zone, received_at))
        .unwrap_or_default();
    language.text_with(key, &[("moment", &moment)])
}

/// What the promise of a receipt became: a page that is read later promises no more than holds then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PromiseState {
    /// It holds, or nothing was promised.
    Holds,
    /// It was kept.
    Kept(DateTime<Utc>),
    /// The resident could not be reached.
    Tried,
    /// The case was closed without a contact.
    Closed,
}

/// A receipt. Whether its message waits in quarantine shows nowhere in it.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What was handed in.
    pub submission: Submission,
    /// The form it answers.
    pub form: Published,
    /// The number for on the phone.
    pub reference: String,
    /// How the resident wants to hear from us.
    pub preference: Preference,
    /// When the promise falls due, in UTC; none when no answer was asked for.
    pub due_at: Option<DateTime<Utc>>,
    /// Mail address as given.
    pub email: Option<String>,
    /// When the promise fell due first, when that was another instant, in UTC.
    pub promised_before: Option<DateTime<Utc>>,
    /// The case it became; none while it waits in quarantine.
    pub case: Option<Case>,
    /// The files that came with it.
    pub files: Vec<File>,
}

impl Receipt {
    /// The full copy, in the words of the form it answers.
    pub fn copy(&self, language: Language, has_scanner: bool) -> Result<Vec<CopyStep>, Error> {
        let answers = self.submission.answers()?;
        let answered: Vec<String> = answers.0.keys().cloned().collect();
        Ok(copy(
            &self.form.form,
            &answers,
            &answered,
            &self.files,
            (language, has_scanner),
        ))
    }

    fn promise_state(&self) -> PromiseState {
        let Some(case) = &self.case else {
            return PromiseState::Holds;
        };
        match case.contacted_at {
            Some(at) => PromiseState::Kept(at),
            None if case.status == CaseStatus::Closed => PromiseState::Closed,
            None if case.due_at.is_none() && self.preference != Preference::None => {
                PromiseState::Tried
            }
            None => PromiseState::Holds,
        }
    }

    /// What is promised now, what became of it, and what was promised before.
    #[must_use]
    pub fn promise(&self, language: Language, zone: Tz) -> String {
        let received = self.submission.submitted_at;
        match self.promise_state() {
            PromiseState::Kept(at) => {
                let moment = language.instant(at, zone);
                return language.text_with("receipt-kept", &[("moment", &moment)]);
            }
            PromiseState::Closed => return language.text("promise-closed"),
            PromiseState::Tried => return language.text("promise-tried"),
            PromiseState::Holds => {}
        }
        let now = promise_sentence(self.preference, (received, self.due_at), language, zone);
        match self.promised_before {
            Some(before) => {
                let moment = language.moment(before, zone, received);
                let before = language.text_with("promise-before", &[("moment", &moment)]);
                format!("{now} {before}")
            }
            None => now,
        }
    }

    /// Whether it is a complaint: then the resident may go to the ombudsman afterwards (Awb art. 9:18).
    #[must_use]
    pub fn is_complaint(&self) -> bool {
        if let Some(case) = &self.case {
            return case.kind == Kind::Complaint;
        }
        let answers = self.submission.answers();
        answers.is_ok_and(|answers| is_complaint(&self.form.form, &answers))
    }

    /// The full copy without its steps.
    pub fn lines(&self, language: Language, has_scanner: bool) -> Result<Vec<CopyLine>, Error> {
        let steps = self.copy(language, has_scanner)?.into_iter();
        Ok(steps.flat_map(|step| step.lines).collect())
    }
}

/// The receipt that `code` opens.
pub async fn receipt(tx: &TenantTx, code: &str) -> Result<Receipt, Error> {
    let submission = submissions::by_receipt(tx, code).await?;
    let case = cases::by_submission(tx, submission.id).await?;
    complete(tx, submission, case).await
}

/// The receipt of what was handed in just now, without reading again what was written.
pub async fn receipt_of(
    tx: &TenantTx,
    form: &Published,
    submitted: &Submitted,
) -> Result<Receipt, Error> {
    let (Some(submission), Some(case)) = (&submitted.submission, &submitted.case) else {
        return receipt(tx, &submitted.receipt).await;
    };
    let answers = submission.answers()?;
    let has_files = (answers.0.values()).any(|answer| matches!(answer, Answer::Files { .. }));
    Ok(Receipt {
        preference: case.preference,
        promised_before: None,
        email: text(&form.form, &answers, Role::ContactEmail),
        files: if has_files {
            files::of_submission(tx, submission.id).await?
        } else {
            Vec::new()
        },
        submission: submission.clone(),
        form: form.clone(),
        reference: case.reference.clone(),
        due_at: case.due_at,
        case: Some(case.clone()),
    })
}

/// The same for the desk, by the id of what was handed in.
pub async fn of_submission(tx: &TenantTx, id: SubmissionId) -> Result<Receipt, Error> {
    let submission = submissions::get(tx, id).await?;
    let case = cases::by_submission(tx, submission.id).await?;
    complete(tx, submission, case).await
}

/// The same for the desk, of a case that was read already.
pub async fn of_case(tx: &TenantTx, case: &Case) -> Result<Receipt, Error> {
    let submission = submissions::get(tx, case.submission_id).await?;
    complete(tx, submission, Some(case.clone())).await
}

/// What a resident sent, for the desk: as [`of_case`], without what was promised before. Two statements once the form was read.
pub(crate) async fn message_of(tx: &TenantTx, case: &Case) -> Result<Receipt, Error> {
    let submission = submissions::get(tx, case.submission_id).await?;
    let form = forms::version(tx, submission.form_version_id).await?;
    let answers = submission.answers()?;
    Ok(Receipt {
        preference: case.preference,
        promised_before: None,
        email: text(&form.form, &answers, Role::ContactEmail),
        files: files::of_submission(tx, submission.id).await?,
        submission,
        form,
        reference: case.reference.clone(),
        due_at: case.due_at,
        case: Some(case.clone()),
    })
}

async fn complete(
    tx: &TenantTx,
    submission: Submission,
    case: Option<Case>,
) -> Result<Receipt, Error> {
    let form = forms::version(tx, submission.form_version_id).await?;
    let files = files::of_submission(tx, submission.id).await?;
    let (reference, due_at) = if let Some(case) = &case {
        (case.reference.clone(), case.due_at)
    } else {
        let held = quarantine::of_submission(tx, submission.id)
            .await?
            .ok_or(Error::NotFound)?;
        (held.reference, held.due_at)
    };
    let answers = submission.answers()?;
    let promised_before = match &case {
        Some(case) => clocks::first_promised(tx, case.id).await?,
        None => None,
    };
    Ok(Receipt {
        preference: (case.as_ref())
            .map_or_else(|| preference(&form.form, &answers), |case| case.preference),
        promised_before: promised_before.filter(|before| due_at.is_some_and(|due| due != *before)),
        email: text(&form.form, &answers, Role::ContactEmail),
        submission,
        form,
        reference,
        due_at,
        case,
        files,
    })
}
