//! Handing in, once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};

use super::{
    draft::{self, Draft, SpamSignals},
    incoming::{IncomingMessage, receive},
    quarantine::Reason,
};
use crate::{
    Error, FieldErrors, Language,
    cases::Case,
    files::{self, File, FileId, FileProblem},
    forms::{Answer, Answers, FILES_TOTAL_MB_MAX, FieldType, Form, Published, RawAnswers, Role},
    submissions::{Channel, Submission, SubmissionId, entity as submission},
};

/// What handing in gives: the way to the receipt, and the case at the desk.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// Code of the receipt, for the one who handed in.
    pub receipt: String,
    /// The case; none when somebody pressed the button twice and this is the second time, and none for what waits in quarantine.
    pub case: Option<Case>,
    /// What was stored; none when somebody pressed the button twice and this is the second time.
    pub(super) submission: Option<Submission>,
}

impl Submitted {
    /// The case of a message that staff wrote down, which never waits in quarantine.
    pub(super) fn opened(self) -> Result<Case, Error> {
        self.case
            .ok_or_else(|| Error::bug("what staff file is a case"))
    }
}

/// What is around a message: who gets it, and what its way here looked like.
#[derive(Clone, Copy, Debug)]
pub struct SubmissionContext<'a> {
    /// Language of the resident.
    pub language: Language,
    /// The municipality.
    pub tenant: &'a Tenant,
    /// Whether far more came from this address than from people.
    pub rate_exceeded: bool,
    /// Whether this address caused more receipts by mail than people do.
    pub receipts_exceeded: bool,
    /// Less time than this nobody needs to fill in a form.
    pub least_fill: TimeDelta,
    /// Who of the staff tries the form out; none when a resident sends it.
    pub tester: Option<&'a StaffMember>,
}

impl SubmissionContext<'_> {
    /// What is told of somebody who tries the form out: their own address, so that no mail leaves for anybody else.
    fn on_trial(&self, form: &Form, answers: &mut Answers) {
        let (Some(tester), Some(field)) = (self.tester, form.with_role(Role::ContactEmail)) else {
            return;
        };
        if let Some(answer) = answers.0.get_mut(&field.key) {
            *answer = Answer::Text {
                value: tester.email.clone(),
            };
        }
    }
}

/// Hands in a draft. Handing it in again gives the same receipt, also when both happen at the same instant.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used; then the draft stays as it is.
pub async fn submit(
    tx: &TenantTx,
    form: &Published,
    mut draft: Draft,
    context: SubmissionContext<'_>,
) -> Result<Submitted, Error> {
    if draft.submission.is_some() {
        return already_submitted(draft.receipt);
    }
    draft::set_file_answers(&form.form, &mut draft.answers, &draft.files);
    let mut checked = form.form.check(&draft.answers, today(tx, context.tenant));
    context.on_trial(&form.form, &mut checked.answers);
    let wrong: FieldErrors = checked.errors.iter().cloned().collect();
    wrong.into_result()?;
    let id: SubmissionId = tx.new_id();
    let receipt = secret::new_code()?;
    draft.answers = RawAnswers::default();
    draft.receipt = Some(receipt.clone());
    if !draft::mark_submitted(tx, &draft, id).await? {
        return already_submitted(draft::receipt_code(tx, &draft).await?);
    }
    let reasons = reasons(tx, &draft.signals, context).await?;
    let incoming = IncomingMessage {
        id,
        receipt,
        channel: Channel::Page,
        language: context.language,
        tenant: context.tenant,
        files: file_ids(&checked.answers),
        page: draft.signals.page,
        reasons,
        receipts_exceeded: context.receipts_exceeded,
        received_at: tx.now(),
        is_trial: context.tester.is_some(),
        filed: None,
        transcript: None,
    };
    receive(tx, form, checked.answers, incoming).await
}

/// The day of the municipality.
fn today(tx: &TenantTx, tenant: &Tenant) -> NaiveDate {
    tx.now().with_timezone(&tenant.zone).date_naive()
}

fn already_submitted(receipt: Option<String>) -> Result<Submitted, Error> {
    Ok(Submitted {
        receipt: receipt.ok_or_else(|| Error::bug("a draft was handed in without a receipt"))?,
        case: None,
        submission: None,
    })
}

/// What makes a message look as if a program had sent it.
async fn reasons(
    tx: &TenantTx,
    signals: &SpamSignals,
    context: SubmissionContext<'_>,
) -> Result<Vec<Reason>, Error> {
    let mut reasons = Vec::new();
    if context.tester.is_some() {
        return Ok(reasons);
    }
    if signals.honeypot_filled {
        reasons.push(Reason::HoneypotFilled);
    }
    let begun_at = signals.begun_at.unwrap_or_else(|| tx.now());
    if tx.now() - begun_at < context.least_fill {
        reasons.push(Reason::TooFast);
    }
    if let Some(page) = &signals.page {
        let before = tx
            .find::<submission::Entity>()
            .filter(submission::Column::FillHash.eq(page.as_str()))
            .count(tx)
            .await?;
        if before > 0 {
            reasons.push(Reason::Replayed);
        }
    }
    if context.rate_exceeded {
        reasons.push(Reason::RateExceeded);
    }
    Ok(reasons)
}

/// Hands in answers that come in one piece, from a program. A question that asks for files is answered with the codes of uploads.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn submit_direct(
    tx: &TenantTx,
    form: &Published,
    answers: &RawAnswers,
    context: SubmissionContext<'_>,
) -> Result<Submitted, Error> {
    let mut errors = unknown_fields(&form.form, answers);
    check_answer_counts(&form.form, answers, &mut errors);
    let mut answers = answers.clone();
    let uploads = uploads(tx, &form.form, &mut answers, &mut errors).await?;
    draft::set_file_answers(&form.form, &mut answers, &uploads);
    let mut checked = form.form.check(&answers, today(tx, context.tenant));
    errors.extend(checked.errors.iter().cloned().collect());
    errors.below("answers").into_result()?;
    context.on_trial(&form.form, &mut checked.answers);
    let incoming = IncomingMessage {
        id: tx.new_id(),
        receipt: secret::new_code()?,
        channel: Channel::Api,
        language: context.language,
        tenant: context.tenant,
        files: file_ids(&checked.answers),
        page: None,
        reasons: if context.rate_exceeded && context.tester.is_none() {
            vec![Reason::RateExceeded]
        } else {
            Vec::new()
        },
        receipts_exceeded: context.receipts_exceeded,
        received_at: tx.now(),
        is_trial: context.tester.is_some(),
        filed: None,
        transcript: None,
    };
    receive(tx, form, checked.answers, incoming).await
}

/// Notes answers to questions that the form does not ask.
pub(super) fn unknown_fields(form: &Form, answers: &RawAnswers) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for key in answers.0.keys().filter(|key| form.field(key).is_none()) {
        errors.add(key, "unknown_field");
    }
    errors
}

/// Notes several answers to a question that takes one, and answers to what is no question. A page sends what its browser makes of it, so there
/// the first is read; a program that sends two means something that would be lost.
fn check_answer_counts(form: &Form, answers: &RawAnswers, errors: &mut FieldErrors) {
    for (_, field) in form.fields() {
        let count = answers.all(&field.key).len();
        match field.r#type {
            FieldType::Info if count > 0 => errors.add(&field.key, "not_a_question"),
            FieldType::Info | FieldType::Choices | FieldType::Files => {}
            _ if count > 1 => errors.add_with(&field.key, "one_answer", "count", count),
            _ => {}
        }
    }
}

/// Takes the codes of uploads out of the answers and finds their files. A code is good for the question it was uploaded for.
async fn uploads(
    tx: &TenantTx,
    form: &Form,
    answers: &mut RawAnswers,
    errors: &mut FieldErrors,
) -> Result<Vec<File>, Error> {
    let mut by_field = BTreeMap::new();
    for (_, field) in form
        .fields()
        .filter(|(_, field)| field.r#type == FieldType::Files)
    {
        if let Some(mut codes) = answers.0.remove(&field.key) {
            codes.retain(|code| !code.is_empty());
            codes.sort_unstable();
            codes.dedup();
            by_field.insert(field.key.clone(), codes);
        }
    }
    let all: Vec<String> = by_field.values().flatten().take(1_000).cloned().collect();
    let mut known = files::by_codes(tx, &all).await?;
    known.retain(|file| by_field.contains_key(&file.field));
    for (key, codes) in &by_field {
        let found = known.iter().filter(|file| {
            &file.field == key
                && codes
                    .iter()
                    .any(|code| file.code_hash.as_deref() == Some(secret::hash(code).as_str()))
        });
        let found = found.count();
        if found < codes.len() {
            errors.push(files::problem(key, "", &FileProblem::Unknown));
        }
        let max = form
            .field(key)
            .map_or(0, |field| files::limits(field).count);
        if u32::try_from(found).is_ok_and(|found| found > max) {
            errors.push(files::problem(key, "", &FileProblem::TooMany { max }));
        }
        let total: i64 = known.iter().map(|file| file.size).sum();
        if total > i64::from(FILES_TOTAL_MB_MAX) * 1_048_576 {
            let max = FILES_TOTAL_MB_MAX;
            errors.push(files::problem(key, "", &FileProblem::TotalTooLarge { max }));
        }
    }
    Ok(known)
}

fn file_ids(answers: &Answers) -> Vec<FileId> {
    answers
        .0
        .values()
        .filter_map(|answer| match answer {
            Answer::Files { value } => Some(value),
            _ => None,
        })
        .flatten()
        .filter_map(|id| id.parse().ok())
        .collect()
}
